// The row that keys act on. It is kept in one variable and changes before the next key is read,
// so `j j x` typed without a pause rejects the third row and no other.

let current = null;

/** Every row of the page, in order. */
export function rows() {
  return [...document.querySelectorAll("[data-row]")];
}

/** The row keys act on; undefined where there is none. */
export function currentRow() {
  return rows().find((row) => nameOf(row) === current);
}

/** The row of a name. */
export function rowOf(name) {
  return rows().find((row) => nameOf(row) === name);
}

/** What a row is called: the same before and after it is drawn again. */
export function nameOf(row) {
  return row.dataset.key ?? row.querySelector("a")?.getAttribute("href");
}

/** Make `row` the current one. */
export function select(row, { focus = true } = {}) {
  if (!row) return;
  current = nameOf(row);
  mark();
  if (focus) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  row.dispatchEvent(new CustomEvent("row-selected", { bubbles: true }));
}

/** Move by `step` rows; stays at the ends. */
export function move(step) {
  const all = rows();
  const place = all.indexOf(currentRow());
  const next = place < 0 ? 0 : Math.min(Math.max(place + step, 0), all.length - 1);
  select(all[next]);
}

/** On to the next row nobody has decided on, after this one or from the top; else stay. */
export function moveToUndecided() {
  const all = rows();
  const place = all.indexOf(currentRow());
  const order = [...all.slice(place + 1), ...all.slice(0, place)];
  const open = order.find((row) => row.dataset.verdict === "");
  select(open ?? currentRow());
  return Boolean(open);
}

/** Show the current row again after rows were drawn anew. */
export function mark() {
  for (const row of rows()) row.toggleAttribute("data-current", nameOf(row) === current);
}

/** Start at the first row that is open. */
export function start() {
  const all = rows();
  select(all.find((row) => row.dataset.verdict === "") ?? all[0], { focus: false });
}

document.addEventListener("focusin", ({ target }) => {
  const row = target.closest("[data-row]");
  if (row && nameOf(row) !== current) select(row, { focus: false });
});
