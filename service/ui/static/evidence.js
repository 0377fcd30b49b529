// Show which words prove what: from the claim to the note, and back.

import { say } from "./announce.js";
import { currentRow } from "./rows.js";

let place = -1;

/** Light up the words of `owner` and everything of the claim that is `owner`. */
function link(owners) {
  for (const lit of document.querySelectorAll("[data-linked]")) lit.removeAttribute("data-linked");
  for (const owner of owners) {
    const name = CSS.escape(owner);
    for (const mark of document.querySelectorAll(`mark[data-owners~="${name}"]`)) {
      mark.toggleAttribute("data-linked", true);
    }
    for (const part of document.querySelectorAll(`[data-owner="${name}"]`)) {
      part.toggleAttribute("data-linked", true);
    }
  }
}

/** The words behind `anchor`, brought into view; focus stays where it is. */
export function reveal(anchor, says) {
  const mark = document.getElementById(anchor);
  if (!mark) return;
  const piece = mark.matches("mark") ? mark : mark.nextElementSibling;
  piece.scrollIntoView({ block: "center" });
  for (const lit of document.querySelectorAll("mark[data-shown]")) lit.removeAttribute("data-shown");
  piece.toggleAttribute("data-shown", true);
  say(`${says}: ${piece.textContent}`);
}

/** The next (1) or previous (-1) words that prove the current row. */
export function step(by) {
  const row = currentRow();
  const links = row ? [...row.querySelectorAll(".evidence-links a"), ...row.querySelectorAll(".words a")] : [];
  if (!links.length) return;
  place = (place + by + links.length) % links.length;
  const link = links[place];
  reveal(link.dataset.evidence, link.closest(".words") ? "finding" : link.textContent);
}

function ownersOf(target) {
  const mark = target.closest?.("mark[data-owners]");
  if (mark) return mark.dataset.owners.split(" ");
  const part = target.closest?.("[data-owner]");
  return part ? [part.dataset.owner] : [];
}

function linkCurrent() {
  const row = currentRow();
  link(row?.dataset.owner ? [row.dataset.owner] : []);
}

document.addEventListener("mouseover", ({ target }) => {
  const owners = ownersOf(target);
  if (owners.length) link(owners);
  else linkCurrent();
});
document.addEventListener("focusin", ({ target }) => {
  const owners = ownersOf(target);
  if (owners.length) link(owners);
});
document.addEventListener("row-selected", () => {
  place = -1;
  linkCurrent();
});
document.addEventListener("click", (event) => {
  const found = event.target.closest?.("[data-evidence]");
  if (!found) return;
  event.preventDefault();
  reveal(found.dataset.evidence, found.textContent);
});
