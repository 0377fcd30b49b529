// The next chart, fetched while this one is read, so that it is there when it is asked for.

import { ask } from "./fragments.js";

const FRESH_MS = 120_000;
let kept = null;

/** Fetch `address` when the page has nothing better to do. */
export function prefetch(address) {
  if (!address || kept?.address === address) return;
  const later = window.requestIdleCallback ?? ((work) => setTimeout(work, 50));
  later(() => {
    const html = ask(address, "main", { headers: { "X-Prefetch": "1" } }).then((response) =>
      response.ok ? response.text() : null,
    );
    kept = { address, at: performance.now(), html: html.catch(() => null) };
  });
}

/** The page of `address`, fetched before or now; null where it cannot be had. */
export async function pageOf(address) {
  const mine = kept?.address === address && performance.now() - kept.at < FRESH_MS ? kept : null;
  kept = null;
  const early = mine && (await mine.html);
  if (early) return early;
  const response = await ask(address, "main");
  return response.ok ? response.text() : null;
}
