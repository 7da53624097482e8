// Fourth part: the panel beside the picture, and what is selected: its facts, their evidence, its neighbours.
// The selection is the address's #part, so that the browser's own Back steps back too; the trail holds the steps.
let trail = [];
const FEW = 12, LONG = 60; // facts that are open at once; neighbours of a class that are listed at first

function quoted(fact, report) {
  const sentence = data.sentences[fact.sentence], points = Array.from(sentence.text); // offsets count code points
  const cut = (from, to) => points.slice(from, to).join("");
  const text = make("span", "text", cut(0, fact.start));
  if (fact.end > fact.start) text.append(make("mark", "", cut(fact.start, fact.end)));
  text.append(cut(fact.end));
  const where = `${plain(report.label)} · ${sentence.section || say("no_section")}`;
  if (!report.href) return make("blockquote", "", text, make("footer", "text", where));
  const way = make("a", "", where); // on a site, into the report's own text
  way.href = fact.place ? `${report.href}#${fact.place}` : report.href;
  return make("blockquote", "", text, make("footer", "text", way));
}

// said: whether to name the report before the sentence is opened, where facts of several stand together.
function factLine(fact, report, open, said = false) {
  const details = make("details", "fact"), summary = make("summary", "");
  details.open = open;
  if (fact.value) summary.append(make("b", "text", fact.value), " ");
  summary.append(make("span", "text", fact.what || (fact.value ? "" : fact.quote)));
  for (const word of fact.marks.filter((word) => word !== "done")) {
    const loud = word === "planned" || word === "problem" ? ` ${word}` : "";
    summary.append(make("span", `tag${loud}`, say(word)));
  }
  if (fact.period) summary.append(make("span", "tag text", say(fact.period)));
  if (fact.note) summary.append(make("span", "tag planned text", fact.note));
  if (said) summary.append(make("span", "how text", report.short));
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
// Its own page, where this one is part of a site.
function pageOf(node) {
  if (!node.href) return null;
  const link = make("a", "page", say("page"));
  link.href = node.href;
  return link;
}
const heading = (kind, number) => make("h3", "", icon(kind), kindName(kind), make("span", "count", String(number)));

// The reports of a node, by year: itself, those of a place and of the places in it, those that speak of a thing.
function reportsOf(id) {
  if (data.nodes[id].kind === "Report") return [id];
  const inside = links[id].map((each) => data.links[each]).filter((link) => link.word === "containedIn" && link.b === id);
  const found = new Set([...beside(id).filter((each) => data.nodes[each].kind === "Report"), ...inside.flatMap((link) => reportsOf(link.a))]);
  const year = (each) => data.nodes[each].years[0] || 0;
  return [...found].sort((a, b) => year(a) - year(b));
}
// What proves that both ends of a tie share a thing: [link, fact] of the reports of both.
function proof(tie, thing) {
  const facts = (id, to) => links[id].map((each) => data.links[each]).filter((link) => link.facts.length + link.more && other(link, id) === to);
  if (data.nodes[thing].kind === "Report") return [tie.a, tie.b].flatMap((endOf) => facts(thing, endOf));
  return [tie.a, tie.b].flatMap((endOf) => reportsOf(endOf).flatMap((report) => facts(thing, report)));
}
function sharing(tie) {
  const details = make("details", "fact"), number = tie.shared.length;
  details.append(make("summary", "", `${say(tie.word)} ${tie.word === "alike" ? `${Math.round(tie.share * 100)}% · ` : ""}${number} ${
    say(tie.word === "alike" ? "things_shared" : "reports_count")}`));
  // Made when it is opened, since two may share a hundred things.
  details.addEventListener("toggle", () => {
    if (!details.open || details.childElementCount > 1) return;
    for (const thing of tie.shared) {
      const item = make("div", "item", icon(data.nodes[thing].kind, undefined, 10), " ", goTo(thing));
      const proofs = proof(tie, thing), more = proofs.reduce((sum, link) => sum + link.more, 0);
      for (const link of proofs) link.facts.forEach((fact) => item.append(factLine(fact, data.nodes[link.a], number <= 4, true)));
      if (more) item.append(make("p", "how", `${more} ${say("more_facts")} `, pageOf(data.nodes[thing]) || ""));
      details.append(item);
    }
  });
  return details;
}

function neighbour(link, id, open, first) {
  const item = make("div", "item", goTo(other(link, id)));
  if (link.shared.length) {
    item.append(sharing(link));
    item.lastChild.open = first;
  }
  else if (!link.facts.length) item.append(make("span", "how", say(link.word)));
  for (const fact of link.facts) item.append(factLine(fact, data.nodes[link.a], open));
  if (link.more) item.append(make("p", "how", `${link.more} ${say("more_facts")}`));
  return item;
}

// A node's neighbours, class by class, each with the facts that tie it to the node; ties first, the closest first.
function neighbours(id) {
  const parts = [], few = links[id].reduce((sum, link) => sum + data.links[link].facts.length, 0) <= FEW;
  const mine = links[id].map((link) => data.links[link]);
  const close = new Set(mine.filter((link) => link.shared.length).map((link) => data.nodes[other(link, id)].kind));
  for (const kind of [...data.kinds].sort((a, b) => close.has(b.id) - close.has(a.id))) {
    const items = mine.filter((link) => data.nodes[other(link, id)].kind === kind.id);
    items.sort((a, b) => b.share - a.share || b.shared.length - a.shared.length);
    if (!items.length) continue;
    const list = make("div", "", ...items.slice(0, LONG).map((link, n) => neighbour(link, id, few, n === 0)));
    if (items.length > LONG) list.append(push(`${say("show_all")} ${items.length}`, (event) => {
      event.target.replaceWith(...items.slice(LONG).map((link) => neighbour(link, id, few)));
    }, "more"));
    parts.push(heading(kind.id, items.length), list);
  }
  return parts;
}

function crumbs() {
  const list = make("nav", "crumbs", push(say("home"), () => select(null)));
  for (const id of trail) {
    const step = push(data.nodes[id].short, () => select(id, true), "text");
    if (id === selected) step.setAttribute("aria-current", "page");
    list.append(" › ", step);
  }
  return list;
}

function card(id) {
  const node = data.nodes[id], list = make("dl", "");
  for (const [word, zh, en] of node.details)
    list.append(make("dt", "", say(word)), make("dd", "text", say((language === "en" && en) || zh)));
  return [crumbs(), make("div", "kind", icon(node.kind, hue(node)), kindName(node.kind), pageOf(node)),
    make("h2", "text", nameOf(node)), list, standing(id), make("p", "acts", comparer(id), expander(id), hider(id)), ...neighbours(id), make("p", "iri text", node.iri)].filter(Boolean);
}
const shown = () => (chosenLine !== null ? [crumbs(), ...lineCard(data.links[chosenLine])] : selected === null ? overview() : paired === null ? card(selected) : comparison(selected, paired));

// What the picture shows, in the words of the view; and what it leaves out.
function reading() {
  const line = (word, text) => [make("dt", "", say(word)), make("dd", "", text)];
  const color = data.view.color === "class" ? [] : line("by_color", say(`color_${data.view.color}`));
  return make("dl", "reading", ...line("nodes", data.view.nodes[language]), ...line("lines", data.view.links[language]),
    ...line("by_size", say(`size_${data.view.size}`)), ...color, ...line("rule", data.view.rule[language]),
    ...line("to_do", say(tied ? "reading_tied" : "reading_3")));
}
function missing() {
  const counts = Object.entries(data.left_out).map(([kind, number]) => `${kindName(kind)} ${number}`);
  const all = data.totals.Report || 0, cut = !data.view.about && data.view.color !== "severity" && reports.length && reports.length < all;
  if (!counts.length && !cut) return null;
  const text = [cut ? `${say("drawn_reports")} ${reports.length} / ${all}` : "",
    counts.length ? `${say("left_out")}: ${counts.join(", ")}` : ""].filter(Boolean).join("; ");
  return make("p", "missing", `${text}. ${byId("back") ? say("drill_site") : say("drill")}`);
}

// The lines whose ends are closest, each with what they share: a first answer for who does not know yet where to click.
function closest() {
  const ties = drawn.filter((id) => data.links[id].shared.length).map((id) => [id, data.links[id]]);
  const close = (tie) => (tie.word === "together" ? tie.shared.length : tie.share);
  ties.sort(([, a], [, b]) => close(b) - close(a) || b.shared.length - a.shared.length);
  return ties.slice(0, FEW).map(([id, tie]) => {
    const way = push(`${nameOf(data.nodes[tie.a])} — ${nameOf(data.nodes[tie.b])}`, () => selectLine(id), "pair text");
    return make("div", "item", way, sharing(tie));
  });
}

// How many records a node has; of what checks find, how many findings: none where they are about its place or body.
function recordsOf(id) {
  if (data.view.color !== "severity") return `${data.nodes[id].weight} ${say("facts_count")}`;
  const ways = links[id].map((link) => data.links[link]).filter((link) => link.word === "check");
  const number = ways.reduce((sum, link) => sum + link.facts.length + link.more, 0);
  return number ? `${number} ${say("findings_count")}` : "";
}

function overview() {
  const parts = [make("h2", "", say("reading")), reading(), missing(), stage.length ? figures() : null].filter(Boolean);
  if (!data.nodes.length) parts.push(make("p", "", say("empty")));
  const shared = order.filter((id) => !["Report", "District"].includes(data.nodes[id].kind) && data.nodes[id].reports > 1);
  shared.sort((a, b) => data.nodes[b].reports - data.nodes[a].reports || data.nodes[b].weight - data.nodes[a].weight);
  const most = shared.slice(0, tied ? FEW : 2 * FEW).map((id) => make("div", "item", icon(data.nodes[id].kind, undefined, 10), " ", goTo(id),
    make("span", "how", `${data.nodes[id].reports} ${say("reports_count")}`)));
  if (most.length) most.unshift(make("h3", "", say("most_shared")));
  if (tied) parts.push(...most, make("h3", "", say("closest")), ...closest()); // what is done alike, and by whom
  if (reports.length) parts.push(heading("Report", reports.length));
  for (const id of order.filter((each) => reports.includes(each)).slice(0, LONG))
    parts.push(make("div", "item", goTo(id), make("span", "how", recordsOf(id))));
  if (alone && !tied) return [...parts, ...neighbours(reports[0])];
  return tied ? parts : [...parts, ...most];
}

function select(id, move = false) {
  if (comparing !== null && id !== null && id !== comparing) return compare(comparing, id);
  if (!guests.has(id) && !guestsOf(id).length) dismiss();
  [selected, paired, common, comparing, chosenLine] = [id, null, null, null, null];
  const before = trail.indexOf(id);
  trail = id === null ? [] : before < 0 ? [...trail, id].slice(-6) : trail.slice(0, before + 1);
  byId("panel").replaceChildren(...shown());
  byId("panel").scrollTop = 0;
  id === null || data.nodes[id].off ? network.unselectAll() : network.selectNodes([id], false);
  refresh();
  if (move && id !== null) fit([...near(id)].filter((each) => !data.nodes[each].off));
  address(id === null ? [] : [id]);
}
function selectLine(id) {
  const { a, b, shared } = data.links[id];
  between(a, b, shared);
  [selected, paired, common, comparing, chosenLine, trail] = [null, null, new Set([a, b, ...guests.keys()]), null, id, []];
  byId("panel").replaceChildren(...shown());
  byId("panel").scrollTop = 0;
  network.unselectAll();
  refresh();
  address([a, b]);
}
// What is selected is the address's last part: a node, or both ends of a line.
function address(ids) {
  const part = ids.length ? `#${ids.map((id) => encodeURIComponent(data.nodes[id].iri)).join("|")}` : "";
  if (location.hash !== part) location.hash = part;
}

function followAddress() {
  let iris = [];
  try { iris = location.hash.slice(1).split("|").map(decodeURIComponent); } catch { /* a broken address selects nothing */ }
  const [id = null, end] = iris.map((iri) => at.get(iri)), line = drawn.find((each) => data.links[each].a === id && data.links[each].b === end);
  if (line !== undefined) return line === chosenLine ? undefined : selectLine(line);
  return id !== selected || chosenLine !== null ? select(id, true) : undefined;
}
window.addEventListener("hashchange", followAddress);
// A line: what ties its ends, with the evidence; the picture stays as it is.
function lineCard(link) {
  const both = make("h2", "", goTo(link.a), " — ", goTo(link.b)), parts = [make("div", "kind", say("both_ends")), both];
  if (link.shared.length) {
    const list = sharing(link);
    list.open = true;
    return [...parts, list];
  }
  if (!link.facts.length) parts.push(make("p", "how", say(link.word)));
  const report = data.nodes[link.a];
  parts.push(...link.facts.map((fact) => factLine(fact, report, true)));
  if (link.more) parts.push(make("p", "how", `${link.more} ${say("more_facts")}`));
  return parts;
}
network.on("click", (event) => {
  const line = event.nodes.length ? undefined : event.edges[0], shift = event.event?.srcEvent?.shiftKey;
  if (shift && event.nodes.length && selected !== null && selected !== event.nodes[0]) return compare(selected, event.nodes[0]);
  select(event.nodes.length ? event.nodes[0] : null);
  if (typeof line === "number") selectLine(line);
});
