// What was typed and is not saved yet, kept by the browser: the window or the server may be closed before. By folder
// as well as path: another folder may be served at the same address tomorrow.
import type { EditView } from './types';

export interface Draft {
  text: string;
  /** The revision that was written on, and its text where there is room for it. */
  base: string | null;
  from?: string;
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

const key = (kind: 'draft' | 'waiting', folder: string, path: string): string =>
  `detente.${kind}.${folder}.${path}`;

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

/** Longer texts are kept without the one that they come from. */
const room = 400_000;

export function keepDraft(folder: string, path: string, draft: Draft): boolean {
  const { from, ...rest } = draft;
  const whole = from !== undefined && from.length < room ? draft : rest;
  return keep(key('draft', folder, path), whole) || keep(key('draft', folder, path), rest);
}

export const readDraft = (folder: string, path: string): Draft | null =>
  read<Draft>(key('draft', folder, path));

export const dropDraft = (folder: string, path: string): void =>
  localStorage.removeItem(key('draft', folder, path));

export function keepWaiting(folder: string, path: string, waiting: Waiting[]): void {
  if (waiting.length) keep(key('waiting', folder, path), waiting);
  else localStorage.removeItem(key('waiting', folder, path));
}

export const readWaiting = (folder: string, path: string): Waiting[] =>
  read<Waiting[]>(key('waiting', folder, path)) ?? [];
