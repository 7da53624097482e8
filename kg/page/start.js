// Last part: the language, the look, the buttons; and the start.
function speak(chosen) {
  language = chosen;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = byId("title").textContent = data.title[language];
  byId("subtitle").textContent = data.title[language === "zh" ? "en" : "zh"];
  search.placeholder = say("search");
  search.setAttribute("aria-label", say("search"));
  for (const id of ["fit", "move", "language", "filter", "png", "svg", "csv", "copy", "print"]) byId(id).textContent = say(id);
  for (const id of ["save-name"]) byId(id).textContent = say("save");
  byId("look").setAttribute("aria-label", say("look"));
  byId("look").title = say("look");
  byId("keys").textContent = say("keys");
  const back = byId("back");
  if (back) back.textContent = say("site");
  stop();
  if (allYears.length > 1) showUntil(Number(byId("until").value));
  legend();
  byId("panel").replaceChildren(...shown());
  network.redraw();
}

function wear(night) {
  dark = night;
  document.documentElement.dataset.look = dark ? "dark" : "light";
  fill();
  refresh();
  legend();
  byId("panel").replaceChildren(...shown());
}

// Physics is off until it is asked for; switched off, the nodes stay where they are, and the whole picture is one press away.
function move() {
  const on = !moves();
  byId("move").setAttribute("aria-pressed", String(on));
  network.setOptions({ physics: on ? { enabled: true, solver: "forceAtlas2Based", stabilization: false,
    forceAtlas2Based: { gravitationalConstant: -60, springLength: 90 } } : { enabled: false } });
}
function home() {
  if (moves()) move();
  nodes.update(stage.map((id) => ({ id, x: data.nodes[id].x, y: data.nodes[id].y })));
  fit();
}

byId("fit").addEventListener("click", home);
byId("move").addEventListener("click", move);
byId("language").addEventListener("click", () => speak(language === "zh" ? "en" : "zh"));
byId("look").addEventListener("click", () => wear(!dark));
byId("filter").addEventListener("click", () => {
  const open = document.body.classList.toggle("filtering");
  byId("filter").setAttribute("aria-pressed", String(open));
});
document.addEventListener("click", (event) => { if (!byId("save").contains(event.target)) byId("save").open = false; });

const scene = data.scene || {}; // of a copy: see copyHtml
atLeast = scene.atLeast || 1;
until = Infinity;
byId("until").value = byId("until").max;
byId("title").textContent = data.title[scene.language || "zh"]; // which takes room from the picture
drawOut();
if (scene.coloring) paint(scene.coloring);
wear(scene.dark ?? window.matchMedia("(prefers-color-scheme: dark)").matches); // first, since nothing has a colour before
for (const [group, keys] of Object.entries(scene.off || {})) keys.forEach((key) => off[group].add(key));
refresh();
speak(scene.language || "zh");
if (scene.scale) network.moveTo({ position: scene.position, scale: scene.scale });
else fit(undefined, false);
followAddress();
window.kg = { data, network, nodes, edges, select, compare, names: () => shownNames, csvText, svgPicture }; // for tests, and for the curious
