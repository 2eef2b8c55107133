// A case in graph form without one of its states: what falls with it, and what has to be changed before.
import { at, isTable, parts, text, texts, type FileView } from './file';
import { w } from './formwords';
import type { EditView } from './types';

export interface Without {
  edits: EditView[];
  /** What goes or changes with it, in words. */
  falls: string[];
  /** What would be left without a state: nothing is taken out while there is something. */
  kept: string[];
}

/** Takes a state out, and itself out of everything that names it; numbers of later states go down by one. */
export function withoutState(file: FileView | null, id: string): Without {
  const states = texts(at(file, 'graph.states'));
  const place = states.indexOf(id) + 1;
  const out: Without = { edits: [], falls: [], kept: [] };
  const named = (one: string): string => text(at(file, `graph.names.${one}`)) || one;
  const set = (address: string, expected: unknown, value: unknown): void => {
    out.edits.push(
      value === null ? { edit: 'remove', address, expected } : { edit: 'set', address, expected, value },
    );
  };
  /** Whether an entry is the state, by id or by number. */
  const is = (one: unknown): boolean => one === id || one === place || one === String(place);
  const lower = (one: unknown): unknown =>
    typeof one === 'number' && one > place
      ? one - 1
      : typeof one === 'string' && /^\d+$/.test(one) && !states.includes(one) && Number(one) > place
        ? String(Number(one) - 1)
        : one;
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

  set(
    'graph.states',
    states,
    states.filter((one) => one !== id),
  );
  const name = at(file, `graph.names.${id}`);
  if (name !== undefined) set(`graph.names.${id}`, name, null);

  /** A single state under a key: `otherwise` stands there when it is this one. */
  const single = (address: string, otherwise: unknown, words: string): void => {
    const now = at(file, address);
    if (now === undefined || Array.isArray(now) || isTable(now)) return;
    if (is(now)) {
      set(address, now, otherwise);
      out.falls.push(words);
    } else if (!same(lower(now), now)) set(address, now, lower(now));
  };
  const rest = states.find((one) => one !== id) ?? null;
  if (!rest) out.kept.push(w.lastState);
  single('status_quo.state', rest, w.startsElsewhere(rest ? named(rest) : ''));

  /** A list of states under a key of something that cannot be without one. */
  const listed = (address: string, words: string): void => {
    const now = at(file, address);
    if (!Array.isArray(now)) return;
    const left = now.filter((one) => !is(one)).map(lower);
    if (same(left, now)) return;
    if (!left.length) out.kept.push(words);
    set(address, now, left);
    if (left.length < now.length) out.falls.push(words);
  };
  for (const { key, value } of parts(file, 'outcome')) listed(`outcome.${key}.on`, text(value.name) || key);
  for (const { key, value } of parts(file, 'observed'))
    listed(`observed.${key}.outcome`, text(value.title) || key);
  for (const { key, value } of parts(file, 'question')) {
    listed(`question.${key}.outcome`, text(value.ask) || key);
    listed(`question.${key}.given`, text(value.ask) || key);
    single(`question.${key}.from`, null, text(value.ask) || key);
  }
  for (const table of ['variant', 'view'])
    for (const { key, value } of parts(file, table))
      single(`${table}.${key}.status_quo`, null, text(value.title) || key);

  const moves = (address: string, whose: (value: Record<string, unknown>) => string): void => {
    for (const { address: spot, value } of parts(file, address)) {
      const to = texts(value.to);
      const left = to.filter((one) => one !== id);
      const words = w.of(whose(value), w.movesOf(named(text(value.from)), to.map(named)));
      if (value.from === id || !left.length) set(spot, value, null);
      else if (left.length < to.length) set(`${spot}.to`, to, left);
      else continue;
      out.falls.push(words);
    }
  };
  const called = (actor: string): string => text(at(file, `actor.${actor}.name`)) || actor;
  moves('move', (value) => texts(value.parties).map(called).join(', '));
  for (const { key } of parts(file, 'actor')) {
    moves(`actor.${key}.move`, () => called(key));
    const spot = at(file, `actor.${key}.ranking.groups`) === undefined ? 'ranking' : 'ranking.groups';
    const groups = at(file, `actor.${key}.${spot}`);
    if (!Array.isArray(groups)) continue;
    const left = (groups as unknown[])
      .map((group) => (Array.isArray(group) ? group.filter((one) => !is(one)).map(lower) : group))
      .filter((group) => !Array.isArray(group) || group.length);
    if (same(left, groups)) continue;
    if (!left.length) out.kept.push(w.rankingOf(called(key)));
    set(`actor.${key}.${spot}`, groups, left);
    out.falls.push(w.rankingOf(called(key)));
  }
  return out;
}
