// Words selected in the note, as code points of its text: what a line added by hand points at.

/** The selected words and where they stand; null where nothing of the note is selected. */
export function selectedWords() {
  const note = document.getElementById("note-text");
  const selection = document.getSelection();
  if (!note || !selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!note.contains(range.startContainer) || !note.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(note, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = points(before.toString());
  const words = range.toString();
  return { start, end: start + points(words), words };
}

function points(text) {
  return Array.from(text).length; // a Span counts code points, a string UTF-16 units
}
