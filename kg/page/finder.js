// Ninth part: pointing, searching, and the keyboard.
network.on("hoverNode", ({ node: id, pointer }) => {
  if (dragged) return;
  const node = data.nodes[id], tip = byId("tip"), lines = [kindName(node.kind)];
  if (node.kind !== "Report" && node.reports) lines.push(`${node.reports} ${say("reports_count")}`);
  if (node.weight && recordsOf(id)) lines.push(recordsOf(id));
  if (node.years.length && node.kind !== "Report") lines.push([...new Set([node.years[0], node.years.at(-1)])].join("–"));
  const facts = links[id].map((link) => data.links[link].facts[0]).filter((fact) => fact && fact.value);
  tip.replaceChildren(make("b", "text", nameOf(node)), make("div", "", lines.join(" · ")));
  if (node.kind !== "Report" && facts.length)
    tip.append(make("div", "text", facts.slice(0, 4).map((fact) => fact.value).join("; ")));
  tip.hidden = false;
  const box = byId("stage").getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(pointer.DOM.x + 14, box.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${Math.max(4, Math.min(pointer.DOM.y + 14, box.height - tip.offsetHeight - 4))}px`;
  hovered = id;
  soon();
});
function unhover() {
  if (hovered === null) return;
  hovered = null;
  byId("tip").hidden = true;
  soon();
}
["blurNode", "dragStart", "zoom"].forEach((event) => network.on(event, unhover));
byId("network").addEventListener("mouseleave", unhover);

// ---- search -------------------------------------------------------------------------------------------------------
const search = byId("search"), found = byId("found");
let matches = [], marked = 0;
// Names first, then by what else a node may be known.
const KNOWN = ["title", "documentNumber", "code", "fileName", "reportingUnit"];
const known = (node) => node.details.filter(([word]) => KNOWN.includes(word)).map(([, value]) => value);
const called = (node) => [node.label, node.label_en, node.short, ...node.aliases];
const folded = data.nodes.map((node) => [...called(node), ...known(node)].map((name) => name.toLowerCase()));

function suggest() {
  const wanted = search.value.trim().toLowerCase();
  const rank = (id) => {
    const names = folded[id].slice(0, called(data.nodes[id]).length);
    return names.some((name) => name.startsWith(wanted)) ? 0 : names.some((name) => name.includes(wanted)) ? 1 : 2;
  };
  matches = wanted ? order.filter((id) => folded[id].some((name) => name.includes(wanted))) : [];
  matches = matches.sort((a, b) => rank(a) - rank(b)).slice(0, 12);
  marked = 0;
  found.replaceChildren(...matches.map((id, index) => {
    const node = data.nodes[id], item = make("li", "", icon(node.kind), make("span", "text", nameOf(node)));
    const more = [...node.aliases, ...known(node)].find((name) => name.toLowerCase().includes(wanted));
    if (more && !nameOf(node).toLowerCase().includes(wanted)) item.append(make("span", "how text", more));
    item.id = `found-${index}`;
    item.setAttribute("role", "option");
    item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(id); });
    return item;
  }));
  if (wanted && !matches.length) found.append(make("li", "none", say("none")));
  show(Boolean(wanted));
  point(0);
}
function show(open) {
  found.hidden = !open;
  if (!open) found.replaceChildren();
  search.setAttribute("aria-expanded", String(open));
}
function point(index) {
  marked = Math.max(0, Math.min(index, matches.length - 1));
  [...found.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === marked)));
  search.setAttribute("aria-activedescendant", matches.length ? `found-${marked}` : "");
  if (matches.length) found.children[marked].scrollIntoView({ block: "nearest" });
}
function choose(id) {
  const node = data.nodes[id];
  show(false);
  search.value = "";
  search.blur(); // the arrows step along from here
  if (!node.off && hidden(node)) { // what was looked for is shown, whatever the legend says
    for (const [group, key] of [["kind", node.kind], ["tone", node.tone], ["theme", node.theme]]) off[group].delete(key);
    off.year.clear();
    off.node.delete(node.iri);
    atLeast = 1;
    if (until !== Infinity) showUntil(allYears.length - 1);
  }
  legend();
  select(id, true);
}
search.addEventListener("input", suggest);
search.addEventListener("blur", () => show(false));
search.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    point(marked + step);
  }
  if (event.key === "Enter" && matches.length && !found.hidden) choose(matches[marked]);
  if (event.key === "Escape") { show(false); search.blur(); }
});

// ---- keyboard -----------------------------------------------------------------------------------------------------
// The nearest node to the right, left, above or below the selected one; without one, the weightiest.
function neighbourTo(dx, dy) {
  if (selected === null || data.nodes[selected].off) return order.find((id) => !hidden(data.nodes[id]));
  const here = network.getPosition(selected);
  let best = null, least = Infinity;
  for (const id of stage) {
    if (id === selected || hidden(data.nodes[id])) continue;
    const spot = network.getPosition(id), x = spot.x - here.x, y = spot.y - here.y;
    const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead > 0 && aside <= ahead && ahead + 2 * aside < least) [best, least] = [id, ahead + 2 * aside];
  }
  return best;
}
const zoom = (factor) => { leave(); stir(); network.moveTo({ scale: network.getScale() * factor }); };
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEYS = {
  "/": () => search.focus(), f: () => fit(), Escape: () => select(null), Delete: () => selected !== null && !data.nodes[selected].off && hide(selected), l: () => speak(language === "zh" ? "en" : "zh"),
  "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), d: () => wear(!dark),
  Backspace: () => trail.length && select(trail.at(-2) ?? null, trail.length > 1),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
  const arrow = ARROWS[event.key];
  if (arrow && byId("panel").contains(event.target)) return; // there the arrows scroll
  const id = arrow ? neighbourTo(...arrow) : null;
  if (arrow && id !== null && id !== undefined) select(id);
  if (!arrow && !KEYS[event.key]) return;
  event.preventDefault();
  if (!arrow) return KEYS[event.key]();
  leave();
  network.moveTo({ position: network.getPosition(selected ?? id), animation: { duration: 200 } });
});
