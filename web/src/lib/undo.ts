// Steps back and forth through a text, as what they replace: kept by the browser for as long as its tab is open, so
// that a reload loses none of them.

/** `drop` characters from `at` on become `put`. */
export interface Patch {
  at: number;
  drop: number;
  put: string;
}

/** Leads from `from` to `to`. */
export function patch(from: string, to: string): Patch {
  let start = 0;
  const least = Math.min(from.length, to.length);
  while (start < least && from[start] === to[start]) start++;
  let end = 0;
  while (end < least - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end++;
  return { at: start, drop: from.length - start - end, put: to.slice(start, to.length - end) };
}

export const patched = (text: string, { at, drop, put }: Patch): string =>
  text.slice(0, at) + put + text.slice(at + drop);

interface Steps {
  /** The revision of the text that the steps start from. */
  revision: string;
  undo: Patch[];
  redo: Patch[];
}

const most = 500;
const key = (folder: string, path: string): string => `detente.steps.${folder}.${path}`;

export function keepSteps(folder: string, path: string, steps: Steps): void {
  try {
    const kept = { ...steps, undo: steps.undo.slice(-most), redo: steps.redo.slice(-most) };
    sessionStorage.setItem(key(folder, path), JSON.stringify(kept));
  } catch {
    // No room: the steps of this page remain.
  }
}

export function readSteps(folder: string, path: string, revision: string): Steps | null {
  try {
    const steps = JSON.parse(sessionStorage.getItem(key(folder, path)) ?? 'null') as Steps | null;
    return steps?.revision === revision ? steps : null;
  } catch {
    return null;
  }
}
