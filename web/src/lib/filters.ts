// Which of the outcomes the table shows, and in which order: what stands in the address as filters and sort.
import { bit, verdict } from './outcomes';
import { t } from './strings';
import type { AnswerView, CaseView, OutcomeRow } from './types';

/** A condition on outcomes. `shown`: as a button of its own; `actor`: whose colour it has in the list. */
export interface Filter {
  id: string;
  label: string;
  actor?: number;
  shown: boolean;
  passes: (row: OutcomeRow, at: number) => boolean;
}

/** An outcome and its place in the answer. */
export interface Placed {
  row: OutcomeRow;
  at: number;
}

/** All filters that fit a case: what lasts, what is defined, what an actor would do, what is done. */
function filters(caseView: CaseView, answer: AnswerView): Filter[] {
  const seq = bit(answer, 'seq');
  /** Each actor for itself: what several do together is another matter. */
  const all =
    (which: number) =>
    (row: OutcomeRow): boolean =>
      row.stable.every((bits) => bits & which);
  const list: Filter[] = [
    { id: 'nash', label: answer.said.nash, shown: true, passes: all(bit(answer, 'nash')) },
    {
      id: 'stable',
      label: answer.said.stable,
      shown: true,
      passes: all(seq),
    },
  ];
  answer.holds.forEach((held, n) => {
    const inside = new Set(held.outcomes);
    const words = caseView.definitions.find((d) => d.id === held.id)?.words ?? held.id;
    list.push({ id: `is-${held.id}`, label: words, shown: n < 2, passes: (_, at) => inside.has(at) });
    list.push({
      id: `not-${held.id}`,
      label: t.answer.filterNot(words),
      shown: false,
      passes: (_, at) => !inside.has(at),
    });
  });
  caseView.actors.forEach((actor, a) => {
    list.push({
      id: `stay-${actor.id}`,
      label: answer.said.actors[a]?.stay ?? '',
      actor: a,
      shown: false,
      passes: (row) => verdict(answer, row, a) === 'stay',
    });
    list.push({
      id: `held-${actor.id}`,
      label: answer.said.actors[a]?.held ?? '',
      actor: a,
      shown: false,
      passes: (row) => verdict(answer, row, a) === 'held',
    });
    list.push({
      id: `go-${actor.id}`,
      label: answer.said.actors[a]?.go ?? '',
      actor: a,
      shown: false,
      passes: (row) => verdict(answer, row, a) === 'go',
    });
  });
  caseView.options.forEach((option, o) => {
    list.push({
      id: `on-${option.id}`,
      label: option.text,
      actor: option.actor,
      shown: false,
      passes: (row) => row.on.includes(o),
    });
    list.push({
      id: `off-${option.id}`,
      label: t.answer.filterNot(option.text),
      actor: option.actor,
      shown: false,
      passes: (row) => !row.on.includes(o),
    });
  });
  return list;
}

/** How many outcomes pass all of `active`: asked for every filter of a long list, so nothing is made for it. */
export function count(answer: AnswerView, active: Filter[]): number {
  return answer.outcomes.reduce((n, row, at) => (active.every((f) => f.passes(row, at)) ? n + 1 : n), 0);
}

/** The outcomes that pass all of `active`, by number, or from the best to the worst of the actor at `by`. */
function passing(answer: AnswerView, active: Filter[], by: number): Placed[] {
  const rows = answer.outcomes
    .map((row, at) => ({ row, at }))
    .filter(({ row, at }) => active.every((f) => f.passes(row, at)));
  if (by >= 0) rows.sort((a, b) => (a.row.ranks[by] ?? 0) - (b.row.ranks[by] ?? 0) || a.at - b.at);
  return rows;
}

/** What the table lists for the filters and the actor to sort by that stand in the address. */
export function listed(
  caseView: CaseView,
  answer: AnswerView,
  names: string[],
  sort: string | null,
): { all: Filter[]; active: Filter[]; by: number; rows: Placed[] } {
  const all = filters(caseView, answer);
  const active = all.filter((f) => names.includes(f.id));
  const by = caseView.actors.findIndex((a) => a.id === sort);
  return { all, active, by, rows: passing(answer, active, by) };
}
