// Second part: names, drawn by hand as on a map: the weightiest first, each beside its node where it meets nothing.
const FIRST = { Finding: 2e6, Report: 1e6 };
const weight = (node) => (FIRST[node.kind] || node.reports * 1e3) + node.weight - (node.off ? 1e7 : 0);
const order = data.nodes.map((_, id) => id).sort((a, b) => weight(data.nodes[b]) - weight(data.nodes[a]) || a - b);
const flanked = reports.length >= 24 && reports.some((id) => data.nodes[id].side === "left"); // as kg/page/layout.py has it
// On a telephone, which is higher than wide, flanks and columns are drawn out to its height, so that names have a line.
const narrow = byId("network").clientWidth < 500, dense = data.captions.length > 1 && reports.length > 100;
const high = narrow || data.captions.length > 1 ? 1.15 : 1.3; // a name, by its letters
const strewn = !flanked && !data.captions.length && reports.length > 60; // so many names in bold would hide what ties them
let reportPixels = strewn ? 12 : 14.5;
function drawOut() {
  if (!narrow || !(flanked || data.captions.length)) return;
  const box = byId("network"), [room, tall] = [box.clientWidth - 16, box.clientHeight - 36];
  const extent = (ids, axis) => Math.max(...ids.map((id) => data.nodes[id][axis])) - Math.min(...ids.map((id) => data.nodes[id][axis])) || 1;
  const more = data.scene ? 1 : Math.max(1, Math.min(1.8, (tall / room) * (extent(stage, "x") / extent(stage, "y"))));
  for (const id of stage) data.nodes[id].y = Math.round(data.nodes[id].y * more);
  for (const caption of data.captions) caption[2] = Math.round(caption[2] * more);
  if (!flanked) return;
  const scale = Math.min(room / extent(stage, "x"), tall / extent(stage, "y")), line = extent(reports, "y") * scale / Math.ceil(reports.length / 2);
  reportPixels = Math.max(9.5, Math.min(reportPixels, line / high - 0.3));
}
const crowded = !alone && !tied && stage.length > 80 && !data.captions.length;
const CELL = 48, SIDES = ["below", "above", "right", "left"];
const widths = new Map(), pen = document.createElement("canvas").getContext("2d");

function widthOf(text, bold) {
  const key = bold ? `*${text}` : text;
  if (!widths.has(key)) {
    pen.font = `${bold ? "bold " : ""}100px ${FONT}`;
    widths.set(key, pen.measureText(text).width / 100);
  }
  return widths.get(key);
}

// Boxes [left, top, right, bottom] in cells, so that a name is not compared with all others.
class Taken {
  constructor() { this.cells = new Map(); }
  * near([left, top, right, bottom]) {
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1)
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) yield x * 100003 + y;
  }
  take(box) {
    for (const cell of this.near(box))
      if (this.cells.has(cell)) this.cells.get(cell).push(box); else this.cells.set(cell, [box]);
  }
  free(box, own, least = 0) { // least: half the size of the nodes that it must not cover
    for (const cell of this.near(box))
      for (const b of this.cells.get(cell) || [])
        if (b.own !== own && b[2] - b[0] >= 2 * least && box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]) return false;
    return true;
  }
}

function beneath(side, x, y, size, width, height) {
  if (side === "below") return [x - width / 2, y + size + 1, x + width / 2, y + size + 1 + height];
  if (side === "above") return [x - width / 2, y - size - 1 - height, x + width / 2, y - size - 1];
  if (side === "right") return [x + size + 3, y - height / 2, x + size + 3 + width, y + height / 2];
  return [x - size - 3 - width, y - height / 2, x - size - 3, y + height / 2];
}

// Where a column is a year, the names of reports go without it, unless all are of one place.
const DATED = / \d{4}$/;
const dated = data.captions.length > 1 && new Set(reports.map((id) => data.nodes[id].short.replace(DATED, ""))).size > 1;
const shortOf = (node) => (dated && node.kind === "Report" ? node.short.replace(DATED, "") : (language === "en" && node.label_en) || node.short);

function cut(name, most) {
  const year = (name.match(DATED) || [""])[0], bare = [...name.slice(0, name.length - year.length)];
  return bare.length > most ? `${bare.slice(0, most - 1).join("")}…${year}` : name;
}

// In dense columns a name is as high as its line, in steps, since each size of a name is a picture of its own.
let line = null;
function pixelsOf(scale) {
  if (!dense) return reportPixels;
  const heights = [...new Set(reports.map((id) => data.nodes[id].y))].sort((a, b) => a - b);
  line ??= Math.min(...heights.slice(1).map((y, n) => y - heights[n]));
  return Math.max(8.5, Math.min(reportPixels, Math.floor(2 * line * scale / high) / 2));
}

// Return the names that have room at a scale: {id, text, box, pixels, bold}, boxes in pixels from the canvas's origin.
function names(scale, view = null) {
  if (!nodes.length) return [];
  const reportSize = pixelsOf(scale), close = selected === null ? common : near(selected), taken = new Taken(), found = [];
  const first = [hovered, selected].filter((id) => id !== null && !data.nodes[id].off);
  const seen = [];
  for (const id of [...first, ...order.filter((each) => !first.includes(each))]) {
    const node = data.nodes[id];
    if (hidden(node)) continue;
    const spot = network.getPosition(id), x = spot.x * scale, y = spot.y * scale, size = node.size * scale;
    if (view && (x < view[0] - size || x > view[2] + size || y < view[1] - size || y > view[3] + size)) continue;
    seen.push([id, node, x, y, size]);
    if (!close || close.has(id)) taken.take(Object.assign([x - size, y - size, x + size, y + size], { own: id })); // others are faint
  }
  for (const [id, node, x, y, size] of seen) {
    const chosen = first.includes(id), report = node.kind === "Report";
    if (close && !close.has(id) && !chosen) continue;
    // Where there are many, what one report alone has keeps its name to itself until there is room.
    if (crowded && !chosen && !close && node.reports < 2 && !report && scale < 1.1) continue;
    const full = plain(chosen ? nameOf(node) : shortOf(node));
    const bold = (report && !strewn) || chosen, pixels = report ? reportSize : tied ? 13 : node.reports > 1 || alone ? 12.5 : 11.5;
    const sides = [node.side || "below", ...SIDES.filter((side) => side !== (node.side || "below"))];
    const inside = ([left, top, right, bottom]) => !view || (left > view[0] && top > view[1] && right < view[2] && bottom < view[3]);
    const place = (text) => {
      const boxes = sides.map((side) => beneath(side, x, y, size, widthOf(text, bold) * pixels + 6, pixels * high));
      const fits = (least, some = boxes) => some.find((each) => inside(each) && taken.free(each, id, least));
      // In a flank a name on the wrong side makes the picture wider, and so all names: rather it covers what is small.
      return (flanked && report && [0, 3, 6].map((least) => fits(least, boxes.slice(0, 1))).find(Boolean))
        || fits(0) || (report && (fits(3) || fits(6))) || (chosen ? boxes[0] : null);
    };
    // A report's name that has no room as it is may have some when it is cut.
    const text = [full, ...(report ? [6, 4, 3] : []).map((most) => cut(full, most))].find(place) || "";
    const box = text && place(text);
    if (!box) continue;
    taken.take(box);
    found.push({ id, text, box, pixels, bold, x, y });
  }
  return found;
}

// A name as a picture of its own, made once: to write text anew in every frame is what takes most of the time.
const stamps = new Map(), MOST_STAMPS = 3000;
function stamp(text, pixels, bold, ratio) {
  const key = `${look.ground}|${bold}|${pixels}|${ratio}|${text}`;
  if (stamps.has(key)) return stamps.get(key);
  if (stamps.size > MOST_STAMPS) stamps.clear();
  const canvas = document.createElement("canvas"), context = canvas.getContext("2d");
  canvas.width = Math.ceil((widthOf(text, bold) * pixels + 8) * ratio);
  canvas.height = Math.ceil(pixels * 1.5 * ratio);
  context.scale(ratio, ratio);
  context.font = `${bold ? "bold " : ""}${pixels}px ${FONT}`;
  Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3.5 });
  const [x, y] = [canvas.width / 2 / ratio, canvas.height / 2 / ratio];
  context.strokeStyle = look.ground;
  context.fillStyle = look.ink;
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
  stamps.set(key, canvas);
  return canvas;
}

// While the picture is moved, names go with their nodes; where they have room is looked for again a few times a second.
const OFTEN = 150; // milliseconds
let shownNames = [], placed = { at: -Infinity, scale: 0 };
function follow(scale) {
  return shownNames.map((name) => {
    const spot = network.getPosition(name.id), [x, y] = [spot.x * scale - name.x, spot.y * scale - name.y];
    const box = name.box.map((value, i) => value + (i % 2 ? y : x));
    return { ...name, box, x: name.x + x, y: name.y + y };
  });
}
function currentNames(scale, view) {
  const now = performance.now(), moved = placed.scale !== scale || placed.view !== String(view);
  if (many && moved && now - placed.at < OFTEN) {
    clearTimeout(placed.later);
    placed.later = setTimeout(soon, OFTEN);
    return follow(scale);
  }
  placed = { ...placed, at: now, scale, view: String(view) };
  return names(scale, view);
}

network.on("afterDrawing", (context) => {
  const scale = network.getScale(), centre = network.getViewPosition(), box = byId("network");
  const [w, h] = [box.clientWidth / 2, box.clientHeight / 2], ratio = context.canvas.width / box.clientWidth || 1;
  const [left, top] = [centre.x * scale - w, centre.y * scale - h];
  shownNames = currentNames(scale, [left, top, left + 2 * w, top + 2 * h]);
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const { text, box: [x1, y1, x2, y2], pixels, bold } of shownNames) {
    const drawn = stamp(text, pixels, bold, ratio);
    const [x, y] = [((x1 + x2) / 2 - left) * ratio - drawn.width / 2, ((y1 + y2) / 2 - top) * ratio - drawn.height / 2];
    context.drawImage(drawn, Math.round(x), Math.round(y));
  }
  context.restore();
});

// How large the years can be written without one meeting the next.
const captionRoom = Math.min(Infinity, ...data.captions.slice(1).map(([, x], n) => (x - data.captions[n][1]) / 2.6));
const captionSize = (scale) => Math.min(24 / scale, captionRoom);
const captionBoxes = (scale) => data.captions.map(([, x, y]) => [[x, -1.3], [y, -0.6], [x, 1.3], [y, 0.6]].map(([at, by]) => at + by * captionSize(scale)));

// A picture that is saved wants a ground of its own; on it the years stand in large letters.
network.on("beforeDrawing", (context) => {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = look.ground;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = look.caption;
  context.font = `bold ${captionSize(network.getScale())}px ${FONT}`;
  for (const [text, x, y] of data.captions) if (Number(text) <= until) context.fillText(text, x, y);
});
