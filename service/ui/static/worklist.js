// The worklist by keyboard: move, open.

import { listen } from "./keys.js";
import { showHelp } from "./help.js";
import { currentRow, move, start } from "./rows.js";

const COMMANDS = {
  next: () => move(1),
  previous: () => move(-1),
  open: () => currentRow()?.querySelector("a")?.click(),
  help: showHelp,
};

for (const row of document.querySelectorAll("[data-row]")) row.tabIndex = -1;
start();
listen({ run: (command) => COMMANDS[command]?.(), choose: () => {}, isResting: () => false });
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-do=help]") && showHelp()) event.preventDefault();
});
