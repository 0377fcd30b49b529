// The review screen: keys press the controls that are on the page, forms are sent without leaving it.

import { say } from "./announce.js";
import { choice, close, openPanel, showPanel } from "./drawer.js";
import { reveal, step } from "./evidence.js";
import { parsed } from "./fragments.js";
import { showHelp } from "./help.js";
import { listen } from "./keys.js";
import { print } from "./keymap.js";
import "./live.js";
import { pageOf, prefetch } from "./prefetch.js";
import { begin, send } from "./queue.js";
import { currentRow, mark, move, moveToUndecided, nameOf, rowOf, select, start } from "./rows.js";
import { selectedWords } from "./selection.js";

const BETWEEN = new Set(["finalize", "park", "undo"]);
let isBetween = false; // between two charts keys rest: nobody decides on what is not yet shown
let before = null; // the chart that was made final just before this one: its id, and its state then

const COMMANDS = {
  next: () => move(1),
  previous: () => move(-1),
  open: () => step(1),
  "next-evidence": () => step(1),
  "previous-evidence": () => step(-1),
  modifiers: () => press("edit", { focus: "[name=modifiers]" }),
  diagnoses: () => press("edit", { focus: "[name=pointer]" }),
  undo: () => press("undo") || takeBack(),
  help: showHelp,
  close: () => close() || currentRow()?.focus(),
};

/** Press the control of a command: the current row's own, else the chart's. */
function press(command, options) {
  const own = currentRow()?.querySelector(`[data-do="${command}"]:not(:disabled)`);
  const control = own ?? document.querySelector(`main [data-do="${command}"]:not([data-row] *)`);
  if (!control || (!own && command === "accept")) return false;
  if (options && control.dataset.panel) openPanel(control, options);
  else control.click();
  return true;
}

/** Take back that the chart before was made final, also before this page shows that it was. */
function takeBack() {
  if (!before) return press("undo-done");
  const { csrf, chart } = document.querySelector("main").dataset;
  const fields = new URLSearchParams({ csrf, tag: before.at, back: "yes" });
  const action = `${trackOf(chart)}${encodeURIComponent(before.done)}/undo`;
  isBetween = true;
  send({ action, fields, settled: (response, html) => settle(response, html) });
  return true;
}

listen({
  run: (command) => (COMMANDS[command] ?? (() => press(command)))(),
  choose: (number) => choice(number)?.click(),
  isResting: () => isBetween,
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.dataset.panel) openPanel(link, { fields: filled(link) });
  else if (link.hasAttribute("data-close")) close();
  else if (link.dataset.do === "help") showHelp();
  else if (link.rel || link.dataset.do === "finalize") open(link.href);
  else return;
  event.preventDefault();
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.hasAttribute("data-live") && form.method === "get") event.preventDefault();
  if (form.method !== "post" || !form.closest("main")) return;
  event.preventDefault();
  const needed = submitter?.dataset.needs && document.getElementById(submitter.dataset.needs);
  if (needed && !needed.value.trim()) {
    needed.focus();
    say("Say it in your words first.");
    return;
  }
  decide(form, submitter);
});

document.addEventListener("change", ({ target }) => {
  const filled = target.dataset.fills && document.getElementById(target.dataset.fills);
  if (filled) filled.value = target.selectedOptions[0]?.dataset.text ?? filled.value;
});

/** Send what `form` decides; what becomes of its row is shown at once. */
function decide(form, submitter) {
  const action = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const fields = new URLSearchParams(new FormData(form, submitter));
  const row = rowOf(fields.get("key") ?? "");
  if (submitter?.dataset.unitsBy) fields.set("units", counted(row, Number(submitter.dataset.unitsBy)));
  const verb = action.slice(action.lastIndexOf("/") + 1);
  isBetween ||= BETWEEN.has(verb);
  if (form.closest("#drawer")) close();
  if (row && submitter?.dataset.becomes) show(row, submitter.dataset.becomes);
  send({ action, fields, settled: (response, html) => settle(response, html, row) });
}

function counted(row, by) {
  const place = row.querySelector("[data-units]");
  const units = Math.max(Number(place.textContent) + by, 0);
  place.textContent = String(units);
  return String(units);
}

function show(row, verdict) {
  row.dataset.verdict = verdict;
  const words = document.createElement("span");
  words.className = verdict === "rejected" ? "chip" : "chip green";
  words.textContent = verdict[0].toUpperCase() + verdict.slice(1);
  row.querySelector("[data-verdict-words]").replaceChildren(words);
  if (verdict !== "changed" && !moveToUndecided()) say("All is decided.");
}

async function settle(response, html, row) {
  const next = response?.headers.get("X-Next");
  const words = response?.headers.get("X-Said");
  const done = response?.headers.get("X-Done");
  const left = done ? { done: decodeURIComponent(done), at: response.headers.get("X-Tag") } : null;
  if (response?.status === 401) location.reload(); // the session is over: sign in, and come back
  if (next) await open(next, { left });
  if (words) say(decodeURIComponent(words));
  if (!response) {
    unreachable();
    return;
  }
  const panel = html && [...parsed(html).children].find((each) => each.id === "panel-now");
  if (panel) showPanel(panel.innerHTML);
  if (!response?.ok && row) select(rowOf(nameOf(row)));
  else if (!next) redraw();
  isBetween = false;
}

/** What the page promised was not kept: keys rest until it is loaded again. */
function unreachable() {
  isBetween = true;
  const notice = document.getElementById("unreachable").content.cloneNode(true);
  document.getElementById("banner").replaceChildren(notice);
}

/** Where the charts of the same track are. */
function trackOf(chart) {
  return chart.slice(0, chart.indexOf("/", 1) + 1);
}

/** Show the chart at `address` in place of this one. */
async function open(address, { push = true, left = null } = {}) {
  isBetween = true;
  const html = await pageOf(address);
  const { chart, id: from } = document.querySelector("main").dataset;
  if (html === null || !new URL(address, location.href).pathname.startsWith(trackOf(chart))) {
    location.assign(address);
    return;
  }
  document.querySelector("main").replaceWith(parsed(html).querySelector("main"));
  if (push) history.pushState(null, "", address);
  began({ from, left });
}

function began({ from = "", left = null } = {}) {
  const main = document.querySelector("main");
  document.title = `${main.dataset.title} · Noteproof`;
  print(main);
  before = left;
  begin();
  start();
  isBetween = false;
  if (from) {
    const fields = new URLSearchParams({ csrf: main.dataset.csrf, from, ...(left ?? {}) });
    send({ action: `${main.dataset.chart}/open`, fields, settled: redraw });
  }
  document.getElementById("claim").focus({ preventScroll: true });
  say(document.title);
  prefetch(main.dataset.next);
}

/** After pieces were drawn anew: the same row is current, and has focus if a row had it. */
function redraw() {
  mark();
  const active = document.activeElement;
  const nowhere = !active || active === document.body;
  const row = currentRow();
  if (!row) start();
  else if (nowhere) select(row);
}

function filled(link) {
  const words = link.dataset.panel === "add" ? selectedWords() : null;
  return { ...(words ?? {}), ...(link.dataset.fillCode ? { code: link.dataset.fillCode } : {}) };
}

window.addEventListener("popstate", () => open(location.href, { push: false }));
document.addEventListener("queue-empty", () => {
  if (!isBetween) prefetch(document.querySelector("main").dataset.next);
});

began();
const at = location.hash.startsWith("#at-") ? location.hash.slice(1) : "";
if (at) reveal(at, "evidence");
const asked = new URLSearchParams(location.search).get("key") ?? location.hash.replace(/^#line-/, "");
select(rowOf(asked), { focus: false });
