// What the views read out of an answer: verdicts, letters, columns, moves.
import { asking } from './named';
import type { ActorView, AnswerView, CaseView, ConceptView, OutcomeRow } from './types';

export type Verdict = 'stay' | 'held' | 'go' | 'unknown';

/** The bit of a concept in `stable` and `equilibrium`. */
export function bit(answer: AnswerView, concept: string): number {
  const at = answer.concepts.indexOf(concept);
  return at < 0 ? 0 : 1 << at;
}

/** How firmly an outcome holds for an actor: by the shape that is drawn. */
export function verdict(answer: AnswerView, row: OutcomeRow, actor: number): Verdict {
  const bits = row.stable[actor];
  if (bits === undefined) return 'unknown';
  if (bits & bit(answer, 'nash')) return 'stay';
  if (bits !== 0) return 'held';
  return row.leaves[actor] === null || row.leaves[actor] === undefined ? 'unknown' : 'go';
}

/** The concept to explain a verdict under: the firmest that holds, or Nash when none does. */
export function conceptOf(answer: AnswerView, row: OutcomeRow, actor: number): string {
  const bits = row.stable[actor] ?? 0;
  for (const concept of ['nash', 'sseq', 'seq', 'smr', 'gmr'])
    if (bits & bit(answer, concept)) return concept;
  return 'seq';
}

/** Those who decide: not what several do together, which stands behind them as a group without a wish. */
export const deciders = <T extends { id: string }>(actors: T[]): T[] =>
  actors.filter((actor) => actor.id !== 'act');

/** The words of a verdict, as the server has them for the actor at this place. */
export function verdictWords(answer: AnswerView, verdict: Verdict, actor: number): string {
  return answer.said.actors[actor]?.[verdict] ?? '';
}

/** Whether it lasts: nobody would leave it, alone or with others by an act. */
export const isNash = (answer: AnswerView, row: OutcomeRow): boolean =>
  (row.equilibrium & bit(answer, 'nash')) !== 0;

/** A concept in words. */
export const conceptSaid = (answer: AnswerView, id: string): ConceptView | undefined =>
  answer.said.concepts.find((concept) => concept.id === id);

/** The firmest concept under which an outcome is an equilibrium, in a word. */
export function lasts(answer: AnswerView, row: OutcomeRow): string {
  for (const concept of ['nash', 'sseq', 'seq', 'smr', 'gmr']) {
    if (row.equilibrium & bit(answer, concept)) return conceptSaid(answer, concept)?.word ?? concept;
  }
  return answer.said.left;
}

const places = new WeakMap<OutcomeRow[], Map<string, number>>();

/** Position by state number. */
export function byNumber(answer: AnswerView): Map<string, number> {
  let found = places.get(answer.outcomes);
  if (!found)
    places.set(answer.outcomes, (found = new Map(answer.outcomes.map((row, at) => [row.number, at]))));
  return found;
}

/** Most outcomes that stand as columns when nobody chose, and how many of them that last. */
const mostColumns = 8;
const mostLasting = 6;

/**
 * What a question is about, as an outcome to look at: one that has what is asked, rather one that lasts or has a name,
 * and what shows the answer. Of the first question where none is chosen.
 */
export function asked(answer: AnswerView, caseView: CaseView | null, question: string | null): number[] {
  const of = answer.questions.find((one) => one.id === question) ?? answer.questions[0];
  const wanted = caseView?.questions.find((one) => one.id === of?.id)?.outcome;
  const at = byNumber(answer);
  const shows = of?.states.map((number) => at.get(number)).find((place) => place !== undefined);
  if (!caseView || !wanted || answer.cut) return shows === undefined ? [] : [shows];
  let found: number | undefined;
  let best = -1;
  const has = asking(caseView, wanted);
  // A case in graph form has no formulas: there the answer shows the states.
  if (caseView.options.length)
    for (const [place, row] of answer.outcomes.entries()) {
      const worth = 2 * Number(isNash(answer, row)) + Number(row.named);
      if (worth <= best || !has(row.on)) continue;
      found = place;
      best = worth;
    }
  return [found, shows].filter((place): place is number => place !== undefined);
}

/**
 * The outcomes that stand as columns: today and those that were chosen; when nobody chose, today, what lasts, what is
 * asked about, named outcomes, where joint moves lead, at most eight.
 */
export function columns(answer: AnswerView, chosen: string[], asked: number[] = []): number[] {
  const at = byNumber(answer);
  const result: number[] = [];
  const add = (position: number | null | undefined): void => {
    if (position !== null && position !== undefined && !result.includes(position)) result.push(position);
  };
  add(answer.status_quo);
  const picked = chosen.map((number) => at.get(number)).filter((p): p is number => p !== undefined);
  if (picked.length) {
    picked.forEach(add);
    return result;
  }
  answer.outcomes.forEach(
    (row, position) => isNash(answer, row) && result.length < mostLasting && add(position),
  );
  asked.forEach(add);
  // One way out of what lasts, by the smallest group, to an outcome of another name; not from today,
  // where it has to begin anyway.
  const brief = (at: number): string => answer.outcomes[at]?.name ?? '';
  const exits = answer.moves
    .filter(
      (move) =>
        move.from !== answer.status_quo &&
        result.includes(move.from) &&
        !result.some((at) => brief(at) === brief(move.to)),
    )
    .sort(
      (a, b) =>
        a.actors.length - b.actors.length ||
        Number(answer.outcomes[b.to]?.named) - Number(answer.outcomes[a.to]?.named),
    );
  if (result.length < 4) add(exits[0]?.to);
  answer.outcomes.forEach((row, position) => row.named && result.length < 4 && add(position));
  return result.slice(0, mostColumns);
}

/** How many of the outcomes that are listed last. */
export const allLasting = (answer: AnswerView): number =>
  answer.outcomes.filter((row) => isNash(answer, row)).length;

/** Of the outcomes that last, those that are not among `shown`, by number. */
export function notShown(answer: AnswerView, shown: number[]): string[] {
  return answer.outcomes
    .filter((row, at) => isNash(answer, row) && !shown.includes(at))
    .map((row) => row.number);
}

/** What becomes of an outcome in one answer: in the server's words, with its mark. */
export function fate(answer: AnswerView, number: string): { verdict: Verdict | 'gone'; words: string } {
  const row = answer.outcomes[byNumber(answer).get(number) ?? -1];
  if (!row) return { verdict: 'gone', words: answer.said.gone };
  const all = row.stable.map((_, at) => verdict(answer, row, at));
  const mark = isNash(answer, row)
    ? 'stay'
    : // What no actor leaves alone and what does not last all the same is left by several.
      ((['go', 'held', 'unknown'] as const).find((one) => all.includes(one)) ?? 'go');
  return { verdict: mark, words: answer.said.fates[row.fate] ?? '' };
}

/**
 * Whether the same outcomes last in two answers of cases too large to list: known only where their patterns are
 * complete, and so are compared.
 */
export function sameStructure(a: AnswerView, b: AnswerView): boolean {
  const parts = ({ structure }: AnswerView): string => JSON.stringify(structure);
  return [...a.structure, ...b.structure].every((s) => s.patterns_complete) && parts(a) === parts(b);
}

/** Letters for outcomes, in the order given. */
export function letter(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : String(index + 1);
}

/** The number of the outcome of a pattern in which everything that may be either is left undone. */
export function lowest(pattern: string): string {
  let number = 0n;
  [...pattern].forEach((cell, option) => {
    if (cell === 'Y') number |= 1n << BigInt(option);
  });
  return number.toString();
}

/** The name of an outcome before its first colon, as the server shortens it: for heads of columns. */
export function brief(name: string): string {
  return name.split(':')[0]?.trim() || name;
}

/** Names side by side where there is room for their beginning alone: of those that begin alike, what tells them apart. */
export function toldApart(names: string[]): string[] {
  const parts = names.map((name) => name.split(', '));
  return names.map((name, n) => {
    const own = parts[n] ?? [];
    const alike = parts.filter((other, k) => other[0] === own[0] && names[k] !== name);
    if (!alike.length) return name;
    let same = 1;
    while (same < own.length && alike.every((other) => other[same] === own[same])) same++;
    const rest = own.slice(same);
    return rest.length ? `… ${rest.join(', ')}` : name;
  });
}

/** Positions of options that differ between two outcomes. */
export function differing(a: OutcomeRow, b: OutcomeRow): Set<number> {
  const on = new Set(a.on);
  const result = new Set<number>();
  for (const option of b.on) if (!on.delete(option)) result.add(option);
  on.forEach((option) => result.add(option));
  return result;
}

/** The class of an actor's colour: eight colours, then grey. */
export const actorClass = (index: number): string => `ac-${index < 8 ? index + 1 : 9}`;

/** The code with its first letter large: `Az`. */
export const badge = (actor: ActorView | undefined): string =>
  actor ? actor.code.charAt(0) + actor.code.slice(1).toLowerCase() : '?';

/** Outcomes that can be reached from `start` by single improvements, `start` included. */
export function reachable(answer: AnswerView, start: number): Set<number> {
  const seen = new Set([start]);
  const queue = [start];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const to of answer.outcomes[at]?.leaves ?? []) {
      if (to !== null && to !== undefined && !seen.has(to)) {
        seen.add(to);
        queue.push(to);
      }
    }
  }
  return seen;
}

/** An answer in one breath: the word for the first question, how many outcomes last, in full for who asks. */
export function lead(answer: AnswerView): { word: string; text: string; full: string } {
  const q = answer.questions[0];
  const known = q && q.answer !== 'not_computed';
  return {
    word: known ? q.lead : '',
    text: answer.said.count,
    full: known ? q.text : answer.headline,
  };
}
