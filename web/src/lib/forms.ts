// What forms need of the file: who is there and what they can do, in words; and the changes that fields make.
import { at, isTable, parts, text, texts, type FileView, type Part } from './file';
import { parse, type Formula, type Word } from './formula';
import { doc } from './document.svelte';
import { w } from './formwords';
import { session } from './session.svelte';
import type { EditedView, EditView } from './types';

export interface Named {
  id: string;
  name: string;
}

export const actorsOf = (file: FileView | null): Named[] =>
  parts(file, 'actor').map(({ key, value }) => ({ id: key, name: text(value?.name) || key }));

export interface OptionPart {
  /** `az.sign`. */
  id: string;
  address: string;
  actor: number;
  text: string;
  value: Record<string, unknown>;
}

/** Options in the order of the file; one in words alone as a table. */
export function optionsOf(file: FileView | null): OptionPart[] {
  return actorsOf(file).flatMap(({ id }, actor) =>
    parts<unknown>(file, `actor.${id}.option`).map(({ key, address, value }) => ({
      id: `${id}.${key}`,
      address,
      actor,
      text: (isTable(value) ? text(value.text) : text(value)) || key,
      value: isTable(value) ? value : {},
    })),
  );
}

/** Something that is on or off, or at a level: an option, an act, a chance event. */
export interface SwitchPart {
  /** `az.sign`, `act.peace`, `chance.election`. */
  id: string;
  label: string;
  actor?: number;
  /** Lowest first; none: on or off. */
  levels: (string | number)[];
  unit: string;
  /** Whether it may be at no level. */
  act: boolean;
}

/** All of them: options, acts, chance events, each in the order of the file. */
export function switchesOf(file: FileView | null): SwitchPart[] {
  const actors = actorsOf(file);
  const about = (value: unknown): Pick<SwitchPart, 'levels' | 'unit'> => ({
    levels: isTable(value) && Array.isArray(value.levels) ? (value.levels as (string | number)[]) : [],
    unit: isTable(value) ? text(value.unit) : '',
  });
  const options = optionsOf(file).map((option): SwitchPart => ({
    id: option.id,
    label: w.of(actors[option.actor]?.name ?? '', option.text),
    actor: option.actor,
    act: false,
    ...about(option.value),
  }));
  const others = ['act', 'chance'].flatMap((table) =>
    parts(file, table).map(({ key, value }): SwitchPart => ({
      id: `${table}.${key}`,
      label: text(value?.text) || key,
      act: table === 'act',
      ...about(value),
    })),
  );
  return [...options, ...others];
}

/** What formulas are made of. */
export function wordsOf(file: FileView | null): Word[] {
  const options = switchesOf(file).flatMap((one): Word[] => {
    const { id, label } = one;
    const actor = one.actor === undefined ? {} : { actor: one.actor };
    const bare = one.levels.length && !one.act ? [] : [{ id, label, ...actor }];
    const at = one.levels.flatMap((level, n): Word[] => {
      const operand = typeof level === 'number' ? String(level) : JSON.stringify(level);
      const said = w.atLevel(text(level), one.unit);
      const word = (sign: string, words: string): Word => ({
        id: `${id} ${sign} ${operand}`,
        label: `${label}: ${words}`,
        ...actor,
      });
      const inside = n > 0 && n < one.levels.length - 1;
      return [word('=', said), ...(inside ? [word('>=', w.atLeast(said)), word('<=', w.atMost(said))] : [])];
    });
    return [...bare, ...at];
  });
  const names = parts<unknown>(file, 'define').map(({ key, value }) => ({
    id: key,
    label: (isTable(value) && text(value.says)) || w.named(key, text(isTable(value) ? value.that : value)),
  }));
  return [...options, ...names];
}

/** A formula in words, as far as they go. */
export function inWords(formula: string, words: Word[]): string {
  const known = new Map(words.map((word) => [word.id, word.label]));
  const said = (of: Formula): string => {
    switch (of.kind) {
      case 'name':
        return known.get(of.id) ?? of.id;
      case 'const':
        return of.value ? w.always : w.neverSo;
      case 'not':
        return w.not(bracketed(of.of));
      case 'and':
      case 'or':
        return of.of.map(bracketed).join(` ${of.kind} `);
      default:
        return `${bracketed(of.of[0])} ${of.kind} ${bracketed(of.of[1])}`;
    }
  };
  const bracketed = (of: Formula): string =>
    of.kind === 'name' || of.kind === 'const' || of.kind === 'not' ? said(of) : `(${said(of)})`;
  const tree = parse(formula);
  return tree ? said(tree) : formula;
}

const empty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || value === false;

/** Sets what stands at an address, or removes it when nothing is to stand there; `before`: what was seen there. */
export const put = (address: string, value: unknown, before: unknown): Promise<EditedView | null> =>
  doc.edit([
    empty(value)
      ? { edit: 'remove', address, expected: before ?? null }
      : { edit: 'set', address, value, expected: before ?? null },
  ]);

/** Changes what stands at an address as a function of it: of what is on its way there, where something is. */
export function amend(
  address: string,
  seen: unknown,
  change: (now: unknown) => unknown,
): Promise<EditedView | null> {
  const now = doc.coming(address, seen);
  return put(address, change(now), now);
}

/** Where the entry at place `n` of what is seen stands in what is on its way: by what it says, else by place where as many
 * stand there; −1: it is gone. */
export function alike(now: unknown[], seen: unknown[], n: number): number {
  const said = JSON.stringify(seen[n]);
  const nth = seen.slice(0, n).filter((one) => JSON.stringify(one) === said).length;
  const places = now.flatMap((one, k) => (JSON.stringify(one) === said ? [k] : []));
  return places[nth] ?? places.at(-1) ?? (now.length === seen.length ? n : -1);
}

/** The same of a list of ids: with one more, or without it. */
export const include = (
  address: string,
  seen: unknown,
  id: string,
  is: boolean,
): Promise<EditedView | null> =>
  amend(address, seen, (now) =>
    texts(now).includes(id) && is ? now : [...texts(now).filter((one) => one !== id), ...(is ? [id] : [])],
  );

/** Adds a thing; gives its address. */
export async function add(
  address: string,
  value: Record<string, unknown>,
  named: string | null = null,
  before: string | null = null,
): Promise<string | null> {
  const edited = await doc.edit([{ edit: 'add', address, named, before, value }]);
  return edited?.made[0] ?? null;
}

export const attach = (address: string, claim: string): Promise<EditedView | null> =>
  doc.edit([{ edit: 'attach', address, claim }]);
export const detach = (address: string, claim: string): Promise<EditedView | null> =>
  doc.edit([{ edit: 'detach', address, claim }]);

/** Moves one of `all` by so many places. */
export function step(all: { address: string }[], from: number, by: number): Promise<EditedView | null> {
  const one = all[from];
  const order = doc.ordered(all);
  const to = one ? order.indexOf(one) + by : -1;
  if (!one || to < 0 || to >= order.length) return Promise.resolve(null);
  const before = order[by > 0 ? to + 1 : to]?.address ?? null;
  return doc.edit([{ edit: 'move', address: one.address, before }]);
}

/** Of what a wish over levels is, and which kind; null of another. */
function overLevels(value: Record<string, unknown>): { kind: string; of: string } | null {
  if (isTable(value.nearest)) return { kind: 'nearest', of: text(value.nearest.of) };
  for (const kind of ['least', 'most']) if (value[kind] !== undefined) return { kind, of: text(value[kind]) };
  return null;
}

/** A wish over levels in words; empty of another. */
export function levelsInWords(value: Record<string, unknown>, switches: SwitchPart[]): string {
  const found = overLevels(value);
  if (!found) return '';
  const label = switches.find((one) => one.id === found.of)?.label ?? found.of;
  const said: Record<string, (what: string) => string> = {
    least: w.leastOf,
    most: w.mostOf,
    nearest: w.nearestOf,
  };
  return said[found.kind]?.(label) ?? label;
}

/** Wishes over levels, to be chosen beside formulas: `least us.tariff`. */
export const levelWishes = (switches: SwitchPart[]): { formula: string; label: string }[] =>
  switches
    .filter((one) => one.levels.length)
    .flatMap(({ id, label, levels }) => [
      { formula: `least ${id}`, label: w.leastOf(label) },
      { formula: `most ${id}`, label: w.mostOf(label) },
      ...(levels.every((level) => typeof level === 'number')
        ? [{ formula: `nearest ${id}`, label: w.nearestOf(label) }]
        : []),
    ]);

/** A new wish, of a formula or of what was chosen over levels. */
export function newWish(that: string, switches: SwitchPart[], weighs: boolean): Record<string, unknown> {
  if (weighs) return { that, assumption: true };
  if (!levelWishes(switches).some((one) => one.formula === that)) return { that, assumption: true };
  const [kind = '', of = ''] = that.split(' ');
  return { [kind]: kind === 'nearest' ? { of } : of, assumption: true };
}

/** A rule in words. */
export function ruleWords(rule: Record<string, unknown>, words: Word[]): string {
  for (const kind of ['never', 'always'])
    if (rule[kind] !== undefined) return `${inWords(text(rule[kind]), words)}: ${w.ruleOf[kind]}`;
  for (const kind of ['at_most_one', 'exactly_one'])
    if (rule[kind] !== undefined)
      return `${w.ruleOf[kind]}: ${texts(rule[kind])
        .map((one) => inWords(one, words))
        .join('; ')}`;
  return `${inWords(text(rule.option), words)} ${w.ruleOf.requires} ${inWords(text(rule.requires), words)}`;
}

/** What a new rule of this kind says, made of the first thing that is chosen for it. */
export const newRule = (kind: string, chosen: string): Record<string, unknown> => ({
  ...(kind === 'requires'
    ? { option: chosen, requires: 'true' }
    : { [kind]: kind === 'never' || kind === 'always' ? chosen : [chosen] }),
  assumption: true,
});

/** A wish or a rule, wherever it stands. */
export interface Ruled extends Part<unknown> {
  /** Its id in the file; empty: it has none. */
  id: string;
  label: string;
}
export interface Wished extends Ruled {
  /** What is wished, without whose wish it is. */
  words: string;
  actor: string;
  at: number;
  list: 'prefers' | 'weighs';
}

/** All wishes of all actors, in words. */
export function wishesOf(file: FileView | null): Wished[] {
  const words = wordsOf(file);
  const switches = switchesOf(file);
  return actorsOf(file).flatMap(({ id: actor, name }, n) =>
    (['prefers', 'weighs'] as const).flatMap((list) =>
      parts<unknown>(file, `actor.${actor}.${list}`).map((part): Wished => {
        const table = isTable(part.value) ? part.value : { that: part.value };
        const over = levelsInWords(table, switches);
        const said = session.said.get(part.address) ?? (over || inWords(text(table.that), words));
        return { ...part, id: text(table.id), actor, at: n, list, words: said, label: w.of(name, said) };
      }),
    ),
  );
}

/** All rules, in words. */
export function rulesOf(file: FileView | null): Ruled[] {
  const words = wordsOf(file);
  return parts(file, 'rule').map((part) => ({
    ...part,
    id: text(part.value.id),
    label: session.said.get(part.address) ?? (text(part.value.says) || ruleWords(part.value, words)),
  }));
}

/** The id by which others can refer to it; where it has none yet, the change that gives it one. */
export function identified(one: Ruled, all: Ruled[], word: string): { id: string; edits: EditView[] } {
  if (one.id) return { id: one.id, edits: [] };
  const taken = new Set(all.map((other) => text(doc.coming(`${other.address}.id`, other.id))));
  const waits = text(doc.coming(`${one.address}.id`, null));
  if (waits) return { id: waits, edits: [] };
  let number = 1;
  while (taken.has(`${word}-${number}`)) number++;
  const id = `${word}-${number}`;
  return { id, edits: [{ edit: 'set', address: `${one.address}.id`, value: id, expected: null }] };
}

/** The states of a case in graph form, by name. */
export function statesOf(file: FileView | null): { value: string; label: string; aside: string }[] {
  return texts(at(file, 'graph.states')).map((id) => ({
    value: id,
    label: text(at(file, `graph.names.${id}`)) || id,
    aside: id,
  }));
}

/** The claims of a case: id and what they say. */
export const claimsOf = (file: FileView | null): { value: string; label: string; aside: string }[] =>
  parts(file, 'claim').map(({ key, value }) => ({
    value: key,
    label: text(value?.says) || text(value?.quote) || key,
    aside: key,
  }));

export const because = (value: unknown): string[] => texts(isTable(value) ? value.because : null);
export const assumed = (value: unknown): boolean => isTable(value) && value.assumption === true;
/** Whether it was read from a text and is not taken yet: no answer depends on it. */
export const proposed = (value: unknown): boolean => isTable(value) && value.proposed === true;
export { at, parts, text, texts };
