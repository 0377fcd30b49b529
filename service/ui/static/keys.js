// Turn key presses into commands. Keys rest while somebody types, and while `isResting` says so.

import { commandOf, written } from "./keymap.js";

const REPEATS = new Set(["next", "previous", "next-evidence", "previous-evidence"]);
const TYPED_INTO = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const PRESSED = "a[href], button, summary";

/** Call `run(command)` for each command key and `choose(number)` for each digit. */
export function listen({ run, choose, isResting }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const key = written(event);
    if (document.querySelector("dialog[open]")) return;
    if (event.target.closest(TYPED_INTO)) {
      inField(event, key);
      return;
    }
    if (key === "Enter" && event.target.closest(PRESSED)) return;
    if (key === " " && event.target.matches("a[role=button]")) {
      event.preventDefault(); // what is called a button is pressed like one
      event.target.click();
      return;
    }
    const command = key === "Escape" ? "close" : commandOf(key);
    const digit = /^[1-9]$/.test(key) ? Number(key) : 0;
    if (!command && !digit) return;
    event.preventDefault();
    if (isResting() || (event.repeat && !REPEATS.has(command))) return;
    if (command) run(command);
    else choose(digit);
  });

  function inField(event, key) {
    if (key === "Escape") {
      event.preventDefault();
      run("close");
    } else if (key === "Ctrl+Enter" && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  }
}
