// First part of the page's script: the data, and the picture that vis-network draws of them.
// Text reaches the page through textContent alone, never as markup.
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const FONT = '"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif';
const PAPER = "#fafaf7";
const kinds = Object.fromEntries(data.kinds.map((kind) => [kind.id, kind]));
const at = new Map(data.nodes.map((node, id) => [node.iri, id]));
const links = data.nodes.map(() => []); // for each node, the links that touch it
data.links.forEach((link, id) => [link.a, link.b].forEach((end) => links[end].push(id)));
const off = new Set(); // classes that the legend hides
let sharedOnly = false, selected = null, hovered = null, language = "zh";

// ---- words and elements -------------------------------------------------------------------------------------------
const say = (word) => (Object.hasOwn(data.words, word) ? data.words[word][language] : word);
const kindName = (kind) => kinds[kind][language];
const nameOf = (node) => (language === "en" && node.label_en) || node.label;
// Marks that turn the direction of writing, and other invisible ones, have no business on the canvas.
const plain = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "");
const byId = (id) => document.getElementById(id);

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function icon(kind, size = 13) {
  const ns = "http://www.w3.org/2000/svg", shapes = {
    dot: "M8 1a7 7 0 1 0 .01 0z", square: "M2 2h12v12H2z", triangle: "M8 1l7 13H1z", diamond: "M8 0l7 8-7 8-7-8z",
    star: "M8 0l2 6h6l-5 4 2 6-5-4-5 4 2-6-5-4h6z", hexagon: "M4 1h8l4 7-4 7H4L0 8z", triangleDown: "M1 2h14L8 15z",
  };
  const svg = document.createElementNS(ns, "svg"), path = document.createElementNS(ns, "path");
  for (const [name, value] of [["viewBox", "0 0 16 16"], ["width", size], ["height", size], ["aria-hidden", "true"]])
    svg.setAttribute(name, value);
  path.setAttribute("d", shapes[kinds[kind].shape] || shapes.dot);
  path.setAttribute("fill", kinds[kind].color);
  svg.append(path);
  return svg;
}

// ---- the picture --------------------------------------------------------------------------------------------------
const hidden = (node) => off.has(node.kind) || (sharedOnly && node.kind !== "Report" && node.reports < 2);
const other = (link, id) => (link.a === id ? link.b : link.a);
const near = (id) => new Set([id, ...links[id].map((link) => other(data.links[link], id))]);

// Links take the colour of what is neither a report nor a place.
const tint = (link) => kinds[data.nodes[data.nodes[link.b].kind === "Report" ? link.a : link.b].kind].color;
const colors = (link) => ({ color: tint(link), highlight: tint(link), hover: tint(link) });
const nodes = new vis.DataSet(data.nodes.map((node, id) => ({
  id, x: node.x, y: node.y, size: node.size, shape: kinds[node.kind].shape, borderWidth: 1.5, borderWidthSelected: 3,
  color: { background: kinds[node.kind].color, border: "#fff",
    highlight: { background: kinds[node.kind].color, border: "#1d2733" },
    hover: { background: kinds[node.kind].color, border: "#1d2733" } },
})));
const edges = new vis.DataSet(data.links.map((link, id) => ({
  id, from: link.a, to: link.b, width: Math.min(4, 0.8 + 0.35 * (link.facts.length + link.more)),
  color: { ...colors(link), opacity: 0.36 },
})));
const network = new vis.Network(byId("network"), { nodes, edges }, {
  physics: false, layout: { improvedLayout: false },
  interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, zoomSpeed: 0.6 },
  edges: { smooth: { enabled: true, type: "curvedCW", roundness: 0.08 }, selectionWidth: 0, hoverWidth: 0 },
});

// Show what the legend leaves, and dim what is not next to the selected node.
function refresh() {
  const close = selected === null ? null : near(selected);
  nodes.update(data.nodes.map((node, id) => ({ id, hidden: hidden(node), opacity: !close || close.has(id) ? 1 : 0.12 })));
  edges.update(data.links.map((link, id) => ({
    id, hidden: hidden(data.nodes[link.a]) || hidden(data.nodes[link.b]),
    color: { ...colors(link), opacity: selected === null ? 0.36 : link.a === selected || link.b === selected ? 0.85 : 0.05 },
  })));
}

function fit(some = nodes.getIds(), animation = { duration: 350 }) {
  network.fit({ nodes: some, maxZoomLevel: 1.1, animation });
}

// Labels are drawn by hand, as on a map: the weightiest first, each only where it meets none that is there already.
const weight = (node) => (node.kind === "Report" ? 1e6 : node.reports * 1e3 + node.weight);
const order = data.nodes.map((_, id) => id).sort((a, b) => weight(data.nodes[b]) - weight(data.nodes[a]) || a - b);
const alone = data.nodes.filter((node) => node.kind === "Report").length < 2, crowded = !alone && data.nodes.length > 80;

function labels(context) {
  const scale = network.getScale(), close = selected === null ? null : near(selected), taken = [];
  const first = [hovered, selected].filter((id) => id !== null);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  for (const id of [...first, ...order.filter((id) => !first.includes(id))]) {
    const node = data.nodes[id], chosen = first.includes(id), report = node.kind === "Report";
    if (hidden(node) || (close && !close.has(id) && id !== hovered)) continue;
    // Where there are many, what one report alone has keeps its name to itself until there is room.
    if (crowded && !chosen && !close && node.reports < 2 && !report && scale < 1.1) continue;
    const text = plain(chosen ? nameOf(node) : (language === "en" && node.label_en) || node.short);
    const pixels = (report ? 15 : node.reports > 1 || alone ? 12.5 : 11.5) / scale;
    context.font = `${report || chosen ? "bold " : ""}${pixels}px ${FONT}`;
    const { x, y } = network.getPosition(id), width = context.measureText(text).width + pixels / 2;
    const box = [x - width / 2, y + node.size + 2 / scale, x + width / 2, y + node.size + pixels * 1.35];
    if (!chosen && taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
    taken.push(box);
    context.lineWidth = 3.5 / scale;
    context.strokeStyle = PAPER;
    context.strokeText(text, x, box[1]);
    context.fillStyle = report ? "#0b3c5d" : "#1d2733";
    context.fillText(text, x, box[1]);
  }
}
network.on("afterDrawing", labels);
