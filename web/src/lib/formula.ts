// Formulas as trees: read, written, and built of words.

export type Formula =
  | { kind: 'name'; id: string }
  | { kind: 'const'; value: boolean }
  | { kind: 'not'; of: Formula }
  | { kind: 'and' | 'or'; of: Formula[] }
  | { kind: 'implies' | 'iff'; of: [Formula, Formula] };

type Token = { word: string; at: number };

const pattern = /\s*(<->|->|<=|>=|[()!&|=<>,]|"[^"]*"|'[^']*'|-?[A-Za-z0-9_]+(?:[-.][A-Za-z0-9_]+)*)/y;
const compares = ['=', '<', '<=', '>', '>='];
const signs: Record<string, string> = { '!': 'not', '&': 'and', '|': 'or', '->': 'implies', '<->': 'iff' };

function tokens(text: string): Token[] | null {
  const found: Token[] = [];
  pattern.lastIndex = 0;
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match?.[1]) return null;
    found.push({ word: signs[match[1]] ?? match[1], at: from });
  }
  return found;
}

/** The tree of a formula; null when it is none. */
export function parse(text: string): Formula | null {
  const all = tokens(text);
  if (!all?.length) return null;
  let at = 0;
  const peek = (): string | undefined => all[at]?.word;
  const take = (word: string): boolean => (peek() === word ? (at++, true) : false);
  const iff = (): Formula | null => {
    let left = implies();
    while (left && take('iff')) {
      const right = implies();
      left = right && { kind: 'iff', of: [left, right] };
    }
    return left;
  };
  const implies = (): Formula | null => {
    const left = several('or');
    if (!left || !take('implies')) return left;
    const right = implies();
    return right && { kind: 'implies', of: [left, right] };
  };
  const several = (kind: 'and' | 'or'): Formula | null => {
    const one = (): Formula | null => (kind === 'or' ? several('and') : not());
    const first = one();
    if (!first || peek() !== kind) return first;
    const of = [first];
    while (take(kind)) {
      const next = one();
      if (!next) return null;
      of.push(next);
    }
    return { kind, of };
  };
  const not = (): Formula | null => {
    if (!take('not')) return atom();
    const of = not();
    return of && { kind: 'not', of };
  };
  const atom = (): Formula | null => {
    if (take('(')) {
      const inner = iff();
      return inner && take(')') ? inner : null;
    }
    const word = peek();
    if (!word || ['and', 'or', 'implies', 'iff', ')', '('].includes(word)) return null;
    at++;
    let id = word;
    // `votes(house, a.sail, not b.mine) >= 51`: a name that ends with its parenthesis, and is compared.
    const votes = word === 'votes' && peek() === '(';
    if (votes) {
      const from = at;
      while (at < all.length && peek() !== ')') at++;
      if (!take(')')) return null;
      const inside = all.slice(from + 1, at - 1).map((one) => one.word);
      id = `votes(${inside.join(' ').replaceAll(' ,', ',')})`;
    }
    const sign = peek();
    if (sign !== undefined && compares.includes(sign)) {
      const operand = all[at + 1]?.word;
      if (!operand || !/^["\w-]/.test(operand)) return null;
      at += 2;
      return { kind: 'name', id: `${id} ${sign} ${operand}` };
    }
    if (votes || !/^[A-Za-z0-9_]/.test(word)) return null;
    return word === 'true' || word === 'false'
      ? { kind: 'const', value: word === 'true' }
      : { kind: 'name', id };
  };
  const whole = iff();
  return whole && at === all.length ? whole : null;
}

const power = { iff: 1, implies: 2, or: 3, and: 4, not: 5, name: 6, const: 6 };

/** The formula as it stands in a file, with no more parentheses than it needs. */
export function write(formula: Formula): string {
  const inside = (of: Formula, least: number): string =>
    power[of.kind] < least ? `(${write(of)})` : write(of);
  switch (formula.kind) {
    case 'name':
      return formula.id;
    case 'const':
      return String(formula.value);
    case 'not':
      return `not ${inside(formula.of, power.not)}`;
    case 'and':
    case 'or':
      return formula.of.map((one) => inside(one, power[formula.kind] + 1)).join(` ${formula.kind} `);
    case 'implies':
      return `${inside(formula.of[0], 3)} implies ${inside(formula.of[1], 2)}`;
    case 'iff':
      return `${inside(formula.of[0], 2)} iff ${inside(formula.of[1], 2)}`;
  }
}

export const negated = (formula: Formula): Formula =>
  formula.kind === 'not' ? formula.of : { kind: 'not', of: formula };

/** The names in a formula; a comparison is one. */
export function names(formula: Formula): string[] {
  switch (formula.kind) {
    case 'name':
      return [formula.id];
    case 'const':
      return [];
    case 'not':
      return names(formula.of);
    default:
      return formula.of.flatMap(names);
  }
}

/** Whether a formula holds where not every name in it is known; null: that depends on what is not. */
export function holds(formula: Formula, known: (id: string) => boolean | null): boolean | null {
  const inner = (of: Formula): boolean | null => holds(of, known);
  const not = (value: boolean | null): boolean | null => (value === null ? null : !value);
  const any = (values: (boolean | null)[]): boolean | null =>
    values.includes(true) ? true : values.includes(null) ? null : false;
  switch (formula.kind) {
    case 'name':
      return known(formula.id);
    case 'const':
      return formula.value;
    case 'not':
      return not(inner(formula.of));
    case 'and':
      return not(any(formula.of.map((of) => not(inner(of)))));
    case 'or':
      return any(formula.of.map(inner));
    case 'implies':
      return any([not(inner(formula.of[0])), inner(formula.of[1])]);
    case 'iff': {
      const [a, b] = formula.of.map(inner);
      return a === null || b === null ? null : a === b;
    }
  }
}

/** What a formula can be made of: options and named formulas, in words. */
export interface Word {
  id: string;
  /** `Company: Pay more`, or what a name stands for. */
  label: string;
  /** Of an option: the place of its actor. */
  actor?: number;
}

/** A choice of the builder: a word, so or not so. */
export interface Choice {
  formula: string;
  label: string;
  actor?: number;
}

const folded = (text: string): string => text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');

/** Whether each word that was typed is in a label. */
export const fits = (label: string, typed: string): boolean =>
  folded(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .every((word) => folded(label).includes(word));

/** The choices that what was typed stands for: each word that it has is in their label. Words that deny come for what
 * is denied. */
export function choices(words: Word[], typed: string, not: (label: string) => string): Choice[] {
  const wanted = folded(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const denied = wanted.some((word) => ['not', 'no', 'never', 'without'].includes(word));
  const rest = wanted.filter((word) => !['not', 'no', 'never', 'without'].includes(word));
  const fits = words.filter((word) => {
    const label = folded(`${word.label} ${word.id}`);
    return rest.every((part) => label.includes(part));
  });
  const so = fits.map((word) => ({ ...word, formula: word.id }));
  const notSo = fits.map((word) => ({ ...word, formula: `not ${word.id}`, label: not(word.label) }));
  const all = denied ? [...notSo, ...so] : so.flatMap((one, n) => [one, notSo[n]!]);
  return all.map(({ formula, label, actor }) => ({
    formula,
    label,
    ...(actor === undefined ? {} : { actor }),
  }));
}
