// Two changes of one value by one hand, the second made before the first was seen: a list gains and loses what each
// change says, a table its keys likewise, and of anything else the later word counts.

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const rising = (all: unknown[]): boolean =>
  all.every((x, n) => typeof x === 'number' && (n === 0 || (all[n - 1] as number) <= x));

/** What is in `all` and not in `others`, each as often as it is there more often. */
function beyond(all: unknown[], others: unknown[]): unknown[] {
  const left = others.map((x) => JSON.stringify(x));
  return all.filter((x) => {
    const at = left.indexOf(JSON.stringify(x));
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

/** `later` as its hand would have made it of `now`: both were made of `before`. Nothing stands where null does. */
export function together(before: unknown, now: unknown, later: unknown): unknown {
  if (same(before, now) || same(now, later)) return later;
  const all = [before, now, later].filter((value) => value !== null && value !== undefined);
  if (all.length && all.every(Array.isArray)) {
    const [b, n, l] = [before, now, later].map((value) => (value ?? []) as unknown[]) as [
      unknown[],
      unknown[],
      unknown[],
    ];
    const gone = beyond(b, l);
    const come = beyond(l, b);
    // Nothing came and nothing went: it was put in another order, and what came meanwhile stands at the end.
    const stands =
      !gone.length && !come.length ? [...beyond(l, beyond(b, n)), ...beyond(n, b)] : beyond(n, gone);
    const made = [...stands, ...beyond(come, beyond(n, b))];
    if (rising(n) && rising(l)) made.sort((x, y) => (x as number) - (y as number));
    return made.length ? made : null;
  }
  if (all.length && all.every(isTable)) {
    const [b, n, l] = [before, now, later].map((value) => (value ?? {}) as Record<string, unknown>) as [
      Record<string, unknown>,
      Record<string, unknown>,
      Record<string, unknown>,
    ];
    const made = [...new Set([...Object.keys(n), ...Object.keys(l)])]
      .map((key) => {
        const [was, is, will] = [b[key] ?? null, n[key] ?? null, l[key] ?? null];
        return [key, same(was, will) ? is : together(was, is, will)] as const;
      })
      .filter(([, value]) => value !== null);
    return made.length ? Object.fromEntries(made) : null;
  }
  return later;
}
