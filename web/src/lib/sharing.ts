// Of a new value only what differs from the old one is new: what is equal stays the same object, so that the page
// draws again what changed and nothing else.

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `now` with all parts that are equal in `old` taken from there; `old` itself when all are. For values from JSON; `now` is changed. */
export function sharing<T>(old: unknown, now: T): T {
  if (Object.is(old, now)) return now;
  if (Array.isArray(old) && Array.isArray(now)) {
    let same = old.length === now.length;
    for (let at = 0; at < now.length; at++) {
      now[at] = sharing(old[at], now[at]);
      if (!Object.is(now[at], old[at])) same = false;
    }
    return same ? (old as T) : now;
  }
  if (isPlain(old) && isPlain(now)) {
    const keys = Object.keys(now);
    let same = keys.length === Object.keys(old).length;
    for (const key of keys) {
      (now as Plain)[key] = sharing(old[key], now[key]);
      if (!Object.is(now[key], old[key])) same = false;
    }
    return same ? (old as unknown as T) : now;
  }
  return now;
}
