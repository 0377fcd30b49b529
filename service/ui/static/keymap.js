// Which key stands for which command: as delivered by the page, then as this person changed it here.

const STORED = "noteproof.keys";
const LETTERS = "noteproof.letters";
const delivered = new Map();

for (const key of document.querySelectorAll("[data-keys] [data-key]")) {
  delivered.set(key.dataset.key, key.textContent);
}
let changed = read(STORED, {});
let lettersOn = read(LETTERS, true);

/** How a key press is written: "J", "Shift+J", "Ctrl+Enter", "?". */
export function written(event) {
  const one = event.key.length === 1;
  const letter = one && event.key.toLowerCase() !== event.key.toUpperCase();
  const name = letter ? event.key.toUpperCase() : event.key;
  const shift = event.shiftKey && (letter || !one) ? "Shift+" : "";
  const alt = event.altKey ? "Alt+" : "";
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${alt}${shift}${name}`;
}

/** The command of a written key, or undefined. */
export function commandOf(key) {
  if (!lettersOn && isSingle(key)) return undefined;
  for (const command of delivered.keys()) if (keyOf(command) === key) return command;
  return undefined;
}

/** The key of a command, as it holds here. */
export function keyOf(command) {
  return changed[command] ?? delivered.get(command);
}

/** Give `command` another key; says who has it already, and changes nothing then. */
export function rebind(command, key) {
  const holder = [...delivered.keys()].find((each) => each !== command && keyOf(each) === key);
  if (holder) return holder;
  changed = { ...changed, [command]: key };
  write(STORED, changed);
  print();
  return undefined;
}

/** Whether keys without Ctrl or Alt are commands. */
export function lettersAreOn() {
  return lettersOn;
}

/** Switch single-letter keys on or off. */
export function switchLetters(on) {
  lettersOn = on;
  write(LETTERS, on);
  print();
}

/** Back to the keys as delivered. */
export function reset() {
  changed = {};
  write(STORED, changed);
  switchLetters(true);
}

/** Write the keys that hold onto the controls below `root`. */
export function print(root = document) {
  for (const place of root.querySelectorAll("kbd[data-key]")) {
    const key = keyOf(place.dataset.key) ?? "";
    if (place.textContent !== key) place.textContent = key;
    place.hidden = !lettersOn && isSingle(key);
  }
}

function isSingle(key) {
  return Array.from(key).length === 1;
}

function read(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise; // storage is forbidden here, or holds what is not ours
  }
}

function write(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // storage is forbidden here: the change lasts until the page is left
  }
}
