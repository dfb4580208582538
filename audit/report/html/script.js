"use strict";
(() => {
  const $ = (selector, from) => (from || document).querySelector(selector);
  const all = (selector, from) => [...(from || document).querySelectorAll(selector)];
  const memory = {
    get(key) { try { return localStorage.getItem("addsup." + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("addsup." + key, value); } catch { /* a page from a file may have no storage */ } },
  };
  const sources = JSON.parse($("#sources").textContent);
  const claims = JSON.parse($("#claims").textContent);
  const findings = all(".finding");
  const own = "decisions." + sources.map((source) => source.sha256.slice(0, 12)).join(".").slice(0, 200);

  // Theme: as the system, light, dark.
  const themes = ["auto", "light", "dark"];
  const paint = (theme) => {
    document.documentElement.dataset.theme = theme;
    $("#theme span").textContent = theme;
  };
  paint(themes.includes(memory.get("theme")) ? memory.get("theme") : "auto");
  $("#theme").addEventListener("click", () => {
    const next = themes[(themes.indexOf(document.documentElement.dataset.theme) + 1) % themes.length];
    paint(next);
    memory.set("theme", next);
  });

  // Decisions: kept in this browser, taken away as a file.
  let decisions = {};
  try { decisions = JSON.parse(memory.get(own) || "{}") || {}; } catch { decisions = {}; }
  const known = new Set(findings.map((finding) => finding.dataset.fingerprint));
  const decided = () => Object.keys(decisions).filter((fingerprint) => known.has(fingerprint));
  const keep = () => {
    memory.set(own, JSON.stringify(decisions));
    const number = decided().length;
    $("#save").disabled = !number;
    $("#save").textContent = number ? `Download decisions (${number})` : "Download decisions";
  };
  const attach = (finding) => {
    const box = $(".decide", finding);
    if (box.firstElementChild) return;
    box.append($("#decision").content.cloneNode(true));
    const form = $("form", box);
    const fingerprint = finding.dataset.fingerprint;
    for (const radio of all("input[type=radio]", form)) radio.name = "decision-" + fingerprint;
    const before = decisions[fingerprint];
    if (before) {
      for (const radio of all("input[type=radio]", form)) radio.checked = radio.value === before.decision;
      for (const name of ["reason", "owner", "until"]) form.elements[name].value = before[name] || "";
    }
    const read = () => {
      const chosen = $("input[type=radio]:checked", form);
      finding.classList.toggle("decided", Boolean(chosen));
      if (chosen) {
        decisions[fingerprint] = { decision: chosen.value };
        for (const name of ["reason", "owner", "until"]) decisions[fingerprint][name] = form.elements[name].value.trim();
      } else delete decisions[fingerprint];
      const unfounded = chosen && chosen.value !== "fix" && !form.elements.reason.value.trim();
      form.elements.reason.classList.toggle("wanted", Boolean(unfounded));
      keep();
    };
    form.addEventListener("input", read);
    form.addEventListener("reset", () => setTimeout(read));
    form.addEventListener("submit", (event) => event.preventDefault());
    finding.classList.toggle("decided", Boolean(before));
  };
  const watcher = new IntersectionObserver((seen) => {
    for (const entry of seen) if (entry.isIntersecting) { attach(entry.target); watcher.unobserve(entry.target); }
  }, { rootMargin: "800px" });
  for (const finding of findings) {
    finding.classList.toggle("decided", Boolean(decisions[finding.dataset.fingerprint]));
    watcher.observe(finding);
  }
  $("#save").addEventListener("click", () => {
    const rows = findings.filter((finding) => decisions[finding.dataset.fingerprint]).map((finding) => ({
      fingerprint: finding.dataset.fingerprint,
      rule: finding.dataset.rule,
      source: finding.dataset.source,
      place: finding.dataset.place,
      message: $("h3", finding).textContent,
      ...decisions[finding.dataset.fingerprint],
    }));
    const file = new Blob([JSON.stringify({ schema_version: "1", tool: "addsup", sources, decisions: rows }, null, 1) + "\n"], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  // Filters.
  const texts = new Map(findings.map((finding) => [finding, finding.textContent.toLowerCase()]));
  const shown = () => findings.filter((finding) => !finding.hidden);
  const filter = () => {
    const words = $("#search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set(all("#filters input[name=severity]:checked").map((box) => box.value));
    const kind = $("#kind").value;
    const status = $("#status").value;
    const from = $("#document")?.value || "";
    for (const finding of findings) {
      const data = finding.dataset;
      const isDecided = Boolean(decisions[data.fingerprint]);
      const fits = status === "" || (status === "decided" ? isDecided : status === "held" ? data.status !== "open" : data.status === "open" && !isDecided);
      finding.hidden = !(severities.has(data.severity) && (!kind || data.kind === kind) && (!from || data.source === from) && fits && words.every((word) => texts.get(finding).includes(word)));
    }
    $("#shown").textContent = `${shown().length} of ${findings.length}`;
  };
  $("#filters").addEventListener("input", filter);
  $("#filters").addEventListener("submit", (event) => event.preventDefault());
  $("#filters").hidden = !findings.length;

  // The panel: what is known of one figure.
  const panel = $("#panel");
  const close = () => {
    panel.hidden = true;
    for (const lit of all("b.lit")) lit.classList.remove("lit");
  };
  const line = (tag, text, to) => {
    const node = document.createElement(tag);
    node.textContent = text;
    to.append(node);
    return node;
  };
  const explain = (figure) => {
    close();
    const into = $("div", panel);
    into.replaceChildren();
    line("p", figure.textContent, into).style.fontWeight = "650";
    line("p", figure.title, into);
    const list = document.createElement("ul");
    for (const id of (figure.dataset.c || "").split(" ").filter(Boolean)) {
      const [kind, verdict, equation, figures] = claims[id];
      line("li", `${kind}, ${verdict}: ${equation}`, list);
      for (const other of figures) document.getElementById(other)?.classList.add("lit");
    }
    if (list.firstElementChild) into.append(list);
    const found = findings.find((finding) => $(`a[href="#${CSS.escape(figure.id)}"], a[href="#${figure.id}"]`, finding));
    if (found) {
      const link = line("a", "To its finding", into);
      link.href = "#" + found.id;
    }
    panel.hidden = false;
  };
  document.addEventListener("click", (event) => {
    const figure = event.target.closest?.(".document b[id]");
    if (figure) explain(figure);
  });
  $("button", panel).addEventListener("click", close);

  // Links into a finding that a filter hides show it.
  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    target.closest("details")?.setAttribute("open", "");
    if (target.matches(".finding") && target.hidden) {
      $("#filters").reset();
      filter();
      target.scrollIntoView();
    }
    if (target.matches(".document b")) explain(target);
  };
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => { for (const details of all("details.more")) details.open = true; });

  // Keys.
  let current = -1;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { close(); event.target.blur?.(); return; }
    if (event.target.closest?.("input, select, textarea")) return;
    if (event.key === "/") { event.preventDefault(); $("#search").focus(); return; }
    if (event.key !== "j" && event.key !== "k") return;
    const list = shown();
    if (!list.length) return;
    const at = list.indexOf(findings[current]);
    const next = list[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), list.length - 1)];
    findings[current]?.classList.remove("current");
    current = findings.indexOf(next);
    next.classList.add("current");
    next.scrollIntoView({ block: "start" });
    next.focus({ preventScroll: true });
  });

  filter();
  keep();
  reveal();
})();
