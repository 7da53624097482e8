// Third part: pointing, searching, the legend, the buttons; and the start.
// ---- what a node says when pointed at -----------------------------------------------------------------------------
network.on("hoverNode", ({ node: id, pointer }) => {
  const node = data.nodes[id], tip = byId("tip"), lines = [kindName(node.kind)];
  if (node.kind !== "Report") lines.push(`${node.reports} ${say("reports_count")}`);
  if (node.weight) lines.push(`${node.weight} ${say("facts_count")}`);
  const facts = links[id].map((link) => data.links[link].facts[0]).filter((fact) => fact && fact.value);
  tip.replaceChildren(make("b", "text", nameOf(node)), make("div", "", lines.join(" · ")));
  if (node.kind !== "Report" && facts.length)
    tip.append(make("div", "text", facts.slice(0, 4).map((fact) => fact.value).join("; ")));
  tip.hidden = false;
  const stage = byId("stage").getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(pointer.DOM.x + 14, stage.width - tip.offsetWidth - 4))}px`;
  tip.style.top = `${Math.max(4, Math.min(pointer.DOM.y + 14, stage.height - tip.offsetHeight - 4))}px`;
  hovered = id;
  network.redraw();
});
const unhover = () => { hovered = null; byId("tip").hidden = true; network.redraw(); };
["blurNode", "dragStart", "zoom"].forEach((event) => network.on(event, unhover));
byId("network").addEventListener("mouseleave", unhover);

// ---- search -------------------------------------------------------------------------------------------------------
const search = byId("search"), found = byId("found");
let matches = [], marked = 0;

function suggest() {
  const wanted = search.value.trim().toLowerCase();
  const names = (node) => [node.label, node.label_en, node.short, ...node.aliases];
  const places = (id) => names(data.nodes[id]).map((name) => name.toLowerCase().indexOf(wanted)).filter((at) => at >= 0);
  const begins = (id) => places(id).includes(0);
  matches = wanted ? order.filter((id) => places(id).length) : [];
  matches = matches.sort((a, b) => begins(b) - begins(a)).slice(0, 12);
  marked = 0;
  found.replaceChildren(...matches.map((id, index) => {
    const item = make("li", "", icon(data.nodes[id].kind), make("span", "text", nameOf(data.nodes[id])));
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
  show(false);
  search.value = "";
  off.delete(data.nodes[id].kind); // what was looked for is shown, whatever the legend says
  if (hidden(data.nodes[id])) sharedOnly = false;
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
  if (event.key === "Escape") show(false);
});

// ---- legend, buttons, language ------------------------------------------------------------------------------------
function toggle(pressed, act, ...children) {
  const button = make("button", "", ...children);
  button.type = "button";
  button.setAttribute("aria-pressed", String(pressed));
  button.addEventListener("click", () => { act(); legend(); refresh(); });
  return button;
}

function legend() {
  const parts = [make("h2", "", say("legend"))];
  for (const kind of data.kinds) {
    const drawn = data.nodes.filter((node) => node.kind === kind.id).length, total = data.totals[kind.id] || 0;
    if (!drawn) continue;
    const count = make("span", "count", total > drawn ? `${drawn} / ${total}` : String(drawn));
    if (total > drawn) count.title = say("of");
    const act = () => { off.delete(kind.id) || off.add(kind.id); };
    const button = toggle(!off.has(kind.id), act, icon(kind.id), kindName(kind.id), count);
    button.dataset.kind = kind.id;
    parts.push(button);
  }
  if (!alone) {
    const button = toggle(sharedOnly, () => { sharedOnly = !sharedOnly; }, say("shared_only"));
    button.classList.add("shared");
    parts.push(button);
  }
  byId("legend").replaceChildren(...parts);
}

function speak() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = byId("title").textContent = data.title[language];
  byId("subtitle").textContent = data.title[language === "zh" ? "en" : "zh"];
  search.placeholder = say("search");
  search.setAttribute("aria-label", say("search"));
  for (const id of ["fit", "picture", "language"]) byId(id).textContent = say(id);
  legend();
  byId("panel").replaceChildren(...(selected === null ? overview() : card(selected)));
  network.redraw();
}

byId("fit").addEventListener("click", () => fit());
byId("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; speak(); });
byId("picture").addEventListener("click", () => byId("network").querySelector("canvas").toBlob((blob) => {
  const link = make("a", "");
  link.href = URL.createObjectURL(blob);
  link.download = `${data.title[language]}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}));

// A picture that is saved wants a ground of its own.
network.on("beforeDrawing", (context) => {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = PAPER;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
});
speak();
select(null);
fit(undefined, false);
followAddress();
window.kg = { data, network, nodes, edges, select }; // for tests, and for the curious
