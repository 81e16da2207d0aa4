// Which cells have to run so that a cell can: those that its names come from, and no others.
//
// The build says for each cell which names it binds, may change, and uses (cell_names.py). Of a cell
// that a reader has edited, every word counts as all three, which is more than enough.

const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** What a cell does with names, as it stands. */
export function namesOf(cell) {
  if (!cell.edited) return cell.names;
  const words = cell.code.match(WORD) ?? [];
  return { binds: [], touches: words, uses: words };
}

/** The cells before this one that make a name what it is there: who binds it, then who changes it. */
function chain(names, number, name) {
  const found = [];
  for (let above = number - 1; above >= 0; above -= 1) {
    const { binds, touches } = names[above];
    if (!binds.has(name) && !touches.has(name)) continue;
    found.unshift(above);
    if (binds.has(name)) break;
  }
  return found;
}

/** What has run so far, and who gave each name its present meaning. */
export class History {
  constructor() {
    this.clear();
  }

  clear() {
    this.ran = new Map(); // cell -> the code it ran with
    this.written = new Map(); // name -> number of the cell that bound or changed it last
  }

  stands(cell) {
    return this.ran.get(cell) === cell.code;
  }

  forget(cell) {
    this.ran.delete(cell);
  }

  note(cell, number) {
    this.ran.set(cell, cell.code);
    const { binds, touches } = namesOf(cell);
    for (const name of [...binds, ...touches]) this.written.set(name, number);
  }
}

/** The cells to run, in order, so that the last of them runs as it does in the whole page. */
export function plan(cells, target, history) {
  const names = cells.map((cell) => {
    const { binds, touches, uses } = namesOf(cell);
    return { binds: new Set(binds), touches: new Set(touches), uses: new Set(uses) };
  });
  const chosen = new Set([cells.indexOf(target)]);
  for (let size = 0; size < chosen.size; ) {
    size = chosen.size;
    const written = new Map(history.written);
    for (const number of [...chosen].sort((a, b) => a - b)) {
      for (const name of names[number].uses) {
        const makers = chain(names, number, name);
        const there = makers.every((maker) => chosen.has(maker) || history.stands(cells[maker]));
        if (makers.length && !(there && written.get(name) === makers.at(-1))) {
          for (const maker of makers) chosen.add(maker);
        }
      }
      for (const kind of ["binds", "touches"]) {
        for (const name of names[number][kind]) written.set(name, number);
      }
    }
  }
  return [...chosen].sort((a, b) => a - b).map((number) => cells[number]);
}
