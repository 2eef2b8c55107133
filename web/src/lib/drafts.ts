// What was typed and is not saved yet, kept by the browser: the window or the server may be closed before. By folder
// as well as path: another folder may be served at the same address tomorrow. And by page: two tabs of one case keep
// what is theirs, and what a page left behind that is there no more is offered to the next.
import type { EditView } from './types';
import { newId } from './ids';

export interface Draft {
  text: string;
  /** The revision that was written on, and its text where there is room for it. */
  base: string | null;
  from?: string;
  /** What was sent to be saved and not answered: it may be in the file. */
  sent?: string | null;
  /** When. */
  at?: number;
}

/** Changes of forms that the server has not made yet. */
export interface Waiting {
  edits: EditView[];
  /** The text that the form was made of. */
  revision: string;
  text: string;
}

/** Something kept, and under which name. */
export interface Kept<T> {
  name: string;
  value: T;
}

type Kind = 'draft' | 'waiting';

/** This page, among all that are open; while it is, it holds the lock of that name. */
const own = newId();
const held = (id: string): string => `detente.page.${id}`;
const locks = (globalThis.navigator as Navigator | undefined)?.locks;
void locks?.request(held(own), () => new Promise(() => {}));

const whole = (kind: Kind, folder: string, path: string): string => `detente.${kind}.${folder}.${path}`;
const key = (kind: Kind, folder: string, path: string): string => `${whole(kind, folder, path)}#${own}`;

/** Whether it is kept: there may be no room. */
function keep(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function read<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

/** What pages that are gone left behind, of one kind and file, and what this one did; `then` is called while no other
 * page looks, and again when a page is gone that had something then: it may have been closing. Browsers that do not say
 * which pages are open count all others as gone. */
function left<T>(
  kind: Kind,
  folder: string,
  path: string,
  then: (all: Kept<T>[]) => void,
  awaited = new Set<string>(),
): void {
  const start = whole(kind, folder, path);
  const names = (): { name: string; page: string }[] =>
    Array.from({ length: localStorage.length }, (_, n) => localStorage.key(n) ?? '').flatMap((name) => {
      const page = name === start ? '' : /^#([0-9a-f]+)$/.exec(name.slice(start.length))?.[1];
      return name.startsWith(start) && page !== undefined ? [{ name, page }] : [];
    });
  const found = (open: Set<string>): Kept<T>[] =>
    names()
      .flatMap(({ name, page }) => {
        const value = open.has(page) ? null : read<T>(name);
        return value ? [{ name, value }] : [];
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (!locks) {
    then(found(new Set()));
    return;
  }
  void locks.request('detente.left', async () => {
    const { held: now = [] } = await locks.query();
    const open = new Set(now.map((one) => one.name?.replace(held(''), '') ?? ''));
    open.delete(own);
    then(found(open));
    for (const { page } of names().filter((one) => open.has(one.page) && !awaited.has(one.page))) {
      awaited.add(page);
      void locks.request(held(page), () => left(kind, folder, path, then, awaited));
    }
  });
}

/** Longer texts are kept without the one that they come from. */
const room = 400_000;

export function keepDraft(folder: string, path: string, draft: Draft): boolean {
  const { from, sent: _, ...rest } = draft;
  const all = from !== undefined && from.length < room ? draft : rest;
  return keep(key('draft', folder, path), all) || keep(key('draft', folder, path), rest);
}

export const leftDrafts = (folder: string, path: string, then: (all: Kept<Draft>[]) => void): void =>
  left('draft', folder, path, then);

/** Drops the draft of this page, or one that another left behind. */
export const dropDraft = (folder: string, path: string, name = key('draft', folder, path)): void =>
  localStorage.removeItem(name);

export function keepWaiting(folder: string, path: string, waiting: Waiting[]): void {
  if (waiting.length) keep(key('waiting', folder, path), waiting);
  else localStorage.removeItem(key('waiting', folder, path));
}

/** Takes over the changes that wait and that nobody else makes: `take` says whether it does. */
export function adoptWaiting(folder: string, path: string, take: (all: Waiting[]) => boolean): void {
  left<Waiting[]>('waiting', folder, path, (all) => {
    const mine = key('waiting', folder, path);
    if (!all.length || !take(all.flatMap(({ value }) => value))) return;
    for (const { name } of all) if (name !== mine) localStorage.removeItem(name);
  });
}
