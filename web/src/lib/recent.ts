// Where one was: addresses looked at last, and the revision of each case when it was last open.
import type { ViewName } from './route';

export interface Place {
  path: string;
  view: ViewName;
  title: string;
  address: string;
  at: number;
}

const key = 'detente.recent';
const seenKey = 'detente.seen';

function read<T>(name: string, otherwise: T): T {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? 'null') as T | null) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Places looked at last, newest first: one for each case and view. */
export function recent(): Place[] {
  const list = read<unknown>(key, []);
  return Array.isArray(list)
    ? (list as Place[]).filter((p) => typeof p?.address === 'string').slice(0, 5)
    : [];
}

export function remember(place: Place): void {
  const list = [place, ...recent().filter((p) => p.path !== place.path || p.view !== place.view)];
  localStorage.setItem(key, JSON.stringify(list.slice(0, 8)));
}

/** The revision of each case when it was last open here. */
export const seen = (): Record<string, string> => read<Record<string, string>>(seenKey, {});

export function see(path: string, revision: string): void {
  localStorage.setItem(seenKey, JSON.stringify({ ...seen(), [path]: revision }));
}
