// Tenth part: the picture as PNG and SVG, what is selected as CSV, the page as it is seen, and the page on paper.
function download(blob, ending) {
  const link = make("a", "");
  link.href = URL.createObjectURL(blob);
  link.download = `${plain(data.title[language]).replace(/[\\/:*?"<>|]/g, "_").slice(0, 80)}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function savePng() {
  byId("network").querySelector("canvas").toBlob((blob) => download(blob, "png"));
}

// The whole picture in the colours of the look, at the scale at which names do not meet, or so wide.
function svgElement(wide = 0) {
  const shown = stage.filter((id) => !hidden(data.nodes[id])), spots = network.getPositions(shown);
  const across = shown.map((id) => spots[id].x), extent = Math.max(1, Math.max(...across) - Math.min(...across));
  const scale = wide ? Math.min(1.1, wide / extent) : Math.max(0.5, network.getScale()), place = (id) => [spots[id].x * scale, spots[id].y * scale];
  const named = names(scale), boxes = [...shown.map((id) => [...place(id), ...place(id)]), ...named.map(({ box }) => box)];
  const captions = data.captions.filter(([text]) => Number(text) <= until).map(([text, x, y]) => ({ text, x: x * scale, y: y * scale }));
  const edge = (side, pick, margin) => pick(0, ...boxes.map((box) => box[side])) + margin;
  const [left, top] = [edge(0, Math.min, -40), Math.min(edge(1, Math.min, -40), ...captions.map(({ y }) => y - 40))];
  const [width, height] = [edge(2, Math.max, 40) - left, edge(3, Math.max, 40) - top];
  const svg = draw("svg", { xmlns: SVG, viewBox: [left, top, width, height].map(Math.round).join(" "), width: Math.round(width),
    height: Math.round(height), "font-family": FONT.replaceAll('"', "'") });
  const title = draw("title", {});
  title.textContent = data.title[language];
  svg.append(title, draw("rect", { x: left, y: top, width, height, fill: look.ground }));
  for (const id of drawn) {
    const link = data.links[id];
    if (hidden(data.nodes[link.a]) || hidden(data.nodes[link.b])) continue;
    const [[x1, y1], [x2, y2]] = [place(link.a), place(link.b)];
    svg.append(draw("line", { x1, y1, x2, y2, stroke: hue(end(link)), "stroke-width": thick(link) * scale, "stroke-opacity": many ? faint * 0.6 : 0.4 }));
  }
  for (const [id, ends] of guests) for (const each of ends.filter((one) => ![one, id].some((node) => hidden(data.nodes[node])))) {
    const [[x1, y1], [x2, y2]] = [place(each), place(id)];
    svg.append(draw("line", { x1, y1, x2, y2, stroke: hue(data.nodes[id]), "stroke-width": 1.2 * scale, "stroke-opacity": 0.6 }));
  }
  const write = (text, x, y, size, more) => {
    const label = draw("text", { x, y, "font-size": size, "text-anchor": "middle", "dominant-baseline": "central", ...more });
    label.textContent = text;
    svg.append(label);
  };
  for (const { text, x, y } of captions) write(text, x, y, Math.min(22, captionRoom * scale), { fill: look.caption, "font-weight": "bold" });
  for (const id of drawn.filter((each) => shareOf(each) && [data.links[each].a, data.links[each].b].every((end) => shown.includes(end)))) {
    const [[x1, y1], [x2, y2]] = [place(data.links[id].a), place(data.links[id].b)];
    write(shareOf(id), (x1 + x2) / 2, (y1 + y2) / 2, 11, { fill: look.soft, stroke: look.ground, "stroke-width": 3, "paint-order": "stroke" });
  }
  for (const id of shown) {
    const node = data.nodes[id], size = node.size * scale / 7, [x, y] = place(id);
    svg.append(draw("path", { d: SHAPES[kinds[node.kind].shape], fill: hue(node), stroke: look.paper,
      transform: `translate(${x - 8 * size} ${y - 8 * size}) scale(${size})`, "stroke-width": 1 / size }));
  }
  for (const { text, box: [x1, y1, x2, y2], pixels, bold } of named)
    write(text, (x1 + x2) / 2, (y1 + y2) / 2, pixels, { fill: look.ink, stroke: look.ground, "stroke-width": 3, "paint-order": "stroke",
      ...(bold ? { "font-weight": "bold" } : {}) });
  return svg;
}
function svgPicture() {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svgElement())}\n`;
}

// One row a fact: of what is selected, else of all that the legend leaves. Text that a spreadsheet would run gets a '.
function csvRows() {
  const wanted = (link) => (selected === null ? !hidden(data.nodes[link.a]) || !hidden(data.nodes[link.b])
    : link.a === selected || link.b === selected);
  const rows = [["report", "class", "name", "value", "as_written", "status", "period", "quote", "sentence", "section", "note"].map(say)];
  for (const link of data.links.filter((each) => wanted(each) && !each.shared.length)) {
    const [from, to] = [data.nodes[link.a], data.nodes[link.b]];
    if (!link.facts.length) rows.push([nameOf(from), kindName(to.kind), nameOf(to), "", "", say(link.word), "", "", "", "", ""]);
    for (const fact of link.facts) {
      const sentence = fact.sentence === null ? { text: "", section: "" } : data.sentences[fact.sentence];
      rows.push([nameOf(from), kindName(to.kind), nameOf(to), fact.value, fact.what, fact.marks.map(say).join(" "), fact.period,
        fact.quote, sentence.text, sentence.section, fact.note]);
    }
  }
  for (const tie of data.links.filter((each) => wanted(each) && each.shared.length))
    rows.push([nameOf(data.nodes[tie.a]), kindName(data.nodes[tie.b].kind), nameOf(data.nodes[tie.b]), tie.share, "", say(tie.word), "", "",
      tie.shared.map((id) => nameOf(data.nodes[id])).join("; "), "", ""]);
  return rows;
}
function csvText() {
  const cell = (value) => {
    const text = String(value).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "?");
    return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  };
  return `\ufeff${csvRows().map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

// This page once more, with its nodes where the reader put them and what was hidden hidden; it opens as it is seen now.
function copyHtml() {
  const text = byId("data").textContent, saved = JSON.parse(text), at = source.indexOf(text), spots = network.getPositions(stage);
  for (const id of stage) [saved.nodes[id].x, saved.nodes[id].y] = [Math.round(spots[id].x), Math.round(spots[id].y)];
  const hides = Object.fromEntries(Object.entries(off).map(([group, keys]) => [group, [...keys]]));
  saved.scene = { off: hides, atLeast, coloring, language, dark, position: network.getViewPosition(), scale: network.getScale() };
  const json = JSON.stringify(saved).replace(/[<>&\u2028\u2029\u007f-\u009f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return `<!doctype html>\n${source.slice(0, at)}${json}${source.slice(at + text.length)}\n`;
}

byId("copy").addEventListener("click", () => download(new Blob([copyHtml()], { type: "text/html" }), "html"));
byId("png").addEventListener("click", savePng);
byId("svg").addEventListener("click", () => download(new Blob([svgPicture()], { type: "image/svg+xml" }), "svg"));
byId("csv").addEventListener("click", () => download(new Blob([csvText()], { type: "text/csv" }), "csv"));
byId("print").addEventListener("click", () => window.print());
document.querySelectorAll(".menu button").forEach((button) => button.addEventListener("click", () => { byId("save").open = false; }));

// On paper the ground is white, whatever the look on the screen, and the picture is a drawing as wide as the sheet.
const PAPER = 860; // so wide that the names on it are of seven points
let before = null;
window.addEventListener("beforeprint", () => {
  before ??= dark;
  if (dark) wear(false);
  byId("paper").replaceChildren(svgElement(PAPER));
});
window.addEventListener("afterprint", () => {
  if (before) wear(true);
  before = null;
  byId("paper").replaceChildren();
});
