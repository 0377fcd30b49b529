// The keys: shown, changed, switched off. What is chosen stays in this browser.

import { keyOf, lettersAreOn, print, rebind, reset, switchLetters, written } from "./keymap.js";

const NEVER = new Set(["Escape", "Tab", "Shift+Tab", "Enter", "Shift", "Control", "Alt", "Meta"]);
const said = document.querySelector("[data-keys-said]");
let waiting = null;

/** Show the keys; false where this page has no place for them. */
export function showHelp() {
  const dialog = document.getElementById("help");
  dialog?.showModal();
  return Boolean(dialog);
}

const letters = document.querySelector("[data-keys-switch] [name=letters]");
if (letters) {
  letters.form.hidden = false;
  letters.checked = lettersAreOn();
  letters.addEventListener("change", () => switchLetters(letters.checked));
  document.querySelector("[data-keys-reset]").addEventListener("click", () => {
    reset();
    letters.checked = true;
    said.textContent = "The keys are as delivered.";
  });
}

for (const button of document.querySelectorAll("[data-rebind]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    waiting = button;
    said.textContent = "Press the new key, or Escape to leave it.";
  });
}

document.addEventListener(
  "keydown",
  (event) => {
    if (!waiting || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const key = written(event);
    const command = waiting.dataset.rebind;
    waiting = null;
    if (NEVER.has(key) || /^[1-9]$/.test(key)) {
      said.textContent = "The key stays as it was.";
      return;
    }
    const holder = rebind(command, key);
    said.textContent = holder ? `${key} is taken.` : `The key is now ${keyOf(command)}.`;
  },
  true,
);
print();
