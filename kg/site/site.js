// Pages without a picture: lists are searched, chosen from, sorted and turned over; a fact that is pointed at shows its
// fields. Without this script all is there as well, at greater length. Text goes in through textContent alone.
"use strict";
const ROWS = 100; // on a page of a list
const make = (name, said = {}, ...children) => {
  const element = Object.assign(document.createElement(name), said);
  element.append(...children);
  return element;
};
const folded = (text) => text.normalize("NFKC").toLowerCase();

function list(table) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  let rows = [...body.rows].map((row) => ({ row, cells: [...row.cells].map((cell) => cell.textContent), text: folded(row.textContent) }));
  const search = make("input", { type: "search", placeholder: "搜索 Search", ariaLabel: "搜索 Search" });
  const counted = make("span", { className: "note" }), before = make("button", { type: "button", textContent: "‹" });
  const after = make("button", { type: "button", textContent: "›" }), place = make("span", { className: "note" });
  before.ariaLabel = "上一页 Previous page";
  after.ariaLabel = "下一页 Next page";
  let first = 0, found = rows;
  const choices = heads.map((head, column) => ({ head, column })).filter(({ head }) => "choice" in head.dataset).map(({ head, column }) => {
    const numbers = new Map();
    for (const { cells } of rows) numbers.set(cells[column], (numbers.get(cells[column]) || 0) + 1);
    const name = head.textContent, select = make("select", { ariaLabel: name }, make("option", { value: "", textContent: `${name}：全部` }));
    for (const [value, number] of [...numbers].sort(([a], [b]) => a.localeCompare(b, "zh")))
      if (value) select.append(make("option", { value, textContent: `${value} (${number})` }));
    select.addEventListener("change", () => look());
    return { name, column, select };
  }).filter(({ select }) => select.options.length > 2);

  function turn(to) {
    first = Math.max(0, Math.min(to, found.length - 1));
    body.replaceChildren(...found.slice(first, first + ROWS).map(({ row }) => row));
    counted.textContent = `${found.length} / ${rows.length}`;
    const pages = Math.ceil(found.length / ROWS);
    place.textContent = `${Math.floor(first / ROWS) + 1} / ${pages || 1}`;
    [before, after, place].forEach((each) => { each.hidden = pages < 2; });
    before.disabled = first === 0;
    after.disabled = first + ROWS >= found.length;
  }
  function look() {
    const words = folded(search.value).split(/\s+/);
    found = rows.filter(({ cells, text }) => words.every((word) => text.includes(word))
      && choices.every(({ column, select }) => !select.value || cells[column] === select.value));
    turn(0);
  }
  function follow() { // what the address asks for: #省级=…&年度=…
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const { name, select } of choices) select.value = asked.get(name) || "";
    look();
  }
  heads.forEach((head, column) => {
    const button = make("button", { type: "button", className: "sort", textContent: head.textContent });
    let down = column > 0;
    button.addEventListener("click", () => {
      const sign = down ? -1 : 1;
      rows = [...rows].sort((a, b) => sign * a.cells[column].localeCompare(b.cells[column], "zh", { numeric: true }));
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      down = !down;
      look();
    });
    head.replaceChildren(button);
  });
  search.addEventListener("input", look);
  before.addEventListener("click", () => turn(first - ROWS));
  after.addEventListener("click", () => turn(first + ROWS));
  window.addEventListener("hashchange", follow);
  document.querySelector(".finder").append(search, ...choices.map(({ select }) => select), counted, before, place, after);
  follow();
}
document.querySelectorAll("table.list").forEach(list);

// ---- a report: the fields of a fact beside it ------------------------------------------------------------------------
const article = document.querySelector("article"), facts = new Map();
const FIELDS = { about: "所指", theme: "主题", value: "数值", what: "原称", status: "状态", period: "期间" };
function fieldsOf(item) {
  const kind = document.querySelector(`.keys .${item.className.split(" ")[0]}`), fields = make("dl", { className: item.className });
  fields.append(make("dt", {}, "类别"), make("dd", {}, kind ? kind.textContent : ""));
  for (const field of item.querySelectorAll("p > span"))
    fields.append(make("dt", {}, FIELDS[field.className]), make("dd", {}, field.textContent));
  return fields;
}
for (const item of document.querySelectorAll(".facts > li")) facts.set(item.querySelector("a").hash, item);
if (article && innerWidth < 700) document.querySelector("nav details").open = false;
if (article && facts.size) {
  const card = make("div", { id: "card", hidden: true });
  card.setAttribute("role", "tooltip");
  document.body.append(card);
  const hide = () => { card.hidden = true; };
  const show = (mark) => {
    const marks = [];
    for (let each = mark; each; each = each.parentElement.closest("mark")) if (each.id) marks.push(each);
    const items = marks.map((each) => facts.get(`#${each.id}`)).filter(Boolean);
    if (!items.length) return;
    card.replaceChildren(...items.map(fieldsOf));
    card.hidden = false;
    const at = mark.getClientRects()[0], width = document.documentElement.clientWidth;
    card.style.left = `${window.scrollX + Math.max(6, Math.min(at.left, width - card.offsetWidth - 6))}px`;
    const below = at.bottom + card.offsetHeight + 8 < window.innerHeight;
    card.style.top = `${window.scrollY + (below ? at.bottom + 5 : at.top - card.offsetHeight - 5)}px`;
  };
  const over = (event) => { const mark = event.target.closest("mark"); if (mark) show(mark); };
  for (const mark of article.querySelectorAll("mark[id]")) mark.tabIndex = 0;
  article.addEventListener("mouseover", over);
  article.addEventListener("focusin", over);
  article.addEventListener("mouseout", hide);
  article.addEventListener("focusout", hide);
  article.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[id]");
    if (mark && !getSelection().toString()) location.hash = mark.id;
  });
  const point = () => {
    document.querySelectorAll(".facts .here").forEach((item) => item.classList.remove("here"));
    const item = facts.get(location.hash);
    if (!item) return;
    item.classList.add("here");
    item.parentElement.scrollTop = item.offsetTop - item.parentElement.clientHeight / 3;
  };
  window.addEventListener("hashchange", point);
  point();
}
