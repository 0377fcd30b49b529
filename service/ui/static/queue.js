// Send decisions one after the other, each on the state the one before it left. What is shown at once
// is a promise; the page of the last answer is the truth.

import { ask, swap } from "./fragments.js";

const waiting = [];
let tag = null;
let isRunning = false;

/** Whether a decision is on its way. */
export function isBusy() {
  return isRunning;
}

/** Forget the state of the chart before: this one begins at its own. */
export function begin() {
  tag = document.getElementById("claim")?.dataset.tag ?? null;
  waiting.length = 0;
}

/** Send a form; `settled(response, html)` is called with its answer. */
export function send({ action, fields, settled }) {
  waiting.push({ action, fields, settled });
  if (!isRunning) run();
}

async function run() {
  setRunning(true);
  while (waiting.length) await one(waiting.shift());
  setRunning(false);
  document.dispatchEvent(new CustomEvent("queue-empty"));
}

function setRunning(now) {
  isRunning = now;
  document.getElementById("claim")?.setAttribute("aria-busy", String(now));
}

async function one({ action, fields, settled }) {
  const here = `${document.querySelector("main").dataset.chart}/`;
  if (fields.has("tag") && tag && action.startsWith(here)) fields.set("tag", tag);
  let response;
  let html = "";
  try {
    const marks = document.getElementById("note-text")?.dataset.marks ?? "";
    response = await ask(action, "answer", { body: fields, headers: { "X-Marks": marks } });
    html = await response.text();
  } catch {
    waiting.length = 0;
    settled(null, "");
    return;
  }
  tag = response.headers.get("X-Tag") ?? tag;
  if (!response.ok) waiting.length = 0; // what followed was decided on a page that no longer holds
  const goesOn = response.headers.has("X-Next");
  if (!waiting.length && !goesOn) swap(html);
  settled(response, html);
}
