// Send a form while it is filled in, and show beside it what the server says: the re-check of a line,
// the linter of a query, the search of codes.

import { ask, parsed } from "./fragments.js";

const PAUSE_MS = 150;
let timer = 0;
let order = 0;

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-live]");
  if (!form) return;
  clearTimeout(timer);
  timer = setTimeout(() => check(form), PAUSE_MS);
});

/** Ask now about `form`, as it is. */
export async function check(form) {
  order += 1;
  const mine = order;
  const fields = new URLSearchParams(new FormData(form));
  const gets = form.method === "get";
  const response = gets
    ? await ask(`${form.dataset.live}?${fields}`, "live")
    : await ask(form.dataset.live, "live", { body: fields });
  if (!response.ok) return;
  const html = await response.text();
  const place = form.parentElement?.querySelector("[data-live-result]");
  if (mine === order && place) place.replaceChildren(parsed(html));
}
