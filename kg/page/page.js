// The page's behaviour: draws the picture with vis-network, and shows for what is selected the facts and their evidence.
// Text reaches the page through textContent alone, never as markup. The selection is the address's #part, so that the
// browser's own Back steps back.
"use strict";
(() => {
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

  const fit = (some, move = { duration: 350 }) => network.fit({ nodes: some || nodes.getIds(), maxZoomLevel: 1.1, animation: move });

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

  // ---- the panel ----------------------------------------------------------------------------------------------------
  function quoted(fact, report) {
    const sentence = data.sentences[fact.sentence], points = Array.from(sentence.text); // offsets count code points
    const cut = (from, to) => points.slice(from, to).join("");
    const text = make("span", "text", cut(0, fact.start));
    if (fact.end > fact.start) text.append(make("mark", "", cut(fact.start, fact.end)));
    text.append(cut(fact.end));
    const where = make("footer", "text", `${plain(report.label)} · ${sentence.section || say("no_section")}`);
    return make("blockquote", "", text, where);
  }

  function factLine(fact, report, open) {
    const details = make("details", "fact"), summary = make("summary", "");
    details.open = open;
    if (fact.value) summary.append(make("b", "text", fact.value), " ");
    summary.append(make("span", "text", fact.what || (fact.value ? "" : fact.quote)));
    for (const word of fact.marks) if (word !== "done") summary.append(make("span", `tag ${word === "planned" || word === "problem" ? word : ""}`, say(word)));
    if (fact.period) summary.append(make("span", "tag", fact.period));
    details.append(summary);
    if (fact.sentence !== null) details.append(quoted(fact, report));
    return details;
  }

  function goTo(id) {
    const link = make("a", "text", nameOf(data.nodes[id]));
    link.href = `#${encodeURIComponent(data.nodes[id].iri)}`;
    link.addEventListener("click", (event) => { event.preventDefault(); select(id, true); });
    return link;
  }

  function heading(kind, number) {
    return make("h3", "", icon(kind), kindName(kind), make("span", "count", String(number)));
  }

  // A node's neighbours, class by class, each with the facts that tie it to the node.
  function neighbours(id) {
    const parts = [], few = links[id].reduce((sum, link) => sum + data.links[link].facts.length, 0) <= 12;
    for (const kind of data.kinds) {
      const items = links[id].filter((link) => data.nodes[other(data.links[link], id)].kind === kind.id);
      if (!items.length) continue;
      parts.push(heading(kind.id, items.length));
      for (const link of items.map((each) => data.links[each])) {
        const item = make("div", "item", goTo(other(link, id)));
        if (!link.facts.length) item.append(make("span", "how", say(link.word)));
        for (const fact of link.facts) item.append(factLine(fact, data.nodes[link.a], few));
        if (link.more) item.append(make("p", "how", `${link.more} ${say("more_facts")}`));
        parts.push(item);
      }
    }
    return parts;
  }

  function card(id) {
    const node = data.nodes[id], list = make("dl", ""), back = make("button", "back", say("home"));
    back.addEventListener("click", () => select(null));
    for (const [word, value] of node.details) list.append(make("dt", "", say(word)), make("dd", "text", say(value)));
    return [back, make("div", "kind", icon(node.kind), kindName(node.kind)), make("h2", "text", nameOf(node)), list,
      ...neighbours(id), make("p", "iri text", node.iri)];
  }

  function overview() {
    const reading = ["reading_1", "reading_2", "reading_3"].slice(alone ? 2 : 0).map((word) => make("li", "", say(word)));
    const parts = [make("h2", "", say("reading")), make("ul", "reading", ...reading)];
    if (!data.nodes.length) parts.push(make("p", "", say("empty")));
    const reports = order.filter((id) => data.nodes[id].kind === "Report");
    if (reports.length) parts.push(heading("Report", reports.length));
    for (const id of reports)
      parts.push(make("div", "item", goTo(id), make("span", "how", `${data.nodes[id].weight} ${say("facts_count")}`)));
    if (alone && reports.length) return [...parts, ...neighbours(reports[0])];
    const shared = order.filter((id) => data.nodes[id].kind !== "Report" && data.nodes[id].reports > 1).slice(0, 24);
    if (shared.length) parts.push(make("h3", "", say("most_shared")));
    for (const id of shared)
      parts.push(make("div", "item", icon(data.nodes[id].kind, 10), " ", goTo(id),
        make("span", "how", `${data.nodes[id].reports} ${say("reports_count")}`)));
    return parts;
  }

  function select(id, move = false) {
    selected = id;
    byId("panel").replaceChildren(...(id === null ? overview() : card(id)));
    byId("panel").scrollTop = 0;
    id === null ? network.unselectAll() : network.selectNodes([id], false);
    refresh();
    if (move && id !== null) fit([...near(id)]);
    const part = id === null ? "" : `#${encodeURIComponent(data.nodes[id].iri)}`;
    if (location.hash !== part) location.hash = part;
  }

  function followAddress() {
    let iri = "";
    try { iri = decodeURIComponent(location.hash.slice(1)); } catch { /* a broken address selects nothing */ }
    const id = at.has(iri) ? at.get(iri) : null;
    if (id !== selected) select(id, true);
  }
  window.addEventListener("hashchange", followAddress);
  network.on("click", (event) => select(event.nodes.length ? event.nodes[0] : null));

  // ---- what a node says when pointed at -----------------------------------------------------------------------------
  network.on("hoverNode", ({ node: id, pointer }) => {
    const node = data.nodes[id], tip = byId("tip"), lines = [kindName(node.kind)];
    if (node.kind !== "Report") lines.push(`${node.reports} ${say("reports_count")}`);
    if (node.weight) lines.push(`${node.weight} ${say("facts_count")}`);
    const facts = links[id].map((link) => data.links[link].facts[0]).filter((fact) => fact && fact.value);
    tip.replaceChildren(make("b", "text", nameOf(node)), make("div", "", lines.join(" · ")));
    if (node.kind !== "Report" && facts.length) tip.append(make("div", "text", facts.slice(0, 4).map((f) => f.value).join("; ")));
    tip.hidden = false;
    const stage = byId("stage").getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(pointer.DOM.x + 14, stage.width - tip.offsetWidth - 4))}px`;
    tip.style.top = `${Math.max(4, Math.min(pointer.DOM.y + 14, stage.height - tip.offsetHeight - 4))}px`;
    hovered = id;
    network.redraw();
  });
  const unhover = () => { hovered = null; byId("tip").hidden = true; network.redraw(); };
  ["blurNode", "dragStart", "zoom"].forEach((event) => network.on(event, unhover));

  // ---- search -------------------------------------------------------------------------------------------------------
  const search = byId("search"), found = byId("found");
  let matches = [], marked = 0;

  function suggest() {
    const wanted = search.value.trim().toLowerCase();
    const names = (node) => [node.label, node.label_en, node.short, ...node.aliases];
    const place = (id) => Math.min(...names(data.nodes[id]).map((n) => n.toLowerCase().indexOf(wanted)).filter((n) => n >= 0));
    matches = wanted ? order.filter((id) => place(id) < Infinity).sort((a, b) => (place(a) > 0) - (place(b) > 0)).slice(0, 12) : [];
    marked = 0;
    found.replaceChildren(...matches.map((id, index) => {
      const item = make("li", "", icon(data.nodes[id].kind), make("span", "text", nameOf(data.nodes[id])));
      item.id = `found-${index}`;
      item.setAttribute("role", "option");
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(id); });
      return item;
    }));
    if (wanted && !matches.length) found.append(make("li", "none", say("none")));
    show(Boolean(wanted));
    point(0);
  }
  function show(open) {
    found.hidden = !open;
    search.setAttribute("aria-expanded", String(open));
  }
  function point(index) {
    marked = Math.max(0, Math.min(index, matches.length - 1));
    [...found.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === marked)));
    search.setAttribute("aria-activedescendant", matches.length ? `found-${marked}` : "");
    if (matches.length) found.children[marked].scrollIntoView({ block: "nearest" });
  }
  function choose(id) {
    show(false);
    search.value = "";
    off.delete(data.nodes[id].kind); // what was looked for is shown, whatever the legend says
    if (hidden(data.nodes[id])) sharedOnly = false;
    legend();
    select(id, true);
  }
  search.addEventListener("input", suggest);
  search.addEventListener("blur", () => show(false));
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); point(marked + (event.key === "ArrowDown" ? 1 : -1)); }
    if (event.key === "Enter" && matches.length) choose(matches[marked]);
    if (event.key === "Escape") show(false);
  });

  // ---- legend, buttons, language ------------------------------------------------------------------------------------
  function toggle(pressed, act, ...children) {
    const button = make("button", "", ...children);
    button.type = "button";
    button.setAttribute("aria-pressed", String(pressed));
    button.addEventListener("click", () => { act(); legend(); refresh(); });
    return button;
  }

  function legend() {
    const parts = [make("h2", "", say("legend"))];
    for (const kind of data.kinds) {
      const drawn = data.nodes.filter((node) => node.kind === kind.id).length, total = data.totals[kind.id] || 0;
      if (!drawn) continue;
      const count = make("span", "count", total > drawn ? `${drawn} / ${total}` : String(drawn));
      if (total > drawn) count.title = say("of");
      const button = toggle(!off.has(kind.id), () => { off.delete(kind.id) || off.add(kind.id); }, icon(kind.id), kindName(kind.id), count);
      button.dataset.kind = kind.id;
      parts.push(button);
    }
    if (!alone) {
      const button = toggle(sharedOnly, () => { sharedOnly = !sharedOnly; }, say("shared_only"));
      button.classList.add("shared");
      parts.push(button);
    }
    byId("legend").replaceChildren(...parts);
  }

  function speak() {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = byId("title").textContent = data.title[language];
    byId("subtitle").textContent = data.title[language === "zh" ? "en" : "zh"];
    search.placeholder = say("search");
    search.setAttribute("aria-label", say("search"));
    for (const id of ["fit", "picture", "language"]) byId(id).textContent = say(id);
    legend();
    byId("panel").replaceChildren(...(selected === null ? overview() : card(selected)));
    network.redraw();
  }

  byId("fit").addEventListener("click", () => fit());
  byId("language").addEventListener("click", () => { language = language === "zh" ? "en" : "zh"; speak(); });
  byId("picture").addEventListener("click", () => byId("network").querySelector("canvas").toBlob((blob) => {
    const link = make("a", "");
    link.href = URL.createObjectURL(blob);
    link.download = `${data.title[language]}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }));

  // A picture that is saved wants a ground of its own.
  network.on("beforeDrawing", (context) => {
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = PAPER;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.restore();
  });
  speak();
  select(null);
  fit(undefined, false);
  followAddress();
  window.kg = { data, network, nodes, edges, select }; // for tests, and for the curious
})();
