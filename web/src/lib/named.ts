// Outcomes of a large case, of which no list has the names: by the names that the case gives to outcomes, in its order.
import { holds, parse } from './formula';
import type { CaseView } from './types';

type Cell = 'Y' | 'N' | '-';
type Known = Pick<CaseView, 'options' | 'definitions' | 'outcomes'>;

/** Definitions of definitions are followed so far. */
const deepest = 64;

/** What the case calls the outcomes of a pattern, one name for all of them; null: none, or not one. */
export function nameOf(known: Known, pattern: string): string | null {
  const cells = new Map<string, Cell>(
    known.options.map((option, n) => [option.key, (pattern[n] ?? '-') as Cell]),
  );
  const definitions = new Map(known.definitions.map((one) => [one.id, one.formula]));
  const found = new Map<string, boolean | null>();
  const value = (id: string, depth: number): boolean | null => {
    const cell = cells.get(id);
    if (cell) return cell === '-' ? null : cell === 'Y';
    const seen = found.get(id);
    if (seen !== undefined) return seen;
    const formula = definitions.get(id);
    const tree = formula !== undefined && depth < deepest ? parse(formula) : null;
    const is = tree ? holds(tree, (name) => value(name, depth + 1)) : null;
    found.set(id, is);
    return is;
  };
  for (const outcome of known.outcomes) {
    const tree = outcome.formula ? parse(outcome.formula) : null;
    const is = tree ? holds(tree, (name) => value(name, 0)) : null;
    if (is === null) return null;
    if (is) return outcome.name;
  }
  return null;
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
