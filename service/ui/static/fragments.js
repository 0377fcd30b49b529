// Ask for pieces of a page and put them in place of those with the same id.

import { print } from "./keymap.js";

/** Fetch `address`; `part` says which piece is wanted. */
export function ask(address, part, { body, headers = {} } = {}) {
  return fetch(address, {
    method: body ? "POST" : "GET",
    body,
    headers: { "X-Fragment": part, ...headers },
    credentials: "same-origin",
    redirect: "follow",
  });
}

/** The elements of `html`, not yet on the page. */
export function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html; // our own server's page, escaped there; scripts in it never run
  return holder.content;
}

/** Put each top element of `html` in the place of the one with its id; scrolling and disclosures stay. */
export function swap(html) {
  for (const piece of [...parsed(html).children]) {
    const old = document.getElementById(piece.id);
    if (!old) continue;
    const scrolled = old.scrollTop;
    for (const kept of old.querySelectorAll("details[open][data-keeps]")) {
      piece.querySelector(`[data-keeps="${kept.dataset.keeps}"]`)?.setAttribute("open", "");
    }
    old.replaceWith(piece);
    piece.scrollTop = scrolled;
    print(piece);
  }
}
