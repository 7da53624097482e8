// Eighth part: the legend, by which classes, colours, themes and years are hidden; and the years one after another.
const yearsOf = (ids) => [...new Set(ids.flatMap((id) => data.nodes[id].years))].sort();
const allYears = yearsOf(stage), counted = (test) => stage.filter((id) => test(data.nodes[id])).length;
const STEPS = [3, 5, 10, 20, 50, 100]; // reports that speak of a thing at least
let playing = null;

function toggle(pressed, act, ...children) {
  const button = push("", () => { act(); legend(); refresh(); });
  button.replaceChildren(...children.filter(Boolean));
  button.setAttribute("aria-pressed", String(pressed));
  return button;
}
function flip(group, key) {
  return () => { off[group].delete(key) || off[group].add(key); };
}
function entry(group, key, name, symbol, number, title = "") {
  const count = make("span", "count", String(number));
  if (title) count.title = title;
  const button = toggle(!off[group].has(key), flip(group, key), symbol, make("span", "text", name), count);
  button.dataset[group] = String(key);
  return button;
}

function swatch(tone) {
  const svg = draw("svg", { viewBox: "0 0 16 16", width: 13, height: 13, "aria-hidden": "true" });
  svg.append(draw("rect", { x: 1, y: 1, width: 14, height: 14, rx: 4, fill: shade(tone) }));
  return svg;
}

function classes() {
  const parts = [make("h2", "", say("legend"))];
  for (const kind of data.kinds) {
    const number = counted((node) => node.kind === kind.id), total = data.totals[kind.id] || 0;
    if (!number) continue;
    const symbol = icon(kind.id, data.tones.length && stage.some((id) => data.nodes[id].kind === kind.id && data.nodes[id].tone >= 0)
      ? look.soft || shade(kind) : shade(kind));
    parts.push(entry("kind", kind.id, kindName(kind.id), symbol, total > number ? `${number} / ${total}` : number, total > number ? say("of") : ""));
  }
  if (reports.length > 1) {
    const only = (number, ...said) => toggle(atLeast === number, () => { atLeast = atLeast === number ? 1 : number; }, ...said);
    const button = only(2, say("shared_only")), most = Math.max(...stage.map((id) => data.nodes[id].reports));
    button.classList.add("shared");
    const chips = STEPS.filter((number) => number <= most).map((number) => only(number, `≥ ${number}`));
    chips.forEach((chip) => { chip.title = `${say("least")} ${chip.textContent}`; });
    parts.push(button, chips.length ? make("div", "chips steps", ...chips) : null);
  }
  return parts;
}
function tones() {
  return data.tones.length < 2 && data.view.color !== "severity" ? [] : [make("h2", "", say(`color_${data.view.color}`)),
    ...data.tones.map((tone, key) => entry("tone", key, tone[language], swatch(tone), counted((node) => node.tone === key)))];
}
function themes() {
  const used = Object.keys(data.themes).filter((theme) => counted((node) => node.theme === theme));
  return used.length < 2 ? [] : [make("h2", "", say("theme")),
    ...used.map((theme) => entry("theme", theme, data.themes[theme][language], null, counted((node) => node.theme === theme)))];
}
function years() {
  if (allYears.length < 2 || data.view.color === "year") return [];
  const chips = allYears.map((year) => {
    const chip = toggle(!off.year.has(year), flip("year", year), String(year));
    chip.dataset.year = String(year);
    return chip;
  });
  return [make("h2", "", say("year")), make("div", "chips", ...chips)];
}

function legend() {
  const changed = atLeast > 1 || Object.values(off).some((group) => group.size);
  const reset = changed ? push(say("reset"), () => {
    Object.values(off).forEach((group) => group.clear());
    atLeast = 1;
    legend();
    refresh();
  }, "reset") : null;
  byId("legend").replaceChildren(...[...classes(), ...tones(), ...themes(), ...years(), ...sizes(), ...colors(), reset].filter(Boolean));
}

// ---- the years, one after another ---------------------------------------------------------------------------------
function showUntil(index) {
  until = index >= allYears.length - 1 ? Infinity : allYears[index];
  byId("until").value = String(Math.min(index, allYears.length - 1));
  byId("until-text").textContent = `${say("until")} ${allYears[Math.min(index, allYears.length - 1)]}`;
  refresh();
}
function stop() {
  clearInterval(playing);
  playing = null;
  byId("play").textContent = "▶";
  byId("play").setAttribute("aria-label", say("play"));
}
function play() {
  if (playing) return stop();
  byId("play").textContent = "❚❚";
  let index = Number(byId("until").value);
  if (index >= allYears.length - 1) index = -1;
  const step = () => {
    index += 1;
    showUntil(index);
    if (index >= allYears.length - 1) stop();
  };
  playing = setInterval(step, 1200);
  return step();
}
byId("years").hidden = allYears.length < 2;
byId("until").max = String(Math.max(0, allYears.length - 1));
byId("until").addEventListener("input", (event) => { stop(); showUntil(Number(event.target.value)); });
byId("play").addEventListener("click", play);
