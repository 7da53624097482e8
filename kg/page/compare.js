// Fifth part: what two nodes have in common, what only one has, and the way from one to the other. It is
// asked for in the panel of the first, or by a click on the second with the shift key.
let comparing = null; // the node that the next one is compared with

// What a node has: a report or a place, what its reports speak of; a thing, the reports that speak of it.
function belongings(id) {
  if (!["Report", "District"].includes(data.nodes[id].kind)) return new Set(reportsOf(id));
  const things = reportsOf(id).flatMap(beside).filter((each) => !["Report", "District", "Finding"].includes(data.nodes[each].kind));
  return new Set(things.sort((a, b) => data.nodes[b].reports - data.nodes[a].reports || a - b));
}

function comparer(id) {
  const button = push(say("compare"), () => {
    comparing = comparing === id ? null : id;
    button.setAttribute("aria-pressed", String(comparing === id));
    button.textContent = say(comparing === id ? "compare_how" : "compare");
  }, "compare");
  button.setAttribute("aria-pressed", "false");
  return belongings(id).size ? button : null;
}

// The shortest way from one node to another along lines, through what the legend leaves; of several the first.
function wayBetween(a, b) {
  const from = new Map([[a, a]]), ahead = [a];
  for (const id of ahead) {
    if (id === b) break;
    for (const next of beside(id))
      if (!from.has(next) && (next === b || data.nodes[next].off || !hidden(data.nodes[next]))) {
        from.set(next, id);
        ahead.push(next);
      }
  }
  if (!from.has(b)) return [];
  const way = [b];
  while (way[0] !== a) way.unshift(from.get(way[0]));
  return way;
}

function compare(a, b) {
  const second = belongings(b), shared = [...belongings(a)].filter((id) => second.has(id));
  if (tied && [a, b].every((id) => stage.includes(id))) between(a, b, shared); else dismiss();
  [selected, paired, comparing, chosenLine] = [a, b, null, null];
  common = new Set([a, b, ...shared, ...reportsOf(a), ...reportsOf(b), ...wayBetween(a, b)]);
  byId("panel").replaceChildren(...shown());
  byId("panel").scrollTop = 0;
  network.selectNodes([a, b].filter((id) => !data.nodes[id].off), false);
  refresh();
  if (!guests.size) fit([...common].filter((id) => !data.nodes[id].off));
}

function comparison(a, b) {
  const [first, second] = [belongings(a), belongings(b)], shared = [...first].filter((id) => second.has(id));
  const share = shared.length / (new Set([...first, ...second]).size || 1);
  const word = shared.length && data.nodes[shared[0]].kind === "Report" ? "both_in" : "alike";
  const list = sharing({ a, b, shared, share, word });
  list.open = true;
  const rest = [[a, first, second], [b, second, first]].map(([id, mine, others]) => {
    const only = [...mine].filter((each) => !others.has(each)), details = make("details", "fact");
    details.append(make("summary", "", make("span", "text", nameOf(data.nodes[id])), ` ${say("alone_has")} ${only.length}`),
      ...only.map((each) => make("div", "item", icon(data.nodes[each].kind, undefined, 10), " ", goTo(each))));
    return details;
  });
  const way = wayBetween(a, b).flatMap((id, n) => (n ? [" — ", goTo(id)] : [goTo(id)]));
  const path = make("p", "way", `${say("path")}: `, ...(way.length ? way : [say("no_path")]));
  return [crumbs(), make("div", "kind", say("compared")), make("h2", "", goTo(a), " — ", goTo(b)), path, list, ...rest];
}
