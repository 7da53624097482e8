// First part of the page's script: the data, and the picture that vis-network draws of them.
// Text reaches the page through textContent alone, never as markup.
"use strict";
const source = document.documentElement.outerHTML; // this page before anything is put into it, for a copy of it
const data = JSON.parse(document.getElementById("data").textContent);
// What is at its default is left out of the data (see lean in kg/draw.py).
data.nodes = data.nodes.map((node) => ({ theme: "", tone: -1, off: false, between: 0, x: 0, y: 0, size: 0, side: "", href: "", ...node }));
data.links = data.links.map((link) => ({ facts: [], more: 0, shared: [], share: 0, ...link }));
for (const link of data.links) for (const fact of link.facts) fact.note = fact.note || "";
for (const [name, none] of [["tones", []], ["captions", []], ["themes", {}]]) data[name] = data[name] || none;
const FONT = '"Microsoft YaHei","PingFang SC","Hiragino Sans GB","Noto Sans CJK SC","Source Han Sans SC",sans-serif';
const kinds = Object.fromEntries(data.kinds.map((kind) => [kind.id, kind]));
const at = new Map(data.nodes.map((node, id) => [node.iri, id]));
const links = data.nodes.map(() => []); // for each node, the links that touch it
data.links.forEach((link, id) => [link.a, link.b].forEach((end) => links[end].push(id)));
const stage = data.nodes.map((_, id) => id).filter((id) => !data.nodes[id].off);
const reports = stage.filter((id) => data.nodes[id].kind === "Report");
const alone = reports.length === 1, tied = data.links.some((link) => link.shared.length);
// What the legend hides: classes, tones, themes, years, nodes one by one; and years after `until`.
const off = { kind: new Set(), tone: new Set(), theme: new Set(), year: new Set(), node: new Set() };
let atLeast = 1, until = Infinity, selected = null, paired = null, chosenLine = null, common = null, hovered = null, language = "zh", dark = false, look = {};

// ---- words and elements -------------------------------------------------------------------------------------------
const say = (word) => (Object.hasOwn(data.words, word) ? data.words[word][language] : word);
const kindName = (kind) => kinds[kind][language];
const nameOf = (node) => (language === "en" && node.label_en) || node.label;
// Marks that turn the direction of writing, and other invisible ones, have no business on the canvas.
const plain = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "");
const byId = (id) => document.getElementById(id);
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}
function push(word, act, className = "") {
  const button = make("button", className, word);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

// ---- shapes and colours -------------------------------------------------------------------------------------------
const SVG = "http://www.w3.org/2000/svg", SHAPES = {
  dot: "M8 1a7 7 0 1 0 .01 0z", square: "M2 2h12v12H2z", triangle: "M8 1l7 13H1z", diamond: "M8 0l7 8-7 8-7-8z",
  star: "M8 0l2 6h6l-5 4 2 6-5-4-5 4 2-6-5-4h6z",
};
const shade = (of) => (dark ? of.dark : of.color);
// Where the reader chose another colour, what has none of it is grey, lest it be taken for one that has.
const hue = (node) => (node.tone >= 0 ? shade(data.tones[node.tone]) : coloring && coloring !== "class" ? look.soft : shade(kinds[node.kind]));

function draw(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
function icon(kind, color = shade(kinds[kind]), size = 13) {
  const svg = draw("svg", { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true" });
  svg.append(draw("path", { d: SHAPES[kinds[kind].shape], fill: color }));
  return svg;
}

// ---- the picture --------------------------------------------------------------------------------------------------
function hidden(node) {
  return node.off || off.node.has(node.iri) || off.kind.has(node.kind) || off.tone.has(node.tone) || off.theme.has(node.theme)
    || (node.years.length > 0 && !node.years.some((year) => year <= until && !off.year.has(year)))
    || (atLeast > 1 && !["Report", "Finding"].includes(node.kind) && node.reports < atLeast);
}
const other = (link, id) => (link.a === id ? link.b : link.a);
const beside = (id) => links[id].map((link) => other(data.links[link], id));

// What stays bright when a node is selected; of one that is not drawn, also what its reports lead to; where it is compared
// with another, what leads from one to the other.
function near(id) {
  if (common && id === selected) return common;
  const found = new Set([id, ...beside(id), ...(guests.get(id) || []), ...guestsOf(id)]);
  if (data.nodes[id].off)
    for (const next of beside(id).filter((each) => data.nodes[each].off)) beside(next).forEach((far) => found.add(far));
  return found;
}

// Links take the colour of what is neither a report nor a place.
const end = (link) => data.nodes[data.nodes[link.b].kind === "Report" ? link.a : link.b];
const thick = (link) => (link.shared.length ? 1 + 9 * Math.min(0.6, link.word === "together" ? link.shared.length / 12 : link.share)
  : Math.min(4, 0.8 + 0.35 * (link.facts.length + link.more)));
const drawn = data.links.map((_, id) => id).filter((id) => !data.nodes[data.links[id].a].off && !data.nodes[data.links[id].b].off);
const many = drawn.length > 700;
// How strongly a line is drawn: thousands of them would hide the nodes.
const faint = many ? Math.max(0.08, 0.36 * Math.sqrt(700 / drawn.length)) : 0.36;

function dress(id) {
  const node = data.nodes[id], background = hue(node), border = node.kind === "Report" ? look.paper : background, strong = look.ink;
  return { id, color: { background, border, highlight: { background, border: strong }, hover: { background, border: strong } } };
}
function dye(id, opacity) {
  const color = hue(end(data.links[id]));
  return { id, color: { color, highlight: color, hover: color, opacity } };
}
const nodes = new vis.DataSet(), edges = new vis.DataSet();
const network = new vis.Network(byId("network"), { nodes, edges }, {
  physics: false, layout: { improvedLayout: false }, autoResize: true,
  interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, zoomSpeed: 0.6,
    hideEdgesOnDrag: many, hideEdgesOnZoom: many, hideNodesOnDrag: many },
  edges: { smooth: many ? false : { enabled: true, type: "curvedCW", roundness: 0.08 }, selectionWidth: 0, hoverWidth: 0 },
});

// How alike two are is written on few lines, since more would be a thicket.
const shareOf = (id) => (drawn.length <= 60 && data.links[id].word === "alike" ? `${Math.round(data.links[id].share * 100)}%` : undefined);

// Put everything into the picture, in the colours of the look; done once, and again when the look changes.
function fill() {
  look = Object.fromEntries(["ink", "soft", "paper", "ground", "caption"].map((name) => [name, css(`--${name}`)]));
  const first = !nodes.length; // later they stay where a reader has put them
  nodes.update(stage.map((id) => ({ ...dress(id), ...(first ? { x: data.nodes[id].x, y: data.nodes[id].y } : {}), size: data.nodes[id].size,
    shape: kinds[data.nodes[id].kind].shape, borderWidth: data.nodes[id].kind === "Report" ? 1 : 0, borderWidthSelected: 3 })));
  edges.update(drawn.map((id) => ({ ...dye(id, faint), from: data.links[id].a, to: data.links[id].b, width: thick(data.links[id]),
    label: shareOf(id),
    font: { size: 12, face: FONT, color: look.soft, strokeColor: look.ground, strokeWidth: 4 } })));
}

// Show what the legend leaves, and dim what is not next to the selected node.
function refresh() {
  const close = selected === null ? common : near(selected), bright = (link) => (common ? common.has(link.a) && common.has(link.b) : link.a === selected || link.b === selected);
  nodes.update(stage.map((id) => ({ id, hidden: hidden(data.nodes[id]), opacity: !close || close.has(id) ? 1 : 0.12 })));
  edges.update(drawn.map((id) => ({ hidden: hidden(data.nodes[data.links[id].a]) || hidden(data.nodes[data.links[id].b]),
    ...dye(id, close ? (bright(data.links[id]) ? 0.85 : 0.05) : faint) })));
  tieGuests(close);
}

// Bring nodes into sight with their names, which are as wide at any scale: what sticks out is made room for.
let whole = false; // all of it is in sight, and the reader has not moved it since
function fit(some = stage, animation = { duration: 350 }) {
  whole = some === stage;
  const shown = new Set(some.filter((id) => !hidden(data.nodes[id]))), box = byId("network");
  if (!shown.size) return;
  const spots = [...shown].map((id) => ({ ...network.getPosition(id), size: data.nodes[id].size }));
  const edge = (pick, sign) => sign * Math.max(...spots.map((spot) => sign * spot[pick] + spot.size));
  const plainly = [edge("x", -1), edge("y", -1), edge("x", 1), edge("y", 1)], room = [box.clientWidth - 16, box.clientHeight - 16];
  let sides = plainly, scale = 1;
  const inwards = box.clientWidth < 500 && !data.captions.length; // on a telephone a name finds its room inwards
  for (let step = 0; step < 3; step += 1) {
    scale = Math.max(0.02, Math.min(1.1, room[0] / (sides[2] - sides[0] || 1), room[1] / (sides[3] - sides[1] || 1)));
    if (inwards) break;
    const boxes = names(scale).filter(({ id }) => shown.has(id) && (shown.size < 60 || alone || data.nodes[id].kind === "Report")).map((name) => name.box.map((value) => value / scale));
    if (whole) boxes.push(...captionBoxes(scale));
    sides = plainly.map((side, i) => (i < 2 ? Math.min : Math.max)(side, ...boxes.map((each) => each[i])));
  }
  if (animation) stir(animation.duration + 50);
  network.moveTo({ position: { x: (sides[0] + sides[2]) / 2, y: (sides[1] + sides[3]) / 2 }, scale, animation });
}
const leave = () => { whole = false; };
for (const moved of ["zoom", "dragStart"]) network.on(moved, leave);
// In a window of another size vis-network scales by both sides at once, which cuts a picture off: the whole one stays whole.
// Right after it has scaled it, and drawn at once: who takes a picture of a page resizes it, and waits for no frame.
network.on("resize", () => queueMicrotask(() => {
  if (!whole) return;
  fit(undefined, false);
  network.redraw();
}));
