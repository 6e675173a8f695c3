// 规矩 · the search of the rule book as files: everything is in search.js, nothing is fetched.
"use strict";
document.documentElement.classList.add("scripted");
const form = document.querySelector("form.search");
if (form) {
  const input = form.querySelector("input"), out = document.querySelector("#hits"), up = document.body.dataset.up || "";
  // As the server folds what people write: width and case do not count, nor do marks and blanks.
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const folded = SHELF.map((row) => row[3].split("\n").map(fold).join("\n"));
  const search = () => {
    const words = input.value.split(/\s+/).map(fold).filter(Boolean);
    out.replaceChildren();
    if (!words.length) return;
    const hits = SHELF.map((row, at) => [row, folded[at]]).filter(([, text]) => words.every((word) => text.includes(word)));
    hits.sort((one, other) => one[1].length - other[1].length);
    const list = document.createElement("ul");
    list.className = "plainlist hits card";
    for (const [row] of hits.slice(0, 60)) {
      const line = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span");
      link.href = up + row[2];
      link.textContent = row[0];
      kind.className = "chip";
      kind.textContent = row[1];
      line.append(link, " ", kind);
      list.append(line);
    }
    const count = document.createElement("p");
    count.setAttribute("role", "status");
    count.textContent = String(hits.length);
    out.append(count, list);
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  input.addEventListener("input", search);
}
