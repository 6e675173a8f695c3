"use strict";
(async () => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const zh = () => root.lang !== "en";
  const said = (pair) => (Array.isArray(pair) ? pair[zh() ? 0 : 1] : pair) || "";
  const [KEY, RULE, VERDICT, DEPARTMENT, DISTRICT, SUBJECT, PLACE, MESSAGE, SEEN, REQUIRED, FLIPS, MADE, MEMBERS, MISSING, WAIVER, TODO, ALIKE] = Array(17).keys();
  // So many rules stand on a page, and of each rule so many findings until somebody unfolds it.
  const PAGE = 25, SHOWN = 10, PRINTED = 2000;

  const unpacked = async (element) => {
    if (element.type === "application/json") return JSON.parse(element.textContent);
    const bytes = Uint8Array.from(atob(element.textContent), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  };
  byId("count").textContent = zh() ? "正在读入……" : "reading …";
  const data = await unpacked(byId("data"));
  const number = new Intl.NumberFormat("en-US");
  const filters = ["verdict", "severity", "rule", "department"].map((id) => [id, byId("filter-" + id)]).filter(([, element]) => element);
  let kept = data.findings, page = 0, extra = {}, texts = null, open = new Set();

  const make = (tag, words, name) => {
    const element = document.createElement(tag);
    if (words !== undefined) element.textContent = words;
    if (name) element.className = name;
    return element;
  };

  const row = (list, name, words) => {
    if (!words || !words.length) return;
    list.append(make("dt", said(data.words[name])), make("dd", words));
  };

  const article = (one, others) => {
    const rule = data.rules[one[RULE]];
    const element = make("article", undefined, one[VERDICT] + " " + rule.severity);
    element.id = "f-" + one[KEY];
    const what = make("div", undefined, "what");
    what.append(make("span", others ? data.alike[one[ALIKE] - 1] + " × " + number.format(others.length) : one[PLACE]));
    if (!others && !data.alone) what.append(make("span", one[SUBJECT]));
    // A waiver answers whether somebody must act; the verdict under it stays.
    if (one[WAIVER]) what.append(make("span", said(data.verdicts.waived) + " " + one[WAIVER]));
    if (data.departments[one[DEPARTMENT]] && !others && !data.alone) what.append(make("span", data.departments[one[DEPARTMENT]]));
    const link = make("a", zh() ? "链接" : "link");
    link.href = "#" + element.id;
    what.append(link);
    element.append(make("h4", said(others && one[VERDICT] !== "error" ? one[SEEN] : one[MESSAGE]) || said(one[MESSAGE])), what);
    const todo = said(data.shared[one[TODO]]);
    if (todo && todo !== said(rule.fix)) element.append(make("p", todo, "todo"));
    const list = make("dl");
    row(list, "message", said(data.shared[one[MADE]]));
    if (!others) row(list, "seen", said(one[SEEN]));
    row(list, "required", said(data.shared[one[REQUIRED]]));
    if (said(data.shared[one[FLIPS]]) !== todo) row(list, "flips", said(data.shared[one[FLIPS]]));
    row(list, "missing", one[VERDICT] === "undetermined" ? one[MISSING].join(", ") : "");
    row(list, "waiver", data.waivers[one[WAIVER]]);
    row(list, "members", one[MEMBERS].join("、"));
    const details = make("details");
    details.append(make("summary", said(data.words.details)), list);
    if (others) {
      const names = make("ul");
      names.append(...others.slice(0, 200).map((other) => {
        const line = make("li", other[PLACE] + "  " + other[SUBJECT]);
        line.id = "f-" + other[KEY];
        return line;
      }));
      names.firstChild.removeAttribute("id");
      if (others.length > 200) names.append(make("li", "… " + number.format(others.length - 200)));
      details.append(names);
    }
    element.append(details);
    return element;
  };

  // Findings come sorted: those of one verdict and rule stand together; those that read as one are one entry.
  const grouped = (list) => {
    const groups = [];
    for (const one of list) {
      let last = groups[groups.length - 1];
      const name = one[VERDICT] + " " + one[RULE];
      if (!last || last.name !== name) groups.push(last = { name, first: one, count: 0, entries: [], at: new Map() });
      last.count += 1;
      const before = one[ALIKE] ? last.at.get(one[ALIKE]) : undefined;
      if (before) before.push(one);
      else {
        const entry = [one];
        last.entries.push(entry);
        if (one[ALIKE]) last.at.set(one[ALIKE], entry);
      }
    }
    return groups;
  };

  const section = (group, most) => {
    const rule = data.rules[group.first[RULE]];
    const element = make("section", undefined, "group " + group.first[VERDICT] + " " + rule.severity);
    const head = make("h3", said(rule.name));
    if (group.count > 1) head.append(make("span", " × " + number.format(group.count), "times"));
    const grave = make("p", undefined, "grave");
    grave.append(make("b", said(data.verdicts[group.first[VERDICT]]) + " · " + said(data.severities[rule.severity])),
      make("span", rule.cites.map(said).join("; ") || said(data.words.no_citation)));
    element.append(head, grave);
    if (said(rule.fix)) element.append(make("p", said(data.words.fix) + (zh() ? "：" : ": ") + said(rule.fix), "fix"));
    const shown = open.has(group.name) ? group.entries : group.entries.slice(0, most);
    element.append(...shown.map((entry) => article(entry[0], entry.length > 1 ? entry : null)));
    const rest = group.entries.length - shown.length;
    if (rest > 0) {
      const more = make("button", zh() ? `展开另外 ${number.format(rest)} 处` : `show ${number.format(rest)} more`, "more");
      more.type = "button";
      more.addEventListener("click", () => { open.add(group.name); draw(); });
      element.append(more);
    }
    return element;
  };

  const draw = () => {
    const groups = grouped(kept);
    const pages = Math.max(1, Math.ceil(groups.length / PAGE));
    page = Math.min(page, pages - 1);
    byId("list").replaceChildren(...groups.slice(page * PAGE, (page + 1) * PAGE).map((group) => section(group, SHOWN)));
    const [shown, all] = [number.format(kept.length), number.format(data.findings.length)];
    byId("count").textContent = zh() ? `共 ${all} 条，符合条件 ${shown} 条，归为 ${number.format(groups.length)} 组` : `${shown} of ${all} findings, ${number.format(groups.length)} groups`;
    byId("page").textContent = `${page + 1} / ${pages}`;
    byId("pages").hidden = pages === 1;
    byId("previous").disabled = page === 0;
    byId("next").disabled = page === pages - 1;
  };

  const searchable = () => {
    texts ??= data.findings.map((one) => [one[SUBJECT], one[PLACE], said(one[MESSAGE]), said(one[SEEN]), data.rules[one[RULE]].id, said(data.rules[one[RULE]].name)].join("\n").toLowerCase());
    return texts;
  };

  const sift = () => {
    const words = byId("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const wish = Object.fromEntries(filters.map(([id, element]) => [id, element.value]));
    const found = words.length ? searchable() : null;
    kept = data.findings.filter((one, at) => {
      const rule = data.rules[one[RULE]];
      return (!wish.verdict || one[VERDICT] === wish.verdict) && (!wish.severity || rule.severity === wish.severity) &&
        (!wish.rule || rule.id === wish.rule) && (!wish.department || data.departments[one[DEPARTMENT]] === wish.department) &&
        (!extra.district || one[DISTRICT] === extra.district) && (!extra.rules || extra.rules.has(rule.id)) &&
        (!found || words.every((word) => found[at].includes(word)));
    });
    page = 0;
    open = new Set();
    draw();
  };

  const clear = () => {
    byId("search").value = "";
    for (const [, element] of filters) element.value = "";
    extra = {};
  };

  const follow = () => {
    if (!location.hash.startsWith("#f-")) return;
    const key = location.hash.slice(3);
    let at = kept.findIndex((one) => one[KEY] === key);
    if (at < 0) {
      at = data.findings.findIndex((one) => one[KEY] === key);
      if (at < 0) return;
      clear();
      kept = data.findings;
    }
    const one = kept[at], name = one[VERDICT] + " " + one[RULE];
    open.add(name);
    page = Math.floor(grouped(kept).findIndex((group) => group.name === name) / PAGE);
    draw();
    const element = byId("f-" + key);
    if (!element) return;
    if (element.tagName === "LI") element.closest("details").open = true;
    element.classList.add("chosen");
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
  };

  const speak = (tongue) => {
    root.lang = tongue;
    texts = null;
    for (const option of document.querySelectorAll("option")) option.textContent = zh() ? option.dataset.zh : option.dataset.en;
    draw();
  };

  const narrow = (button) => {
    const { rule, clause, instrument, department, district, severity } = button.dataset;
    clear();
    const choose = (id, value) => { const found = filters.find(([name]) => name === id); if (found) found[1].value = value; };
    if (rule !== undefined) choose("rule", rule);
    if (severity !== undefined) choose("severity", severity);
    if (department !== undefined) choose("department", department);
    if (district !== undefined) extra.district = district;
    const prefix = clause !== undefined ? clause.replace(" ", ".") + "." : instrument !== undefined ? instrument + "." : null;
    if (prefix !== null) extra.rules = new Set(data.rules.map((one) => one.id).filter((id) => id.startsWith(prefix)));
    sift();
    byId("findings").scrollIntoView();
  };

  const tabs = () => {
    const panels = [...document.querySelectorAll(".panel")];
    if (panels.length < 2) return;
    const bar = byId("tabs");
    const show = (at, focus) => panels.forEach((panel, other) => {
      panel.hidden = other !== at;
      const tab = bar.children[other];
      tab.setAttribute("aria-selected", String(other === at));
      tab.tabIndex = other === at ? 0 : -1;
      if (focus && other === at) tab.focus();
    });
    panels.forEach((panel, at) => {
      panel.classList.add("tabbed");
      panel.setAttribute("role", "tabpanel");
      const tab = make("button");
      tab.type = "button";
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      tab.append(...[...panel.querySelector("h3").childNodes].map((node) => node.cloneNode(true)));
      tab.addEventListener("click", () => show(at, false));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) show((at + step + panels.length) % panels.length, true);
      });
      bar.append(tab);
    });
    bar.hidden = false;
    show(0, false);
  };

  byId("switch").addEventListener("click", () => speak(zh() ? "en" : "zh-CN"));
  byId("previous").addEventListener("click", () => { page -= 1; draw(); byId("findings").scrollIntoView(); });
  byId("next").addEventListener("click", () => { page += 1; draw(); byId("findings").scrollIntoView(); });
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", (event) => { event.preventDefault(); clear(); sift(); });
  let waiting = 0;
  byId("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(sift, 150); });
  for (const [, element] of filters) element.addEventListener("change", sift);
  document.addEventListener("click", (event) => { const button = event.target.closest("button.link"); if (button) narrow(button); });
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => {
    let left = PRINTED;
    const printed = [];
    for (const group of grouped(kept)) {
      if (left <= 0) break;
      printed.push(section(group, left));
      left -= Math.min(left, group.entries.length);
    }
    byId("list").replaceChildren(...printed);
    const rest = grouped(kept).reduce((sum, group) => sum + group.entries.length, 0) - PRINTED;
    if (rest > 0) byId("list").append(make("p", zh() ? `另有 ${number.format(rest)} 条未印出` : `${number.format(rest)} more are not printed`));
    for (const one of document.querySelectorAll("main > section > details")) one.open = true;
  });
  addEventListener("afterprint", draw);
  byId("filters").hidden = data.findings.length === 0;
  tabs();
  speak(root.lang);
  follow();
})();
