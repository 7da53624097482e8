// Third part: a large picture while it is moved. vis-network hides its nodes and lines then (hideNodesOnDrag), and all
// nodes of a colour are filled here in one go, which takes a fraction of the time. Drawings are asked for, never done at
// once, so that there is one a frame.
let asked = 0, dragged = false;
function soon() {
  asked ||= requestAnimationFrame(() => { asked = 0; network.redraw(); });
}
network.on("dragStart", () => { dragged = true; });
network.on("dragEnd", () => { dragged = false; });

const OUTLINES = Object.fromEntries(Object.entries(SHAPES).map(([name, outline]) => [name, new Path2D(outline)]));
network.on("beforeDrawing", (context) => {
  if (!many || !dragged) return;
  const close = selected === null ? null : near(selected), paths = new Map();
  for (const id of stage) {
    const node = data.nodes[id], { x, y } = network.getPosition(id), by = node.size / 7;
    if (hidden(node)) continue;
    const key = `${!close || close.has(id) ? 1 : 0.12} ${hue(node)}`;
    if (!paths.has(key)) paths.set(key, new Path2D());
    paths.get(key).addPath(OUTLINES[kinds[node.kind].shape], new DOMMatrix([by, 0, 0, by, x - 8 * by, y - 8 * by]));
  }
  context.save();
  for (const [key, path] of paths) {
    [context.globalAlpha, context.fillStyle] = key.split(" ");
    context.fill(path);
  }
  context.restore();
});
