// Attaching claims to what rests on them, and naming those things briefly.
import type { ActorView, CaseView } from './types';
import { badge } from './outcomes';

export interface Place {
  address: string;
  label: string;
  actor?: number;
}

/** Everything that a claim can be attached to. */
export function places(view: CaseView): Place[] {
  const list: Place[] = [];
  view.actors.forEach((actor, at) => {
    if (actor.prefers_by !== 'ranking')
      for (const wish of actor.wishes)
        list.push({
          address: wish.address,
          label: `${wish.place}. ${wish.words}`,
          actor: at,
        });
  });
  for (const option of view.options)
    list.push({
      address: option.address,
      label: option.text,
      actor: option.actor,
    });
  for (const rule of view.rules) list.push({ address: rule.address, label: rule.words });
  return list;
}

/** `Az 3, Ru 3, 1 rule, 2 others`: what rests on a claim. */
export function supports(uses: { kind: string; address: string }[], actors: ActorView[]): string {
  const short: string[] = [];
  const others: Record<string, number> = {};
  for (const use of uses) {
    const match = /^actor\.([\w-]+)\.(?:prefers|weighs)\[(\d+)\]/.exec(use.address);
    const actor = match && actors.find((a) => a.id === match[1]);
    if (match && actor) short.push(`${badge(actor)} ${Number(match[2]) + 1}`);
    else others[use.kind] = (others[use.kind] ?? 0) + 1;
  }
  for (const [kind, n] of Object.entries(others)) short.push(`${n} ${kind}${n > 1 ? 's' : ''}`);
  return short.join(', ');
}
