// The review page of one run. Everything that came from a service is set as text, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const deals = data.deals;
  const rows = deals.flatMap((deal) => deal.rows).sort((one, other) => one.seq - other.seq);
  const $ = (id) => document.getElementById(id);
  const PAGE = 60;

  // ---- words ----------------------------------------------------------------------------------------------------

  const words = {
    "to-salesforce": "Salesforce", "to-partner-center": "Partner Center",
    "partner-center": "Partner Center is right", salesforce: "Salesforce is right",
  };
  const say = (word) => words[word] || word.replaceAll("-", " ");
  const plural = (count, one, many) => count.toLocaleString("en") + " " + (count === 1 ? one : many || one + "s");

  // An element with properties, attributes (data-, aria-) and children; a string child becomes text.
  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === undefined || value === false) continue;
      if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value);
      else element[name] = value;
    }
    element.append(...children.filter((child) => child !== undefined && child !== null));
    return element;
  }

  // A value of one side: in its own direction of writing, and visible when it is empty.
  const value = (text) =>
    text === "" ? make("span", { className: "empty" }, "empty") : make("bdi", { className: "value" }, text);

  // ---- decisions ------------------------------------------------------------------------------------------------

  const decisions = new Map(rows.map((row) => [row.seq, row.decision]));
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  const shelf = "reconcile " + data.run + " " + data.digest;
  const writes = (decision) => decision === "apply" || decision === "partner-center" || decision === "salesforce";
  const isForGood = (row) => row.risk === "irreversible" || row.risk === "terminal";
  const isMoved = (row) => decisions.get(row.seq) !== row.decision;
  const changed = () => rows.filter(isMoved);

  // What was decided on this page before it was closed comes back, where the browser keeps it.
  let restored = 0;
  try {
    for (const [seq, decision] of Object.entries(JSON.parse(localStorage.getItem(shelf) || "{}"))) {
      const row = bySeq.get(Number(seq));
      if (data.open && row && row.allowed.includes(decision) && decision !== row.decision) {
        decisions.set(row.seq, decision);
        restored += 1;
      }
    }
  } catch { /* no storage: decisions live as long as the page */ }

  function decide(row, decision) {
    if (row.allowed.includes(decision)) decisions.set(row.seq, decision);
  }

  // The controls that are there follow the decisions; without a row, all of them.
  function show(row) {
    for (const control of document.querySelectorAll(row ? `[data-seq="${row.seq}"]` : "[data-seq]")) {
      const row = bySeq.get(Number(control.dataset.seq));
      const now = decisions.get(row.seq);
      if (control.type === "radio") control.checked = control.value === now;
      else control.value = now;
      control.closest(".row, .card").classList.toggle("moved", isMoved(row));
    }
  }

  function keep(row) {
    show(row);
    const moved = changed();
    try {
      if (moved.length === 0) localStorage.removeItem(shelf);
      else localStorage.setItem(shelf, JSON.stringify(Object.fromEntries(moved.map((row) => [row.seq, decisions.get(row.seq)]))));
    } catch { /* no storage */ }
    tally();
  }

  function tally() {
    const written = rows.filter((row) => writes(decisions.get(row.seq)));
    const rejected = rows.filter((row) => decisions.get(row.seq) === "reject").length;
    const moved = changed().length;
    const forGood = written.filter(isForGood).length;
    $("tally").replaceChildren(
      make("b", {}, plural(written.length, "row")), " to be written, ",
      make("b", {}, (rows.length - written.length - rejected).toLocaleString("en")), " held, ",
      make("b", {}, rejected.toLocaleString("en")), " rejected",
      moved ? ` · ${plural(moved, "decision")} of yours` : " · as proposed",
      forGood ? make("strong", { className: "warn" }, ` · ${forGood} cannot be taken back`) : "");
    $("undo").hidden = moved === 0;
    const parts = ["reconcile apply", data.run, "--decisions decisions.csv", "--expect " + data.digest];
    if (forGood) parts.push("--confirm-irreversible " + forGood);
    $("command").textContent = parts.join(" ");
  }

  function download() {
    const lines = ["run_id,seq,decision", ...rows.map((row) => `${data.run},${row.seq},${decisions.get(row.seq)}`)];
    const address = URL.createObjectURL(new Blob([lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    const link = make("a", { href: address, download: "decisions.csv" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    $("command-line").hidden = false;
  }

  function picker(row, deal) {
    if (!data.open) return make("span", { className: "done" }, say(row.decision));
    const select = make("select", {
      className: "decide", "data-seq": row.seq,
      "aria-label": `Decision on row ${row.seq}, ${say(row.action)} ${row.field} of ${deal.name}`,
    });
    for (const decision of row.allowed) select.append(make("option", { value: decision }, say(decision)));
    select.value = decisions.get(row.seq);
    select.addEventListener("change", () => { decide(row, select.value); keep(row); });
    return select;
  }

  // ---- rows and deals -------------------------------------------------------------------------------------------

  const outcome = (row) => {
    if (row.outcome === "planned") return undefined;
    const facts = [row.error, row.http ? "HTTP " + row.http : "", row.message, row.at, row.request && "request " + row.request];
    return make("p", { className: "outcome " + row.outcome }, make("b", {}, say(row.outcome)), " ",
      facts.filter(Boolean).join(" · "));
  };

  const why = (row) =>
    make("p", { className: "why" }, make("bdi", {}, row.reason), " ",
      make("span", { className: "code" }, [row.code, row.rule].filter(Boolean).join(" ")));

  function movement(row) {
    if (row.action === "conflict") {
      return make("span", { className: "movement" }, "Partner Center ", value(row.partnerCenter), " or Salesforce ", value(row.salesforce));
    }
    const old = row.direction === "to-salesforce" ? row.salesforce : row.partnerCenter;
    return make("span", { className: "movement" }, value(old), make("span", { className: "arrow", "aria-label": "becomes" }, " → "), value(row.new));
  }

  function rowLine(row, deal) {
    return make("li", { className: `row ${row.risk}${isMoved(row) ? " moved" : ""}` },
      make("div", { className: "what" },
        make("span", { className: "action" }, row.action === "update" ? row.field : say(row.action), row.action !== "update" && row.field ? ` · ${row.field}` : ""),
        make("span", { className: "where" }, " in " + say(row.direction)),
        isForGood(row) || row.risk === "conflict" ? make("span", { className: "badge " + row.risk }, row.risk === "conflict" ? "conflict" : "cannot be taken back") : ""),
      make("div", { className: "values" }, movement(row), why(row), outcome(row)),
      make("div", { className: "decision" }, picker(row, deal)));
  }

  function history(deal) {
    const lines = deal.history.map((entry) =>
      make("li", {}, make("time", {}, entry.when), ` ${say(entry.action)} ${entry.field} `,
        make("bdi", {}, entry.change), make("b", {}, ` ${say(entry.decision)}, ${say(entry.outcome)}`),
        entry.request ? ` · request ${entry.request}` : ""));
    return make("details", { className: "aside" }, make("summary", {}, `History (${lines.length})`), make("ul", {}, ...lines));
  }

  function facts(deal) {
    return make("p", { className: "facts" },
      make("bdi", {}, [deal.category, deal.status, deal.stage].filter(Boolean).join(" · ")),
      deal.referral ? make("span", { className: "id" }, " referral ", make("code", {}, deal.referral)) : "",
      deal.opportunity ? make("span", { className: "id" }, " opportunity ", make("code", {}, deal.opportunity)) : "");
  }

  function dealItem(deal, shown) {
    return make("li", { className: "deal" },
      make("div", { className: "head" },
        make("h3", {}, make("bdi", {}, deal.name || "(no name)")),
        make("span", { className: "chip " + deal.standing }, make("span", { className: "dot", "aria-hidden": "true" }), say(deal.standing))),
      facts(deal),
      deal.standing === "in-sync" || deal.rows.length ? "" :
        make("p", { className: "why" }, make("bdi", {}, deal.reason), " ", make("span", { className: "code" }, deal.code)),
      shown.length ? make("ul", { className: "rows" }, ...shown.map((row) => rowLine(row, deal))) : "",
      deal.history.length ? history(deal) : "");
  }

  // ---- what needs a decision ------------------------------------------------------------------------------------

  function choice(row, decision, title, text, stamp) {
    const allowed = row.allowed.includes(decision);
    const input = make("input", {
      type: "radio", name: "conflict-" + row.seq, value: decision, disabled: !data.open || !allowed,
      checked: decisions.get(row.seq) === decision, "data-seq": row.seq,
    });
    input.addEventListener("change", () => { decide(row, decision); keep(row); });
    return make("label", { className: "choice" + (allowed ? "" : " closed") }, input,
      make("span", { className: "side" }, title), text === undefined ? "" : value(text),
      stamp ? make("small", {}, stamp) : "", allowed ? "" : make("small", {}, "cannot be written"));
  }

  function conflictCard(row, deal) {
    return make("fieldset", { className: "card conflict" + (isMoved(row) ? " moved" : "") },
      make("legend", {}, make("bdi", {}, deal.name), make("span", { className: "field" }, " · " + row.field)),
      make("p", { className: "base" }, "Last agreed: ", row.base === "" ? "nothing yet" : value(row.base)),
      make("div", { className: "choices" },
        choice(row, "partner-center", "Partner Center", row.partnerCenter, row.partnerCenterChanged),
        choice(row, "salesforce", "Salesforce", row.salesforce, row.salesforceChanged)),
      make("div", { className: "choices small" }, choice(row, "hold", "Hold: decide later"),
        choice(row, "reject", "Reject: not again until a value moves")),
      why(row), outcome(row));
  }

  function forGoodCard(row, deal) {
    return make("div", { className: "card forgood" + (isMoved(row) ? " moved" : "") },
      make("p", { className: "title" }, make("bdi", {}, deal.name)),
      make("p", {}, make("b", {}, say(row.action)), " in " + say(row.direction) + ": ", movement(row)), why(row), outcome(row),
      make("div", { className: "decision" }, picker(row, deal)));
  }

  function shelfOf(name, wanted, card) {
    const found = deals.flatMap((deal) => deal.rows.filter(wanted).map((row) => [row, deal]));
    if (!found.length) return;
    $(name).hidden = false;
    $(name + "-count").textContent = found.length.toLocaleString("en");
    let shown = 0;
    const more = () => {
      const next = found.slice(shown, shown + PAGE / 2);
      $(name + "-list").append(...next.map(([row, deal]) => card(row, deal)));
      shown += next.length;
      $(name + "-more").hidden = shown >= found.length;
    };
    $(name + "-more").addEventListener("click", more);
    more();
  }

  // ---- everything, searchable and filterable --------------------------------------------------------------------

  const selects = ["standing", "side", "action", "field", "risk", "decision", "code"];
  const searchable = (deal) =>
    [deal.name, deal.referral, deal.opportunity, deal.category, deal.status, deal.stage, deal.code, deal.reason,
      ...deal.rows.flatMap((row) => [row.field, row.action, row.base, row.partnerCenter, row.salesforce, row.new, row.code, row.reason, row.rule, row.request])]
      .join("\u0000").toLowerCase();
  for (const deal of deals) deal.text = searchable(deal);

  let found = [];
  let listed = 0;

  function admits(row, want) {
    return (!want.side || row.direction === want.side) && (!want.action || row.action === want.action)
      && (!want.field || row.field === want.field) && (!want.risk || row.risk === want.risk)
      && (!want.decision || decisions.get(row.seq) === want.decision);
  }

  function filter() {
    const want = Object.fromEntries(selects.map((name) => [name, $(name).value]));
    const terms = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const ofRows = want.side || want.action || want.field || want.risk || want.decision;
    found = [];
    for (const deal of deals) {
      if (want.standing && deal.standing !== want.standing) continue;
      if (!terms.every((term) => deal.text.includes(term))) continue;
      let shown = ofRows ? deal.rows.filter((row) => admits(row, want)) : deal.rows;
      if (ofRows && !shown.length) continue;
      if (want.code && deal.code !== want.code) {
        shown = shown.filter((row) => row.code === want.code);
        if (!shown.length) continue;
      }
      found.push([deal, shown]);
    }
    const count = found.reduce((sum, [, shown]) => sum + shown.length, 0);
    $("found").textContent = found.length === deals.length ? plural(deals.length, "deal")
      : `${found.length.toLocaleString("en")} of ${plural(deals.length, "deal")}`;
    $("bulk").hidden = !data.open || count === 0;
    $("bulk-count").textContent = count.toLocaleString("en");
    $("list").replaceChildren();
    listed = 0;
    more();
  }

  function more(count = PAGE) {
    const next = found.slice(listed, listed + count);
    $("list").append(...next.map(([deal, shown]) => dealItem(deal, shown)));
    listed += next.length;
    $("more").hidden = listed >= found.length;
  }

  function bulk(decision) {
    for (const [, shown] of found) {
      for (const row of shown) {
        if (decision !== "apply" || !isForGood(row)) decide(row, decision);
      }
    }
    keep();
  }

  function options(name, list) {
    for (const [word, title] of list) $(name).append(make("option", { value: word }, title));
  }

  const distinct = (of) => [...new Set(rows.map(of))].filter(Boolean).sort();

  function narrow(name, word) {
    $("filters").reset();
    $(name).value = word;
    filter();
    $("everything").focus({ preventScroll: true });
    $("everything").scrollIntoView({ block: "start" });
  }

  // ---- the page comes alive -------------------------------------------------------------------------------------

  options("standing", [...new Set(deals.map((deal) => deal.standing))].sort().map((word) => [word, say(word)]));
  options("action", distinct((row) => row.action).map((word) => [word, say(word)]));
  options("field", distinct((row) => row.field).map((word) => [word, word]));
  options("risk", distinct((row) => row.risk).map((word) => [word, say(word)]));
  options("decision", ["apply", "hold", "reject", "partner-center", "salesforce"].map((word) => [word, say(word)]));
  options("code", [...new Set([...deals.map((deal) => deal.code), ...rows.map((row) => row.code)])].sort()
    .map((code) => [code, `${code} ${data.codes[code] || ""}`]));

  shelfOf("conflicts", (row) => row.risk === "conflict", conflictCard);
  shelfOf("forgood", isForGood, forGoodCard);
  filter();
  tally();
  $("dock").hidden = !data.open || rows.length === 0;
  if (restored) $("tally").prepend(`${plural(restored, "decision")} of an earlier look restored · `);

  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("input", filter);
  $("clear").addEventListener("click", () => { $("filters").reset(); filter(); });
  $("more").addEventListener("click", () => more());
  $("download").addEventListener("click", download);
  $("copy").addEventListener("click", () => navigator.clipboard?.writeText($("command").textContent));
  $("undo").addEventListener("click", () => { for (const row of changed()) decide(row, row.decision); keep(); });
  for (const button of document.querySelectorAll("[data-bulk]")) button.addEventListener("click", () => bulk(button.dataset.bulk));
  for (const button of document.querySelectorAll("[data-code]")) button.addEventListener("click", () => narrow("code", button.dataset.code));
  for (const button of document.querySelectorAll("[data-standing]")) {
    button.addEventListener("click", () => narrow("standing", button.dataset.standing));
  }
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, select, textarea");
    if (event.key === "/" && !isTyping) { event.preventDefault(); $("search").focus(); }
  });
  addEventListener("beforeprint", () => more(2000));
})();
