// The file as data: what forms show, and how they name what they change. Entries of lists have keys (their ids, or
// digests of what they say), so that a change never meets another thing that has taken the place.

type Table = Record<string, unknown>;

export interface FileView {
  value: Table;
  /** By the address of a list: the keys of its entries; by that of a table of things: their ids in file order. */
  keys: Record<string, string[]>;
}

/** Something in the file, by the address that edits use. */
export interface Part<T = Table> {
  address: string;
  /** The key or id alone. */
  key: string;
  value: T;
}

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The steps of an address: keys, and in brackets the keys of entries. */
const steps = (address: string): string[] => address.split('.').flatMap((part) => part.split(/(?=\[)/));

/** What stands at an address; undefined: nothing. */
export function at(file: FileView | null, address: string): unknown {
  let value: unknown = file?.value;
  let path = '';
  for (const step of steps(address)) {
    if (step.startsWith('[')) {
      const place = (file?.keys[path] ?? []).indexOf(step.slice(1, -1));
      value = Array.isArray(value) && place >= 0 ? (value as unknown[])[place] : undefined;
      path += step;
    } else {
      value = isTable(value) ? value[step] : undefined;
      path = path ? `${path}.${step}` : step;
    }
  }
  return value;
}

/** The entries of a list, or the things of a table, in the order of the file. */
export function parts<T = Table>(file: FileView | null, address: string): Part<T>[] {
  const value = at(file, address);
  const keys = file?.keys[address] ?? [];
  if (Array.isArray(value))
    return (value as T[]).map((entry, n) => ({
      address: `${address}[${keys[n] ?? n}]`,
      key: keys[n] ?? String(n),
      value: entry,
    }));
  if (!isTable(value)) return [];
  const order = keys.length ? keys : Object.keys(value);
  return order.map((id) => ({ address: `${address}.${id}`, key: id, value: value[id] as T }));
}

/** An address of places (`actor.az.prefers[2]`) as edits name it; as it is, where there is no such entry. */
export function keyed(file: FileView | null, address: string): string {
  let path = '';
  for (const step of steps(address)) {
    if (!step.startsWith('[')) path = path ? `${path}.${step}` : step;
    else if (/^\[\d+\]$/.test(step))
      path += `[${file?.keys[path]?.[Number(step.slice(1, -1))] ?? step.slice(1, -1)}]`;
    else path += step;
  }
  return path;
}

/** The same the other way round: the places that keys stand at now. */
export function placed(file: FileView | null, address: string): string {
  let path = '';
  let out = '';
  for (const step of steps(address)) {
    if (step.startsWith('[')) {
      out += `[${file?.keys[path]?.indexOf(step.slice(1, -1)) ?? -1}]`;
      path += step;
    } else {
      path = path ? `${path}.${step}` : step;
      out = out ? `${out}.${step}` : step;
    }
  }
  return out;
}

export const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
