// Sixth part: what is beside the picture, drawn into it: the things that two share, between them, or a node's own.
// They stand where the reader looks, in a column, and leave when something else is selected.
const guests = new Map(), MOST_GUESTS = 24, ROW = 24, COLUMN = 150; // guest -> the nodes it is tied to; pixels

function dismiss() {
  const gone = [...guests.keys()];
  if (!gone.length) return;
  guests.clear();
  for (const id of gone) Object.assign(data.nodes[id], { off: true, size: 0 });
  stage.splice(0, stage.length, ...stage.filter((id) => !data.nodes[id].off));
  shownNames = shownNames.filter(({ id }) => !data.nodes[id].off);
  unhover();
  edges.remove(edges.getIds().filter((id) => String(id).startsWith("guest")));
  nodes.remove(gone);
  legend();
}

// The weightiest of some nodes come in, each tied to its ends; their column is about a place of the picture.
function invite(some, ends, { x, y }) {
  const ids = some.filter((id) => data.nodes[id].off).sort((a, b) => data.nodes[b].reports - data.nodes[a].reports || a - b).slice(0, MOST_GUESTS);
  const box = byId("network"), scale = network.getScale(), rows = Math.max(1, Math.min(ids.length, Math.floor((box.clientHeight - 30) / ROW)));
  const [wide, high] = [Math.ceil(ids.length / rows) * COLUMN, (rows - 1) * ROW], at = network.canvasToDOM({ x, y });
  const within = (value, least, most) => Math.max(least, Math.min(value, most));
  const corner = network.DOMtoCanvas({ x: within(at.x, 16, Math.max(16, box.clientWidth - wide)), y: within(at.y - high / 2, 15, Math.max(15, box.clientHeight - high - 15)) });
  ids.forEach((id, n) => {
    const place = { x: corner.x + Math.floor(n / rows) * COLUMN / scale, y: corner.y + (n % rows) * ROW / scale };
    given[id] = 7 / scale;
    Object.assign(data.nodes[id], place, { off: false, side: "right", size: given[id] });
    guests.set(id, ends(id));
    nodes.update({ ...dress(id), ...place, size: given[id], shape: kinds[data.nodes[id].kind].shape, borderWidth: 0, borderWidthSelected: 3 });
    for (const end of guests.get(id)) edges.update({ id: `guest ${id} ${end}`, from: end, to: id, width: 1.2 });
  });
  stage.push(...ids);
  legend();
}
function between(a, b, shared) {
  const [one, two] = [network.getPosition(a), network.getPosition(b)];
  const across = Math.abs(one.x - two.x) > Math.abs(one.y - two.y) ? -20 : 60; // beside a line that stands upright
  dismiss();
  invite(shared, () => [a, b], { x: (one.x + two.x) / 2 + across / network.getScale(), y: (one.y + two.y) / 2 });
}
function tieGuests(close) {
  for (const [id, ends] of guests) for (const end of ends)
    edges.update({ id: `guest ${id} ${end}`, hidden: hidden(data.nodes[id]) || hidden(data.nodes[end]),
      color: { color: hue(data.nodes[id]), opacity: !close || [id, end].every((each) => close.has(each)) ? 0.6 : 0.05 } });
}
const guestsOf = (id) => [...guests].filter(([, ends]) => ends.includes(id)).map(([guest]) => guest);

// What a node has beside it that is not drawn: its neighbours, and in a picture of ties what it shares with others.
function besides(id) {
  const own = tied ? [...belongings(id)] : beside(id);
  return data.nodes[id].off ? [] : own.filter((each) => data.nodes[each].off);
}
function expand(id) {
  const some = besides(id), { x, y } = network.getPosition(id);
  const haves = tied ? stage.filter((each) => each !== id).map((each) => [each, belongings(each)]) : [];
  invite(some, (guest) => [id, ...(tied ? haves.filter(([, things]) => things.has(guest)).map(([each]) => each)
    : beside(guest).filter((each) => each !== id && !data.nodes[each].off))], { x: x + 90 / network.getScale(), y });
  byId("panel").replaceChildren(...shown());
  refresh();
}
function expander(id) {
  if (guestsOf(id).length) return push(say("collapse"), () => { dismiss(); select(id); }, "compare");
  const number = Math.min(MOST_GUESTS, besides(id).length);
  return number ? push(`${say("expand")} ${number}`, () => expand(id), "compare") : null;
}
network.on("doubleClick", ({ nodes: [id] }) => { if (id !== undefined && besides(id).length && !guests.has(id)) expand(id); });

// A node that is in the way is hidden by itself; the legend brings all back.
function hider(id) {
  return data.nodes[id].off ? null : push(say("hide"), () => hide(id), "compare");
}
function hide(id) {
  off.node.add(data.nodes[id].iri);
  select(null);
  legend();
}
