// The drawer below the claim: one form or one explanation at a time. Forms are in the page already and
// open at once, so that what is typed next lands in them; explanations are fetched.

import { say } from "./announce.js";
import { ask, parsed } from "./fragments.js";
import { print } from "./keymap.js";
import { currentRow, nameOf } from "./rows.js";

let wanted = 0;

const drawer = () => document.getElementById("drawer");

/** Open the panel a link stands for. */
export function openPanel(link, { fields = {}, focus = "[data-first]" } = {}) {
  wanted += 1;
  const key = link.dataset.for ?? nameOf(link.closest("[data-row]") ?? currentRow() ?? document.body) ?? "";
  const name = link.dataset.panel;
  const ready = document.getElementById(name === "edit" ? `panel-edit-${key}` : `panel-${name}`);
  const prepared = ready && !new URL(link.href).searchParams.has("finding");
  if (prepared) show(ready.content.cloneNode(true), { key, ...fields }, focus);
  else load(link.href, wanted);
}

/** Show a panel that the server sent. */
export function showPanel(html) {
  wanted += 1;
  show(parsed(html), {}, "[data-first], [data-choice]");
}

/** Close the drawer; says whether it was open. */
export function close() {
  wanted += 1;
  const wasOpen = drawer().childElementCount > 0;
  const hadFocus = drawer().contains(document.activeElement);
  drawer().replaceChildren();
  if (hadFocus) currentRow()?.focus();
  return wasOpen;
}

/** The numbered choice `number` of the drawer, if it offers one. */
export function choice(number) {
  return drawer().querySelector(`[data-choice="${number}"]`);
}

async function load(address, order) {
  const response = await ask(address, "panel");
  const html = await response.text();
  if (!response.ok) say("This cannot be shown now.");
  if (!response.ok || order !== wanted) return; // something else was opened or closed meanwhile
  show(parsed(html), {}, "h3");
}

function show(content, fields, focus) {
  const place = drawer();
  place.replaceChildren(content);
  for (const [name, value] of Object.entries(fields)) {
    const field = place.querySelector(`form [name="${name}"]`);
    if (field && value !== undefined && (field.value === "" || name !== "key")) field.value = value;
  }
  const heading = place.querySelector("h3");
  const code = currentRow()?.querySelector(".line-code")?.textContent;
  if (heading && code) heading.textContent = heading.textContent.replace(/^Reject:/, `Reject ${code}:`);
  print(place);
  const first = place.querySelector(focus) ?? place.querySelector("h3");
  first?.focus({ preventScroll: true });
  if (first?.select && first.type !== "checkbox") first.select();
  place.scrollTop = 0;
  const isBeside = getComputedStyle(document.body).overflowY === "hidden"; // note and claim side by side
  (isBeside ? currentRow() : place)?.scrollIntoView({ block: "nearest" });
}
