// 规矩 · one small script. Every page works without it; here it only gets quicker to use.
"use strict";
document.documentElement.classList.add("scripted");

const one = (query, below = document) => below.querySelector(query);
const every = (query, below = document) => [...below.querySelectorAll(query)];
const part = async (address) => {
  const answer = await fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
};

// ---- handing files in: drop them anywhere on the zone, or a whole folder
const drop = one("#drop");
if (drop) {
  const zone = one("#zone"), input = one("#files"), list = one("#chosen");
  const show = () => {
    list.replaceChildren(...[...input.files].slice(0, 12).map((file) => {
      const line = document.createElement("li");
      line.textContent = file.webkitRelativePath || file.name;
      return line;
    }));
    if (input.files.length > 12) list.append(Object.assign(document.createElement("li"), { textContent: `… +${input.files.length - 12}` }));
  };
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    const carried = new DataTransfer();
    const walk = async (entry) => {
      if (entry.isFile) carried.items.add(await new Promise((done, fail) => entry.file(done, fail)));
      else {
        const reader = entry.createReader();
        for (let some; (some = await new Promise((done, fail) => reader.readEntries(done, fail))).length;) for (const inner of some) await walk(inner);
      }
    };
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (entries.some((entry) => entry.isDirectory)) for (const entry of entries) await walk(entry);
    input.files = carried.files.length ? carried.files : event.dataTransfer.files;
    show();
    if (input.files.length) drop.requestSubmit();
  });
  one("#pick-folder").addEventListener("click", () => {
    input.webkitdirectory = true;
    input.click();
    input.addEventListener("cancel", () => { input.webkitdirectory = false; }, { once: true });
  });
}

// ---- waiting: ask how far it is, and show the result when it is there
const waiting = one("#waiting");
if (waiting) {
  const link = waiting.dataset.link;
  const ask = async () => {
    try {
      const told = await (await fetch(`/check/${link}/state`)).json();
      one("#progress").value = told.share;
      one("#work").textContent = told.words;
      if (["done", "failed", "cancelled"].includes(told.state)) { location.replace(`/check/${link}`); return; }
    } catch { /* the page asks again by itself */ }
    setTimeout(ask, 250);
  };
  setTimeout(ask, 150);
}

// ---- the result: the list and the table speak of the same things
const result = one("#result");
if (result) {
  const link = result.dataset.link, query = result.dataset.query;
  const grid = one("#grid"), rows = one("#rows");
  every("#filters select").forEach((choice) => choice.addEventListener("change", () => choice.form.requestSubmit()));

  const choose = (n) => {
    every(".finding.chosen").forEach((old) => old.classList.remove("chosen"));
    const found = one(`#f${n}`);
    if (!found) return false;
    found.classList.add("chosen");
    found.scrollIntoView({ block: "nearest" });
    return true;
  };

  // Only the rows on the screen are there: what is above and below is two blank rows of the right height.
  const state = grid && { sheet: grid.dataset.sheet, whole: grid.dataset.whole, count: +grid.dataset.count, size: +grid.dataset.size, from: +grid.dataset.from, busy: false };
  const height = () => Math.max(20, (one("tr[data-at]", rows) || { offsetHeight: 34 }).offsetHeight);
  const pads = () => {
    every("tr.pad", rows).forEach((old) => old.remove());
    const shown = every("tr[data-at]", rows).length, wide = one("thead tr", grid).children.length;
    const pad = (count) => {
      const line = document.createElement("tr"), cell = document.createElement("td");
      line.className = "pad";
      cell.colSpan = wide;
      cell.style.height = `${count * state.height}px`;
      line.append(cell);
      return line;
    };
    if (state.from > 0) rows.prepend(pad(state.from));
    if (state.from + shown < state.count) rows.append(pad(state.count - state.from - shown));
  };
  const window_ = async (from, at = 0) => {
    if (state.busy) return;
    state.busy = true;
    try {
      const asked = new URLSearchParams(query);
      asked.set("table", state.sheet);
      if (state.whole === "1") asked.set("whole", "1");
      if (at) asked.set("at", at); else asked.set("from", Math.max(0, from));
      rows.innerHTML = await part(`/check/${link}/table?${asked}`);
      if (at) {
        // The server shows five rows before the one that was asked for.
        const place = every("tr[data-at]", rows).findIndex((line) => +line.dataset.at === at);
        state.from = Math.max(0, (await position(at)) - Math.max(place, 0));
      } else state.from = Math.max(0, from);
      pads();
    } finally { state.busy = false; }
  };
  const position = async (at) => {
    const asked = new URLSearchParams(query);
    asked.set("table", state.sheet); asked.set("at", at); asked.set("whole", state.whole);
    return +(await part(`/check/${link}/position?${asked}`));
  };
  if (grid && state.count > state.size) {
    state.height = height();
    pads();
    if (state.from) grid.scrollTop = state.from * state.height;
    let timer = 0;
    grid.addEventListener("scroll", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const first = Math.floor(grid.scrollTop / state.height), shown = every("tr[data-at]", rows).length;
        const last = first + Math.ceil(grid.clientHeight / state.height);
        if (first < state.from || last > state.from + shown) window_(Math.max(0, Math.min(first - 15, state.count - state.size)));
      }, 60);
    });
  } else if (grid) state.height = height();

  document.addEventListener("click", async (event) => {
    const spot = event.target.closest("a.spot[data-at]");
    if (spot && grid && spot.dataset.sheet === state.sheet) {
      event.preventDefault();
      choose(spot.closest(".finding").id.slice(1));
      let line = one(`tr[data-at="${spot.dataset.at}"]`, rows);
      if (!line && state.count > state.size) { await window_(0, +spot.dataset.at); line = one(`tr[data-at="${spot.dataset.at}"]`, rows); }
      every("tr.here", rows).forEach((old) => old.classList.remove("here"));
      if (line) { line.classList.add("here"); line.scrollIntoView({ block: "center" }); }
      return;
    }
    const mark = event.target.closest("a[data-finding]");
    if (mark && choose(mark.dataset.finding)) { event.preventDefault(); return; }
    const more = event.target.closest("a[data-more]");
    if (more) {
      event.preventDefault();
      const asked = new URLSearchParams(query);
      asked.set("rule", more.dataset.more); asked.set("from", more.dataset.from);
      const list = one(".findings", more.closest(".group"));
      list.insertAdjacentHTML("beforeend", await part(`/check/${link}/more?${asked}`));
      const shown = list.children.length, count = +more.dataset.count;
      more.dataset.from = shown;
      if (shown >= count) more.closest(".more").remove();
      else more.textContent = more.textContent.replace(/\d[\d,]*/, (count - shown).toLocaleString());
    }
  });
}
document.addEventListener("click", (event) => every("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
document.addEventListener("keydown", (event) => { if (event.key === "Escape") every("details.menu[open]").forEach((menu) => { menu.open = false; one("summary", menu).focus(); }); });

// ---- filling in: judged by the server a moment after somebody stops typing; the draft stays in this browser
const fill = one("#fill");
if (fill) {
  const key = `guiju-draft-${fill.dataset.kind}`, out = one("#judged"), fields = every("[name^='f:']", fill);
  const held = () => Object.fromEntries(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
  let draft = {};
  try { draft = JSON.parse(localStorage.getItem(key) || "{}"); } catch { /* a damaged draft is none */ }
  if (!fields.some((field) => field.value)) for (const field of fields) if (draft[field.name]) field.value = draft[field.name];
  let timer = 0, turn = 0;
  const judge = async () => {
    const mine = ++turn, asked = new FormData(fill);
    asked.set("deed", "live");
    const answer = await fetch(fill.action, { method: "POST", body: new URLSearchParams(asked), credentials: "same-origin" });
    const text = await answer.text();
    if (mine !== turn || !answer.ok) return;
    out.innerHTML = text;
    const amiss = new Set(every(".finding", out).flatMap((found) => (found.dataset.fields || "").split(" ")));
    for (const place of every(".field[data-path]", fill)) place.classList.toggle("amiss", amiss.has(place.dataset.path));
  };
  const changed = () => {
    localStorage.setItem(key, JSON.stringify(held()));
    clearTimeout(timer);
    timer = setTimeout(judge, 500);
  };
  fill.addEventListener("input", changed);
  one("#drop-draft").addEventListener("click", () => { localStorage.removeItem(key); for (const field of fields) field.value = ""; out.replaceChildren(); });
  if (Object.keys(held()).length) judge();
}
