// What the case calls outcomes, where no list says so: of a large case by the names that it gives to outcomes, in its
// order; of any case which outcomes a question asks about.
import { holds, parse, type Formula } from './formula';
import type { CaseView } from './types';

type Cell = 'Y' | 'N' | '-';
type Known = Pick<CaseView, 'options' | 'definitions' | 'outcomes'>;

/** Definitions of definitions are followed so far. */
const deepest = 64;

/** Reads formulas of a case: each is parsed once, however many outcomes they are asked of. */
function reader(known: Known): (formula: string, cell: (option: number) => Cell) => boolean | null {
  const options = new Map(known.options.map((option, n) => [option.key, n]));
  const definitions = new Map(known.definitions.map((one) => [one.id, one.formula]));
  const trees = new Map<string, Formula | null>();
  return (formula, cell) => {
    const found = new Map<string, boolean | null>();
    const read = (formula: string, depth: number): boolean | null => {
      let tree = trees.get(formula);
      if (tree === undefined) trees.set(formula, (tree = parse(formula)));
      return tree && depth < deepest ? holds(tree, (id) => value(id, depth)) : null;
    };
    const value = (id: string, depth: number): boolean | null => {
      const option = options.get(id);
      if (option !== undefined) {
        const now = cell(option);
        return now === '-' ? null : now === 'Y';
      }
      const seen = found.get(id);
      if (seen !== undefined) return seen;
      const formula = definitions.get(id);
      const is = formula === undefined ? null : read(formula, depth + 1);
      found.set(id, is);
      return is;
    };
    return read(formula, 0);
  };
}

/** What the case calls the outcomes of a pattern, one name for all of them; null: none, or not one. */
export function nameOf(known: Known, pattern: string): string | null {
  const read = reader(known);
  for (const outcome of known.outcomes) {
    const is = outcome.formula ? read(outcome.formula, (n) => (pattern[n] ?? '-') as Cell) : null;
    if (is === null) return null;
    if (is) return outcome.name;
  }
  return null;
}

/** Whether what a question asks about, an outcome or a formula, holds where these options are on. */
export function asking(known: Known, asked: string): (on: number[]) => boolean {
  const formula = known.outcomes.find((one) => one.id === asked)?.formula ?? asked;
  const read = reader(known);
  return (on) => read(formula, (option) => (on.includes(option) ? 'Y' : 'N')) === true;
}

/** The outcome of this number as a pattern, in which nothing is open. */
export function patternOf(number: string, options: number): string {
  const bits = /^\d+$/.test(number) ? BigInt(number) : 0n;
  return Array.from({ length: options }, (_, n) => ((bits >> BigInt(n)) & 1n ? 'Y' : 'N')).join('');
}

/** What all of these patterns have in common. */
export const common = (patterns: string[]): string =>
  [...(patterns[0] ?? '')]
    .map((cell, n) => (patterns.every((other) => other[n] === cell) ? cell : '-'))
    .join('');
