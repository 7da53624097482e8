// Second part: the panel beside the picture, and what is selected: its facts, their evidence, its neighbours.
// The selection is the address's #part, so that the browser's own Back steps back.
function quoted(fact, report) {
  const sentence = data.sentences[fact.sentence], points = Array.from(sentence.text); // offsets count code points
  const cut = (from, to) => points.slice(from, to).join("");
  const text = make("span", "text", cut(0, fact.start));
  if (fact.end > fact.start) text.append(make("mark", "", cut(fact.start, fact.end)));
  text.append(cut(fact.end));
  const where = make("footer", "text", `${plain(report.label)} · ${sentence.section || say("no_section")}`);
  return make("blockquote", "", text, where);
}

function factLine(fact, report, open) {
  const details = make("details", "fact"), summary = make("summary", "");
  details.open = open;
  if (fact.value) summary.append(make("b", "text", fact.value), " ");
  summary.append(make("span", "text", fact.what || (fact.value ? "" : fact.quote)));
  for (const word of fact.marks.filter((word) => word !== "done")) {
    const loud = word === "planned" || word === "problem" ? ` ${word}` : "";
    summary.append(make("span", `tag${loud}`, say(word)));
  }
  if (fact.period) summary.append(make("span", "tag", fact.period));
  details.append(summary);
  if (fact.sentence !== null) details.append(quoted(fact, report));
  return details;
}

function goTo(id) {
  const link = make("a", "text", nameOf(data.nodes[id]));
  link.href = `#${encodeURIComponent(data.nodes[id].iri)}`;
  link.addEventListener("click", (event) => { event.preventDefault(); select(id, true); });
  return link;
}

function heading(kind, number) {
  return make("h3", "", icon(kind), kindName(kind), make("span", "count", String(number)));
}

// A node's neighbours, class by class, each with the facts that tie it to the node.
function neighbours(id) {
  const parts = [], few = links[id].reduce((sum, link) => sum + data.links[link].facts.length, 0) <= 12;
  for (const kind of data.kinds) {
    const items = links[id].filter((link) => data.nodes[other(data.links[link], id)].kind === kind.id);
    if (!items.length) continue;
    parts.push(heading(kind.id, items.length));
    for (const link of items.map((each) => data.links[each])) {
      const item = make("div", "item", goTo(other(link, id)));
      if (!link.facts.length) item.append(make("span", "how", say(link.word)));
      for (const fact of link.facts) item.append(factLine(fact, data.nodes[link.a], few));
      if (link.more) item.append(make("p", "how", `${link.more} ${say("more_facts")}`));
      parts.push(item);
    }
  }
  return parts;
}

function card(id) {
  const node = data.nodes[id], list = make("dl", ""), back = make("button", "back", say("home"));
  back.addEventListener("click", () => select(null));
  for (const [word, value] of node.details) list.append(make("dt", "", say(word)), make("dd", "text", say(value)));
  return [back, make("div", "kind", icon(node.kind), kindName(node.kind)), make("h2", "text", nameOf(node)), list,
    ...neighbours(id), make("p", "iri text", node.iri)];
}

function overview() {
  const reading = ["reading_1", "reading_2", "reading_3"].slice(alone ? 2 : 0).map((word) => make("li", "", say(word)));
  const parts = [make("h2", "", say("reading")), make("ul", "reading", ...reading)];
  if (!data.nodes.length) parts.push(make("p", "", say("empty")));
  const missing = Object.entries(data.left_out).map(([kind, number]) => `${kindName(kind)} ${number}`);
  if (missing.length) parts.push(make("p", "missing", `${say("left_out")}: ${missing.join(", ")}`));
  const reports = order.filter((id) => data.nodes[id].kind === "Report");
  if (reports.length) parts.push(heading("Report", reports.length));
  for (const id of reports)
    parts.push(make("div", "item", goTo(id), make("span", "how", `${data.nodes[id].weight} ${say("facts_count")}`)));
  if (alone && reports.length) return [...parts, ...neighbours(reports[0])];
  const shared = order.filter((id) => data.nodes[id].kind !== "Report" && data.nodes[id].reports > 1).slice(0, 24);
  if (shared.length) parts.push(make("h3", "", say("most_shared")));
  for (const id of shared)
    parts.push(make("div", "item", icon(data.nodes[id].kind, 10), " ", goTo(id),
      make("span", "how", `${data.nodes[id].reports} ${say("reports_count")}`)));
  return parts;
}

function select(id, move = false) {
  selected = id;
  byId("panel").replaceChildren(...(id === null ? overview() : card(id)));
  byId("panel").scrollTop = 0;
  id === null ? network.unselectAll() : network.selectNodes([id], false);
  refresh();
  if (move && id !== null) fit([...near(id)]);
  const part = id === null ? "" : `#${encodeURIComponent(data.nodes[id].iri)}`;
  if (location.hash !== part) location.hash = part;
}

function followAddress() {
  let iri = "";
  try { iri = decodeURIComponent(location.hash.slice(1)); } catch { /* a broken address selects nothing */ }
  const id = at.has(iri) ? at.get(iri) : null;
  if (id !== selected) select(id, true);
}
window.addEventListener("hashchange", followAddress);
network.on("click", (event) => select(event.nodes.length ? event.nodes[0] : null));
