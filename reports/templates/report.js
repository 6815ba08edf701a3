"use strict";
(function () {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const one = (selector, root = document) => root.querySelector(selector);
  const byId = (id) => document.getElementById(id);
  const KEYS = ["fingerprint", "rule", "article", "verdict", "reason", "text", "by", "date", "expires", "passages"];
  const PARTS = ["side", "words", "sha256"];
  document.documentElement.classList.add("js");

  // A finding: its card, what the report knows of it, and what somebody decided about it. `kept` is the decision of
  // the report itself, `decision` the one that holds here, which may be newer or taken back (null).
  const cards = all(".finding");
  const known = new Map(JSON.parse(byId("data").textContent).findings.map((f) => [f.fingerprint, f]));
  const findings = cards.map((card, order) => {
    const f = known.get(card.id.slice(2));
    const kept = f.decision ? normal(f.decision) : null;
    return Object.assign(f, {
      card, order, kept, decision: kept, first: card.dataset.state, state: card.dataset.state,
      said: Array.from(one(".decision", card).childNodes),
      severity: ["error", "warning", "note"].find((s) => card.classList.contains(s)),
      number: one(".number", card).textContent,
    });
  });
  function normal(d) { // the keys of a decision in the order of the file
    return Object.assign(pick(d, KEYS), { expires: d.expires || null, passages: d.passages.map((p) => pick(p, PARTS)) });
  }
  function pick(value, keys) { return Object.fromEntries(keys.map((key) => [key, value[key]])); }
  const findingOf = (element) => {
    const card = element && element.closest && element.closest(".finding");
    return card ? findings[cards.indexOf(card)] : undefined;
  };
  const lists = { main: byId("main"), notes: byId("notes"), settled: byId("settled") };
  const plural = (n, noun) => n + " " + noun + (n === 1 ? "" : "s");
  const make = (tag, words, parent) => {
    const element = document.createElement(tag);
    element.textContent = words;
    return parent ? parent.appendChild(element) : element;
  };

  // --- What a browser remembers; a page from disk may have no storage at all. A server keeps decisions itself. --------
  const STORE = "copydesk-decisions/1";
  const SENT = "copydesk-exported";
  const BACK = "copydesk-taken-back";
  const meta = (name) => { const tag = one("meta[name=" + name + "]"); return tag ? tag.content : ""; };
  const SAVE = meta("copydesk-save"); // where a local server takes decisions; "" for a page from disk
  const remember = (key, value) => { if (!SAVE) try { localStorage.setItem(key, value); } catch (e) { /* then not */ } };
  const recall = (key) => { if (!SAVE) try { return localStorage.getItem(key); } catch (e) { /* as if nothing were there */ } return null; };

  // --- Filters, kept in the address behind the anchor: #findings?severity=error&rule=quote-altered ----------------------
  const form = byId("filters");
  const FACETS = {
    severity: (f) => [f.severity], rule: (f) => [f.rule], who: (f) => f.who, state: (f) => [f.state],
    article: (f) => [f.key],
  };
  const WORDS = { baseline: "In the baseline" };
  let filters = new URLSearchParams();
  const passes = (f, facet) => {
    const wanted = filters.getAll(facet);
    return !wanted.length || FACETS[facet](f).some((value) => wanted.includes(value));
  };
  const matches = (f, but) => Object.keys(FACETS).every((facet) => facet === but || passes(f, facet)) && hasWords(f);
  function hasWords(f) {
    const words = (filters.get("words") || "").toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return true;
    f.text = f.text || f.card.textContent.toLowerCase();
    return words.every((word) => f.text.includes(word));
  }
  const anchor = () => location.hash.slice(1).split("?")[0];
  const address = (id) => "#" + id + (String(filters) ? "?" + filters : "");

  function fill(select, facet) {
    const counts = new Map();
    findings.forEach((f) => FACETS[facet](f).forEach((value) => counts.has(value) || counts.set(value, 0)));
    findings.filter((f) => matches(f, facet)).forEach((f) => {
      FACETS[facet](f).forEach((value) => counts.set(value, counts.get(value) + 1));
    });
    const chosen = filters.get(facet) || "";
    if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
    while (select.options.length > 1) select.remove(1);
    Array.from(counts.keys()).filter(Boolean).sort().forEach((value) => {
      const name = facet === "state" ? WORDS[value] || value[0].toUpperCase() + value.slice(1)
        : facet === "article" ? titleOf(value) : value;
      make("option", name + " (" + counts.get(value) + ")", select).value = value;
    });
    select.value = chosen;
    select.parentElement.hidden = counts.size < 2 && !chosen;
  }
  const titleOf = (key) => {
    const title = one("h3", byId("text-" + key) || document);
    return title ? title.textContent.trim() : key;
  };

  function show() {
    const active = String(filters) !== "";
    let count = 0;
    findings.forEach((f) => {
      f.card.hidden = active && !matches(f);
      if (!f.card.hidden) count += 1;
    });
    form.severity.forEach((box) => {
      box.checked = filters.getAll("severity").includes(box.value);
      const number = findings.filter((f) => f.severity === box.value && matches(f, "severity")).length;
      one(".many", box.parentElement).textContent = number;
    });
    all("select", form).forEach((select) => fill(select, select.name));
    if (form.words !== document.activeElement) form.words.value = filters.get("words") || "";
    byId("shown").textContent = active ? count + " of " + plural(findings.length, "finding") : plural(count, "finding");
    byId("reset").hidden = !active || !count;
    byId("nothing").hidden = count > 0;
    ["notes", "settled"].forEach((name) => showFold(lists[name], active));
    one(".empty", lists.main).hidden = active || Boolean(one(".finding", lists.main));
  }

  // A fold opens for what a filter finds in it, and closes again when the filter is taken off.
  function showFold(fold, active) {
    const inside = all(".finding", fold);
    const left = inside.filter((card) => !card.hidden).length;
    const count = one(".count", fold);
    count.textContent = (left < inside.length ? left + " of " : "") + plural(inside.length, count.dataset.noun);
    fold.hidden = !left;
    if (active && left && !fold.open) fold.open = fold.filtered = true;
    if (!active && fold.filtered) fold.open = fold.filtered = false;
  }

  function filter(next) {
    filters = next;
    show();
    history.replaceState(null, "", address(String(next) ? "findings" : anchor() || "findings"));
  }
  function readForm() {
    const next = new URLSearchParams();
    new FormData(form).forEach((value, name) => { if (String(value).trim()) next.append(name, String(value).trim()); });
    filter(next);
  }
  function reset() {
    filter(new URLSearchParams());
    one("h2", byId("findings")).scrollIntoView();
    form.words.focus({ preventScroll: true });
  }

  // --- Going about -----------------------------------------------------------------------------------------------------
  let at = null; // the finding that the reader was at last
  const isShown = (f) => !f.card.hidden && !f.card.closest("details:not([open])");
  const visible = () => findings.filter(isShown)
    .sort((a, b) => a.card.compareDocumentPosition(b.card) & 4 ? -1 : 1);

  function current(list) {
    const focused = findingOf(document.activeElement);
    if (focused) return list.indexOf(focused);
    let found = -1;
    list.forEach((f, index) => {
      if (f.card.getBoundingClientRect().top < window.innerHeight / 3) found = index;
    });
    return found;
  }

  function visit(f) {
    at = f;
    for (let fold = f.card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    all(".here").forEach((old) => old.classList.remove("here"));
    f.card.classList.add("here");
    f.card.focus({ preventScroll: true });
    f.card.scrollIntoView();
    history.replaceState(null, "", address(f.card.id));
  }

  function step(by) {
    const list = visible();
    const target = list[Math.min(Math.max(current(list) + by, 0), list.length - 1)];
    if (target) visit(target);
  }

  const go = (href) => { if (location.hash === href) byId(href.slice(1)).scrollIntoView(); else location.hash = href; };

  // The page has gone to an address: filters are taken from it, or written into it, and folds on the way open.
  function arrive() {
    const query = location.hash.split("?")[1];
    const target = byId(anchor());
    if (query !== undefined) {
      const asked = Array.from(new URLSearchParams(query));
      filters = new URLSearchParams(asked.filter(([name, value]) => value && (Object.hasOwn(FACETS, name) || name === "words")));
    }
    let f = findingOf(target);
    if (query !== undefined || (f && f.card.hidden)) {
      if (f && !matches(f)) filters = new URLSearchParams();
      show();
    }
    if (f && f.card === target) visit(f);
    else if (target) {
      for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      if (query !== undefined) target.scrollIntoView();
      if (String(filters) && query === undefined) history.replaceState(null, "", address(target.id));
    }
  }

  // --- Marks of a text and the text beside it ---------------------------------------------------------------------------
  function beside(mark, target) {
    all(".lit").forEach((old) => old.classList.remove("lit"));
    [mark, target].forEach((element) => element.classList.add("lit"));
    const pane = target.closest(".pane");
    if (!pane || pane.scrollHeight <= pane.clientHeight + 1 || pane === mark.closest(".pane")) {
      target.scrollIntoView({ block: "center" });
      return;
    }
    pane.scrollTop += target.getBoundingClientRect().top - mark.getBoundingClientRect().top;
    const top = target.getBoundingClientRect().top;
    if (top < 48 || top > window.innerHeight - 60) target.scrollIntoView({ block: "center" });
  }

  function follow(mark) {
    const target = byId(mark.dataset.go.slice(1));
    if (!target) return;
    if (target.closest(".pane")) beside(mark, target);
    else go(mark.dataset.go);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.permalink");
    if (link && navigator.clipboard) {
      navigator.clipboard.writeText(link.href).then(() => {
        link.textContent = "Copied";
        setTimeout(() => { link.textContent = "Link"; }, 1500);
      }, () => {});
      return;
    }
    const chip = event.target.closest("a.chip");
    const mark = event.target.closest("[data-go]");
    if (mark && (chip ? chip.hash === mark.dataset.go : !event.target.closest("a") && !String(getSelection()))) {
      if (chip) event.preventDefault();
      follow(mark);
    }
    const row = event.target.closest("a[data-article]");
    if (row) {
      event.preventDefault();
      filter(new URLSearchParams({ article: row.dataset.article }));
      byId("findings").scrollIntoView();
    }
  });
  document.addEventListener("focusin", (event) => {
    const mark = event.target.matches(".chip:focus-visible") && event.target.closest("[data-go]");
    if (mark && byId(mark.dataset.go.slice(1))?.closest(".pane") && mark.closest(".pane")) {
      beside(mark, byId(mark.dataset.go.slice(1)));
    }
  });

  // --- Decisions --------------------------------------------------------------------------------------------------------
  const others = new Map(); // decisions of an imported file about findings that this report does not have
  const spoken = (id) => {
    const option = all("option", byId("decide-form").content).find((o) => o.value === id);
    return option ? option.textContent[0].toLowerCase() + option.textContent.slice(1) : "";
  };
  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  let sent = null; // what was exported last
  const isSent = (f) => Boolean(sent) && (f.decision ? same(sent.get(f.fingerprint), f.decision) : !sent.has(f.kept.fingerprint));
  const isNew = (f) => !same(f.decision, f.kept);

  // What a decision makes of a finding. Only findings that were open, or dismissed by a decision, change their state.
  function stateOf(f) {
    if (f.decision === f.kept && f.kept) return f.first;
    const before = f.kept && !["suppressed", "baseline"].includes(f.first) ? "open" : f.first;
    if (!f.decision || before !== "open") return before;
    if (f.decision.expires && f.decision.expires < today()) return "reopened";
    return f.decision.verdict;
  }

  function paint(f) {
    f.state = stateOf(f);
    f.text = "";
    f.card.dataset.state = f.state;
    f.card.classList.toggle("confirmed", f.state === "confirmed");
    const status = one(".status", f.card);
    status.hidden = f.state === "open";
    status.textContent = f.state === "open" ? "" : f.state === "baseline" ? "in the baseline" : f.state;
    const slot = one(".decision", f.card);
    slot.replaceChildren(...(f.decision === f.kept ? f.said : []));
    if (f.decision && f.decision !== f.kept) {
      const d = f.decision;
      const line = make("p", "", slot);
      if (f.state === "reopened") line.append("Open again, the decision has expired: ");
      make("strong", d.verdict[0].toUpperCase() + d.verdict.slice(1), line);
      line.append(" by ");
      make("bdi", d.by, line);
      line.append(" on " + d.date + (d.reason ? " (" + spoken(d.reason) + ")" : "") + (d.expires ? ", until " + d.expires : ""));
      if (d.text) make("p", d.text, slot).dir = "auto";
      make("p", SAVE ? "Not saved yet." : "Not in the report yet.", slot).className = "pending";
    }
    f.button.textContent = f.decision ? "Change decision" : "Decide";
    f.back.hidden = !f.decision;
    place(f);
  }

  // A card stands in the list that its state asks for, in the order of the report.
  function place(f) {
    const settled = ["dismissed", "suppressed", "baseline"].includes(f.state);
    const list = settled ? lists.settled : f.severity === "note" ? lists.notes : lists.main;
    const next = all(".finding", list).find((card) => findings[cards.indexOf(card)].order > f.order);
    if (f.card.parentElement !== list) list.insertBefore(f.card, next || null);
  }

  function tally() {
    const open = findings.filter((f) => !["dismissed", "suppressed", "baseline"].includes(f.state));
    ["error", "warning", "note"].forEach((severity) => {
      const count = open.filter((f) => f.severity === severity).length;
      all("[data-tally=" + severity + "]").forEach((element) => { element.textContent = count; });
    });
    if (findings.some(isNew)) {
      byId("verdict").textContent = open.length ? plural(open.length, "question") + " to settle before publication."
        : "Every finding is decided. That is no verification of the article.";
    }
    const fresh = findings.filter((f) => isNew(f) && !isSent(f)).length;
    byId("undelivered").textContent = fresh ? plural(fresh, "decision") + (SAVE ? " not saved" : " not exported") : "";
    byId("undelivered").classList.toggle("some", fresh > 0);
  }

  function save() {
    const stored = read(recall(STORE)) || new Map();
    findings.forEach((f) => {
      if (isNew(f) && f.decision) stored.set(f.fingerprint, f.decision);
      else stored.delete(f.fingerprint);
    });
    remember(STORE, file([...stored.values()]));
    const gone = takenBack();
    findings.filter((f) => f.kept).forEach((f) => { if (f.decision) gone.delete(markOf(f.kept)); else gone.add(markOf(f.kept)); });
    remember(BACK, JSON.stringify([...gone]));
  }

  // Decisions of a report that were taken back here, by what they were about and their date.
  const markOf = (decision) => decision.fingerprint + " " + decision.date;
  function takenBack() {
    try { return new Set(JSON.parse(recall(BACK)) || []); } catch (e) { return new Set(); }
  }

  function decide(f, decision) {
    f.decision = decision;
    paint(f);
    save();
    show();
    tally();
    if (SAVE) send(f);
  }

  // To the server: what is saved is the report's own from then on.
  function send(f) {
    const sent = f.decision;
    fetch(SAVE, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": meta("copydesk-csrf") },
      body: JSON.stringify(sent || { fingerprint: f.fingerprint, verdict: "" }),
    }).then((answer) => answer.json()).then((answer) => {
      if (!answer.saved) throw new Error(answer.error);
      if (f.decision !== sent) return;
      f.first = stateOf(f);
      one(".pending", f.card)?.remove();
      f.said = Array.from(one(".decision", f.card).childNodes);
      f.kept = sent;
      paint(f);
      tally();
    }).catch((error) => say("Finding " + f.number + " is not saved: " + error.message));
  }

  function openForm(f) {
    if (one("form.decide", f.card)) return one("form.decide input", f.card).focus();
    for (let fold = f.card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const copy = byId("decide-form").content.firstElementChild.cloneNode(true);
    const old = f.decision || {};
    copy.verdict.value = old.verdict || "";
    copy.reason.value = old.reason || "";
    copy.text.value = old.text || "";
    copy.by.value = old.by || recall("copydesk-name") || "";
    copy.date.value = today();
    copy.expires.value = "";
    copy.addEventListener("change", () => fit(copy));
    copy.addEventListener("submit", (event) => { event.preventDefault(); submit(f, copy); });
    one(".cancel", copy).addEventListener("click", () => closeForm(f));
    fit(copy);
    f.button.after(copy);
    f.button.setAttribute("aria-expanded", "true");
    one("input", copy).focus();
    copy.scrollIntoView({ block: "nearest" });
    return undefined;
  }
  function fit(copy) {
    const confirmed = copy.verdict.value === "confirmed";
    copy.reason.disabled = one(".reason", copy).hidden = confirmed;
    copy.text.required = !confirmed;
  }
  function closeForm(f) {
    const open = one("form.decide", f.card);
    if (!open) return false;
    open.remove();
    f.button.setAttribute("aria-expanded", "false");
    f.button.focus({ preventScroll: true });
    return true;
  }
  function submit(f, copy) {
    const list = visible();
    const next = list[list.indexOf(f) + 1] || list[list.indexOf(f) - 1];
    const old = f.decision;
    const confirmed = copy.verdict.value === "confirmed";
    remember("copydesk-name", copy.by.value.trim());
    const decision = normal({
      fingerprint: f.fingerprint, rule: f.rule, article: f.article, verdict: copy.verdict.value,
      reason: confirmed ? "" : copy.reason.value, text: copy.text.value.trim(), by: copy.by.value.trim(),
      date: copy.date.value, expires: copy.expires.value, passages: f.passages,
    });
    if (!decision.by) {
      copy.by.value = "";
      copy.reportValidity();
      return;
    }
    closeForm(f);
    decide(f, decision);
    say("Finding " + f.number + " " + f.state + ".", () => { decide(f, old); visit(f); });
    if (isShown(f)) visit(f);
    else if (next) visit(next);
  }

  // --- The file of decisions -----------------------------------------------------------------------------------------------
  const points = (text) => Array.from(text, (c) => c.codePointAt(0));
  function compare(a, b) { // by code points, as every other program that writes this file sorts
    const left = points(a), right = points(b);
    for (let i = 0; i < Math.min(left.length, right.length); i += 1) if (left[i] !== right[i]) return left[i] - right[i];
    return left.length - right.length;
  }
  function file(decisions) {
    const sorted = decisions.slice().sort((a, b) => compare(a.article, b.article) || compare(a.rule, b.rule)
      || compare(a.fingerprint, b.fingerprint));
    return JSON.stringify({ schema: STORE, decisions: sorted }, null, 2) + "\n";
  }

  // The decisions of a file by fingerprint; null for whatever is no such file.
  function read(text) {
    const day = (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
    const good = (d) => d && typeof d === "object" && KEYS.slice(0, 7).every((key) => typeof d[key] === "string")
      && d.fingerprint && d.by.trim() && day(d.date) && (d.expires === null || d.expires === undefined || day(d.expires))
      && (d.verdict === "confirmed" ? !d.reason : d.verdict === "dismissed" && spoken(d.reason))
      && Array.isArray(d.passages) && d.passages.every((p) => p && PARTS.every((key) => typeof p[key] === "string"));
    try {
      const { schema, decisions } = JSON.parse(text);
      if (schema !== STORE || !Array.isArray(decisions) || !decisions.every(good)) return null;
      return new Map(decisions.map((d) => [d.fingerprint, normal(d)]));
    } catch (e) {
      return null;
    }
  }

  function take(decisions) { // newer ones replace what is here; of one day, what comes in does
    findings.forEach((f) => {
      const d = decisions.get(f.fingerprint);
      if (d && (!f.decision || d.date >= f.decision.date)) f.decision = same(d, f.kept) ? f.kept : d;
    });
    findings.filter(isNew).forEach(paint);
    show();
    tally();
    if (SAVE) findings.filter(isNew).forEach(send);
  }

  function exportFile() {
    const decisions = findings.map((f) => f.decision).filter(Boolean);
    const taken = new Map([...others.values(), ...decisions].map((d) => [d.fingerprint, d]));
    const text = file([...taken.values()]);
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = make("a", "", document.body);
    link.href = url;
    link.download = "decisions.json";
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    sent = read(text);
    remember(SENT, text);
    tally();
    say(plural(taken.size, "decision") + " written to decisions.json.");
  }

  function importFile(event) {
    const input = event.target;
    input.files[0]?.text().then((text) => {
      const decisions = read(text);
      if (!decisions) return say("That is no file of decisions; nothing was imported.");
      const here = findings.filter((f) => decisions.has(f.fingerprint)).length;
      decisions.forEach((d, fingerprint) => known.has(fingerprint) || others.set(fingerprint, d));
      take(decisions);
      save();
      return say(plural(here, "decision") + " imported" + (others.size
        ? "; " + others.size + " about other findings will be exported with them." : "."));
    });
    input.value = "";
  }

  let undo = null;
  function say(words, takeBack) {
    one("p", byId("toast")).textContent = words;
    undo = takeBack || null;
    byId("undo").hidden = !undo;
    byId("toast").hidden = false;
  }

  // --- Keys -----------------------------------------------------------------------------------------------------------------
  const keysOn = byId("keys-on");
  keysOn.checked = recall("copydesk-keys") !== "off";
  keysOn.addEventListener("change", () => remember("copydesk-keys", keysOn.checked ? "on" : "off"));
  const ACTIONS = {
    j: () => step(1),
    k: () => step(-1),
    d: () => { const list = visible(); const f = list[Math.max(current(list), 0)]; if (f) { visit(f); openForm(f); } },
    "/": () => form && form.words.focus(),
    "?": () => byId("help").showModal(),
    Enter: (event) => {
      const f = findingOf(event.target);
      if (!f || event.target !== f.card) return false;
      at = f;
      const spot = one("a.spot", f.card);
      if (spot) go(spot.hash);
      return true;
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    if (event.key === "Escape") { escape(event); return; }
    if (!keysOn.checked && event.key !== "Enter") return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select") || !Object.hasOwn(ACTIONS, event.key)) return;
    if (ACTIONS[event.key](event) !== false) event.preventDefault();
  });
  function escape(event) {
    const f = findingOf(event.target);
    if (f && closeForm(f)) return;
    if (!byId("toast").hidden) { byId("toast").hidden = true; return; }
    if (form && event.target === form.words) { form.words.value = ""; readForm(); }
    else if (at && !f && !event.target.closest("input, select, textarea")) visit(at);
  }

  // --- Tables, paper, and the beginning ----------------------------------------------------------------------------------------
  all("table.sortable").forEach((table) => all("th:not(.go)", table.tHead).forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending" && (head.classList.contains("n") || head.hasAttribute("aria-sort"));
      all("th", table.tHead).forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => { const cell = row.cells[head.cellIndex]; return cell.dataset.sort || cell.textContent.trim(); };
      const rows = Array.from(table.tBodies[0].rows).sort((a, b) => value(a).localeCompare(value(b), "en", { numeric: true }));
      table.tBodies[0].append(...(down ? rows.reverse() : rows));
    });
  }));
  // Paper has every finding, whatever is filtered on the screen.
  let whileAway = null;
  window.addEventListener("beforeprint", () => {
    if (form) {
      whileAway = filters;
      filters = new URLSearchParams();
      show();
    }
    all("details.fold:not(.extra)").forEach((fold) => { fold.open = true; });
  });
  window.addEventListener("afterprint", () => {
    if (whileAway) filters = whileAway;
    if (form) show();
  });

  byId("ask").addEventListener("click", () => byId("help").showModal());
  all("#toast button").forEach((button) => button.addEventListener("click", () => {
    byId("toast").hidden = true;
    if (button.id === "undo" && undo) undo();
  }));
  if (!form) return;

  findings.forEach((f) => {
    const line = make("div", "", f.card);
    line.className = "actions";
    f.button = make("button", "Decide", line);
    f.back = make("button", "Take back", line);
    f.button.type = f.back.type = "button";
    f.button.setAttribute("aria-expanded", "false");
    f.button.setAttribute("aria-describedby", "t-" + f.number);
    f.back.hidden = !f.decision;
    if (f.decision) f.button.textContent = "Change decision";
    f.button.addEventListener("click", () => { if (!closeForm(f)) openForm(f); });
    f.back.addEventListener("click", () => {
      const old = f.decision;
      decide(f, null);
      visit(f);
      say("The decision about finding " + f.number + " is taken back.", () => { decide(f, old); });
    });
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", readForm);
  byId("reset").addEventListener("click", reset);
  one("button", byId("nothing")).addEventListener("click", reset);
  byId("export").addEventListener("click", exportFile);
  byId("import").addEventListener("change", importFile);
  window.addEventListener("hashchange", arrive);
  sent = read(recall(SENT));
  const gone = takenBack();
  findings.forEach((f) => { if (f.kept && gone.has(markOf(f.kept))) f.decision = null; });
  take(read(recall(STORE)) || new Map());
  if (location.hash) arrive();
})();
