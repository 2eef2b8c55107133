// What forms need of the file: who is there and what they can do, in words; and the changes that fields make.
import { at, isTable, parts, text, texts, type FileView } from './file';
import { parse, type Formula, type Word } from './formula';
import { doc } from './document.svelte';
import { w } from './formwords';
import type { EditedView } from './types';

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

/** What formulas are made of. */
export function wordsOf(file: FileView | null): Word[] {
  const actors = actorsOf(file);
  const options = optionsOf(file).map((option) => ({
    id: option.id,
    label: w.of(actors[option.actor]?.name ?? '', option.text),
    actor: option.actor,
  }));
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
  const to = from + by;
  const one = all[from];
  if (!one || to < 0 || to >= all.length) return Promise.resolve(null);
  const before = all[by > 0 ? to + 1 : to]?.address ?? null;
  return doc.edit([{ edit: 'move', address: one.address, before }]);
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
export { at, parts, text, texts };
