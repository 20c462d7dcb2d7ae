/* While somebody types: ask for a look at the words, and show it. Writes nothing anywhere.
   Without this script the buttons of the page do the same. */
(() => {
  "use strict";

  const WAIT = 600; // milliseconds without a key
  const form = document.querySelector("form.rcv-composer");
  if (!form || !window.fetch || !window.AbortController) return;

  const place = (name) => form.querySelector(`[data-rcv="${name}"]`);
  const tabs = [...form.querySelectorAll('[role="tab"]')];
  const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));
  let timer = 0;
  let asked = null; // the question on its way
  let stale = new Set(); // frames that show older words
  let count = 0;

  // --- the look ---------------------------------------------------------------------------------

  const put = (name, html) => {
    const node = place(name);
    if (node && node.innerHTML !== html) node.innerHTML = html; // because the server has escaped it
  };
  const say = (words) => {
    const node = place("said");
    if (node && node.textContent !== words) node.textContent = words; // said once, not at every key
  };

  async function look() {
    if (asked) asked.abort();
    const mine = (asked = new AbortController());
    form.classList.add("rcv-composer--busy");
    try {
      const answer = await fetch(form.dataset.rcvLook, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        signal: mine.signal,
      });
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (answer.redirected || answer.status === 403) return say(form.dataset.rcvSignedOut);
      if (!answer.ok || !isJson) return say(form.dataset.rcvOffline);
      const seen = await answer.json();
      if (mine.signal.aborted) return;
      for (const name of ["lamps", "remarks", "beside"]) put(name, seen[name]);
      const text = place("text");
      if (text) text.textContent = seen.text;
      say(seen.said);
      stale = new Set(["html", "pdf"]);
      refresh();
    } catch (error) {
      if (error.name !== "AbortError") say(form.dataset.rcvOffline);
    } finally {
      if (asked === mine) form.classList.remove("rcv-composer--busy");
    }
  }

  // --- the frames -------------------------------------------------------------------------------

  const current = () => tabs.find((tab) => tab.getAttribute("aria-selected") === "true");

  function refresh() {
    const tab = current();
    const kind = tab && panel(tab).dataset.rcvPanel;
    if (kind && stale.has(kind)) show(panel(tab), kind);
  }

  // A frame of its own for every letter: its first address leaves no step in the browser's history,
  // and the letter that is being read stays until the next one is there.
  function show(box, kind) {
    stale.delete(kind);
    box.classList.add("rcv-frames");
    box.querySelectorAll(".rcv-frame--next").forEach((old) => old.remove());
    const next = document.createElement("iframe");
    next.name = `rcv-${kind}-${(count += 1)}`;
    next.className = "rcv-frame rcv-frame--next";
    next.title = form.querySelector(".rcv-frame").title;
    if (kind === "html") next.setAttribute("sandbox", ""); // no browser shows a PDF in a sandbox
    box.append(next);
    const copy = document.createElement("form");
    copy.method = "post";
    copy.action = window.location.href;
    copy.target = next.name;
    copy.hidden = true;
    const fields = new FormData(form);
    fields.set("_preview", kind);
    for (const [name, value] of fields) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      copy.append(field);
    }
    document.body.append(copy);
    next.addEventListener("load", () => {
      if (!next.isConnected) return;
      box.querySelectorAll(".rcv-frame:not(.rcv-frame--next)").forEach((old) => old.remove());
      next.classList.remove("rcv-frame--next");
      if (kind === "html") next.name = "rcv-letter"; // where the buttons of the page show theirs
    });
    copy.submit();
    copy.remove();
  }

  // --- the tabs ---------------------------------------------------------------------------------

  function choose(tab, focus) {
    for (const each of tabs) {
      const here = each === tab;
      each.setAttribute("aria-selected", String(here));
      each.tabIndex = here ? 0 : -1;
      panel(each).hidden = !here;
    }
    if (focus) tab.focus();
    refresh();
  }

  const moves = {
    ArrowRight: (at) => at + 1,
    ArrowLeft: (at) => at - 1,
    Home: () => 0,
    End: () => tabs.length - 1,
  };
  for (const tab of tabs) {
    const box = panel(tab);
    box.setAttribute("role", "tabpanel");
    box.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", () => choose(tab, false));
    tab.addEventListener("keydown", (event) => {
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      choose(tabs[(move(tabs.indexOf(tab)) + tabs.length) % tabs.length], true);
    });
  }

  // --- start ------------------------------------------------------------------------------------

  form.classList.add("rcv-composer--live");
  if (tabs.length) {
    place("tabs").hidden = false;
    stale = new Set(["html", "pdf"]);
    choose(tabs[0], false);
  }
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, WAIT);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
})();
