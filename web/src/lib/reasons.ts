// Which reason is asked for, and what is said of it.
import { client, type Looking } from './client';
import { brief, byNumber, columns, conceptOf, isNash, lowest, verdict } from './outcomes';
import type { Route } from './route';
import { t } from './strings';
import type { ActorView, AnswerView, ExitView, TogetherView, WhyView } from './types';

export type Asked = NonNullable<Route['why']>;

/** The outcome and the actor, or the actors together, that a reason is about. */
export interface Target {
  number: string;
  name: string;
  actor: number;
  concept: string;
  joint: number[] | null;
  to: string | null;
}

/** A reason as it is shown: of a verdict, or of a joint improvement. */
export interface Reason {
  target: Target;
  view: WhyView | null;
  exit: ExitView | null;
}

/** What `why` of the address names; without it, what tells most: of the first column that lasts, else of today, an actor that is held back. */
export function targetOf(
  answer: AnswerView,
  actors: ActorView[],
  why: Asked | null,
  shown: string[],
  /** Of a large case, which lists no outcomes: what the outcome of a number is called. */
  called: (number: string) => string | null = () => null,
): Target | null {
  const ids = why?.actor.split('+') ?? [];
  const joint = ids.length > 1 ? ids.map((id) => actors.findIndex((a) => a.id === id)) : null;
  const asked = actors.findIndex((a) => a.id === ids[0]);
  if (answer.cut) {
    // A large case: any outcome can be asked about, by its number.
    const first = answer.structure[0]?.patterns[0];
    const number = why?.state ?? (first ? lowest(first) : null);
    if (!number) return null;
    return {
      number,
      name: called(number) ?? t.answer.outcome(number),
      actor: Math.max(0, asked),
      concept: 'nash',
      joint,
      to: why?.to ?? null,
    };
  }
  const all = columns(answer, shown);
  const lasting = all.find((one) => answer.outcomes[one] && isNash(answer, answer.outcomes[one]));
  const at = why ? byNumber(answer).get(why.state) : (lasting ?? all[0]);
  const row = at === undefined ? undefined : answer.outcomes[at];
  if (!row) return null;
  const telling = actors.findIndex((_, a) => verdict(answer, row, a) === 'held');
  const actor = asked >= 0 ? asked : Math.max(0, telling);
  return {
    number: row.number,
    name: row.name,
    actor,
    concept: conceptOf(answer, row, actor),
    joint,
    to: why?.to ?? null,
  };
}

/** Why the verdict is as it is. In a large case, of which no list says what holds: Nash, else what answers could do. */
export async function whyOf(looking: Looking, target: Target, actor: string, cut: boolean): Promise<WhyView> {
  const ask = (concept: string): Promise<WhyView> => client.why(looking, target.number, actor, concept);
  if (!cut) return ask(target.concept);
  const found = await ask('nash');
  return found.stable ? found : ask('seq');
}

const same = (a: number[], b: number[]): boolean =>
  a.length === b.length && [...a].sort().join() === [...b].sort().join();

/** The joint improvement that is meant, or another of the same end. */
export function exitOf(together: TogetherView | null, { joint, to }: Target): ExitView | null {
  if (!joint || !together) return null;
  const there = together.exits.filter((e) => e.to === to);
  return there.find((e) => same(e.actors, joint)) ?? there[0] ?? null;
}

export const isMeant = (exit: ExitView, { joint, to }: Target): boolean =>
  exit.to === to && joint !== null && same(joint, exit.actors);

/** What the whole way changes: an option that is turned on and off again does not count. */
export function net(exit: ExitView): { on: number[]; off: number[] } {
  const on = new Set<number>();
  const off = new Set<number>();
  for (const step of exit.steps) {
    step.on.forEach((o) => (off.delete(o) ? 0 : on.add(o)));
    step.off.forEach((o) => (on.delete(o) ? 0 : off.add(o)));
  }
  return { on: [...on], off: [...off] };
}

/** Ways out of the same movers to outcomes of the same name stand together: in a large case there are hundreds. */
export function alikeExits(exits: ExitView[]): { key: string; all: ExitView[] }[] {
  const found = new Map<string, ExitView[]>();
  for (const exit of exits) {
    const key = `${exit.actors.join('+')} ${brief(exit.name)}`;
    found.set(key, [...(found.get(key) ?? []), exit]);
  }
  return [...found].map(([key, all]) => ({ key, all }));
}

/** Exactly the claims that it rests on. */
export const claimsOf = ({ view, exit }: Reason): string[] =>
  exit ? [...new Set(exit.gains.flatMap((g) => g.claims))] : (view?.claims ?? []);

/** What it rests on without a claim, in words. */
export const assumptionsOf = ({ view, exit }: Reason, actors: ActorView[]): string[] =>
  exit
    ? exit.gains.filter((g) => g.assumption).map((g) => `${actors[g.actor]?.name}: ${g.words}`)
    : (view?.assumptions ?? []);

/** The verdict in words. */
export const titleOf = ({ view, exit }: Reason): string => (exit ?? view)?.title ?? '';

/** All of it as plain text. */
export function plain(reason: Reason): string {
  const { exit, view } = reason;
  const text = exit
    ? [exit.title, exit.goes, ...exit.gains.map((g) => `${g.says}: ${g.words}`)].join('\n')
    : view
      ? `${view.title}\n${view.text}`
      : '';
  return `${text}\n${claimsOf(reason)
    .map((c) => `[${c}]`)
    .join(' ')}`;
}
