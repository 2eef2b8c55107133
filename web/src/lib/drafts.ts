// What was typed and is not saved yet, kept by the browser: the window or the server may be closed before.

export interface Draft {
  text: string;
  /** The revision that was written on. */
  base: string | null;
}

const key = (path: string): string => `detente.draft.${path}`;

export function keepDraft(path: string, draft: Draft): void {
  localStorage.setItem(key(path), JSON.stringify(draft));
}

export function readDraft(path: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key(path)) ?? 'null') as Draft | null;
  } catch {
    return null;
  }
}

export function dropDraft(path: string): void {
  localStorage.removeItem(key(path));
}
