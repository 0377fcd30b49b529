// Say a result to whoever listens instead of looking.

/** Put `words` into the live region; the same words twice are said twice. */
export function say(words) {
  const place = document.getElementById("said");
  place.textContent = place.textContent === words ? `${words}\u00a0` : words;
}
