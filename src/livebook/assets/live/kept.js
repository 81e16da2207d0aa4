// Edits kept in this browser between visits; where the browser keeps nothing, for this visit alone.

const key = (number) => `livebook-cell ${location.pathname} ${number}`;

/** The reader's version of a cell, or null; one made from other code than the present is dropped. */
export function recall(number, original) {
  try {
    const { from, now } = JSON.parse(localStorage.getItem(key(number))) ?? {};
    if (from === original) return now;
    localStorage.removeItem(key(number));
  } catch {
    // denied, or not ours
  }
  return null;
}

/** Keep the reader's version of a cell; false where the browser keeps nothing. */
export function keep(number, original, now) {
  try {
    if (now === original) localStorage.removeItem(key(number));
    else localStorage.setItem(key(number), JSON.stringify({ from: original, now }));
    return true;
  } catch {
    return false;
  }
}
