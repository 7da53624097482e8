// Third part: a large picture while it is moved or zoomed. vis-network leaves out its lines then, and its nodes, which it
// draws one by one; here all nodes of a colour are filled in one go, by a path that is kept as long as none of them moves.
// Drawings are asked for, never done at once, so that there is one a frame.
const STILL = 250; // milliseconds after which a picture that was zoomed is drawn whole again
let asked = 0, dragged = false, zoomed = 0, carried = [], paths = null;
function soon() {
  asked ||= requestAnimationFrame(() => { asked = 0; network.redraw(); });
}
// vis-network hides nodes on dragging alone (hideNodesOnDrag): to it, zooming is made dragging as well.
function stir(milliseconds = STILL) {
  if (!many) return;
  network.renderer.dragging = true;
  clearTimeout(zoomed);
  zoomed = setTimeout(() => {
    zoomed = 0;
    network.renderer.dragging = dragged;
    soon();
  }, milliseconds);
}
network.on("zoom", () => stir());
const moves = () => byId("move").getAttribute("aria-pressed") === "true"; // physics is at work
network.on("dragStart", ({ nodes: some }) => { [dragged, carried, paths] = [true, some, null]; });
network.on("dragEnd", () => { [dragged, carried, paths] = [false, [], null]; });
nodes.on("*", () => { paths = null; });

const OUTLINES = Object.fromEntries(Object.entries(SHAPES).map(([name, outline]) => [name, new Path2D(outline)]));
function outline(some, into) {
  const close = selected === null ? null : near(selected);
  for (const id of some) {
    const node = data.nodes[id], { x, y } = network.getPosition(id), by = node.size / 7;
    if (hidden(node)) continue;
    const key = `${!close || close.has(id) ? 1 : 0.12} ${hue(node)}`;
    if (!into.has(key)) into.set(key, new Path2D());
    into.get(key).addPath(OUTLINES[kinds[node.kind].shape], new DOMMatrix([by, 0, 0, by, x - 8 * by, y - 8 * by]));
  }
  return into;
}
network.on("beforeDrawing", (context) => {
  if (!many || !(dragged || zoomed)) return;
  if (!paths || moves()) paths = outline(stage.filter((id) => !carried.includes(id)), new Map());
  context.save();
  for (const [key, path] of [...paths, ...outline(carried, new Map())]) {
    [context.globalAlpha, context.fillStyle] = key.split(" ");
    context.fill(path);
  }
  context.restore();
});
