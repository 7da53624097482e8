// Seventh part: how central a node is, in figures, and what size and colour stand for, which the reader may choose.
const lines = data.nodes.map(() => 0);
for (const id of drawn) for (const each of [data.links[id].a, data.links[id].b]) lines[each] += 1;
const MEASURES = { reports: (id) => data.nodes[id].reports, facts: (id) => data.nodes[id].weight, lines: (id) => lines[id],
  between: (id) => data.nodes[id].between };
const given = data.nodes.map((node) => node.size);
let measure = ""; // what the size stands for; empty: what the view says

const placeOf = (name, id) => 1 + stage.filter((each) => MEASURES[name](each) > MEASURES[name](id)).length;
function standing(id) {
  if (data.nodes[id].off || !lines[id]) return null;
  const told = ["lines", "between"].filter((name) => stage.some((each) => MEASURES[name](each))).map((name) => {
    const value = MEASURES[name](id);
    return `${say(`measure_${name}`)} ${name === "between" ? `${Math.round(value * 1000) / 10}%` : value} (${placeOf(name, id)} / ${stage.length})`;
  });
  const line = make("p", "how standing", told.join(" · "));
  line.title = say("between_how");
  return line;
}

function resize() {
  const most = Math.max(...stage.map((id) => given[id])), least = Math.min(...stage.map((id) => given[id]));
  const top = measure ? Math.max(1e-9, ...stage.map(MEASURES[measure])) : 1;
  for (const id of stage)
    data.nodes[id].size = measure ? least + (most - least) * Math.sqrt(MEASURES[measure](id) / top) : given[id];
  nodes.update(stage.map((id) => ({ id, size: data.nodes[id].size })));
}
function sizes() {
  const useful = Object.keys(MEASURES).filter((name) => new Set(stage.map(MEASURES[name])).size > 1);
  if (useful.length < 2) return [];
  const chips = ["", ...useful].map((name) => {
    const chip = push(say(`measure_${name || "given"}`), () => { measure = name; resize(); legend(); refresh(); });
    chip.setAttribute("aria-pressed", String(measure === name));
    chip.dataset.measure = name;
    return chip;
  });
  return [make("h2", "", say("by_size")), make("div", "chips sizes", ...chips)];
}

// ---- what the colour stands for: as the view says, or the class, the first year of a node's reports, its theme -------
const asGiven = { tones: data.tones, of: data.nodes.map((node) => node.tone), color: data.view.color };
let coloring = "";
const COLORS = {
  "": () => asGiven,
  class: () => ({ tones: [], of: data.nodes.map(() => -1) }),
  year: () => byStep((node) => node.years[0], (year) => ({ zh: String(year), en: String(year) }), "year"),
  theme: () => byStep((node) => node.theme || undefined, (theme) => data.themes[theme], "community"),
};
// Steps of a scale for what nodes have: years are spread over it, of themes those of most nodes have a colour each.
function byStep(pick, name, scale) {
  const colors = data.scales[scale], number = new Map();
  for (const id of stage) if (pick(data.nodes[id]) !== undefined) number.set(pick(data.nodes[id]), 1 + (number.get(pick(data.nodes[id])) || 0));
  const values = [...number.keys()].sort((a, b) => (scale === "year" ? a - b : number.get(b) - number.get(a)));
  const last = colors.length - 1, step = (n) => (scale === "year" ? Math.round(n * last / Math.max(1, values.length - 1)) : Math.min(n, last));
  const tones = (scale === "year" ? values : values.slice(0, colors.length)).map((value, n) => ({
    ...(scale !== "year" && n === last && values.length > colors.length ? { zh: data.words.others.zh, en: data.words.others.en } : name(value)),
    color: colors[step(n)][0], dark: colors[step(n)][1] }));
  const of = data.nodes.map((node) => (number.has(pick(node)) ? Math.min(values.indexOf(pick(node)), tones.length - 1) : -1));
  return { tones, of };
}
function paint(by) {
  coloring = by;
  const found = COLORS[by]();
  [data.tones, data.view.color] = [found.tones, by || asGiven.color];
  found.of.forEach((tone, id) => { data.nodes[id].tone = tone; });
  off.tone.clear();
  fill();
  refresh();
}
function colors() {
  const useful = ["", ...["class", "year", "theme"].filter((by) => by !== asGiven.color && new Set(COLORS[by]().of).size > (by === "class" ? 0 : 1))];
  if (useful.length < 2) return [];
  const chips = useful.map((by) => {
    const chip = push(say(by || "measure_given"), () => { paint(by); legend(); });
    chip.setAttribute("aria-pressed", String(coloring === by));
    chip.dataset.color = by;
    return chip;
  });
  return [make("h2", "", say("by_color")), make("div", "chips colors", ...chips)];
}

// The picture in figures: of what the legend leaves, how many nodes and lines, how they hang together, what is central.
function statistics() {
  const left = new Set(stage.filter((id) => !hidden(data.nodes[id]))), next = new Map([...left].map((id) => [id, []]));
  const kept = drawn.map((id) => data.links[id]).filter(({ a, b }) => left.has(a) && left.has(b));
  kept.forEach(({ a, b }) => { next.get(a).push(b); next.get(b).push(a); });
  const seen = new Set(), parts = [];
  for (const id of left) {
    if (seen.has(id)) continue;
    const part = [id];
    seen.add(id);
    for (const one of part) for (const each of next.get(one)) if (!seen.has(each)) { seen.add(each); part.push(each); }
    parts.push(part.length);
  }
  const percent = (share) => `${Math.round(share * 1000) / 10}%`, n = left.size || 1;
  const rows = [["nodes", left.size], ["lines", kept.length], ["mean_lines", Math.round(20 * kept.length / n) / 10],
    ["density", percent(2 * kept.length / Math.max(1, n * (n - 1)))], ["components", parts.length], ["largest", Math.max(0, ...parts)]];
  const most = [...left].filter((id) => data.nodes[id].between).sort((a, b) => data.nodes[b].between - data.nodes[a].between || a - b).slice(0, 5);
  return [make("dl", "", ...rows.flatMap(([word, value]) => [make("dt", "", say(word)), make("dd", "", value.toLocaleString("en"))])),
    make("p", "how", say("most_between")), ...most.map((id) => make("div", "item", goTo(id), make("span", "how", percent(data.nodes[id].between))))];
}
function figures() {
  const details = make("details", "fact stats", make("summary", "", say("stats")));
  details.addEventListener("toggle", () => details.replaceChildren(details.firstChild, ...(details.open ? statistics() : [])));
  return details;
}
