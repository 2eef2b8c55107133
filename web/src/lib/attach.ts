// Attaching claims to what rests on them, and naming those things briefly.
import type { ActorView, CaseView, EditView, OptionView, RuleView, WishView } from './types';
import { badge } from './outcomes';

/** Something that can rest on claims. */
export type Resting =
  | { kind: 'wish'; wish: WishView }
  | { kind: 'rule'; rule: RuleView }
  | { kind: 'option'; option: OptionView };

export interface Place {
  address: string;
  label: string;
  actor?: number;
  resting: Resting;
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
          resting: { kind: 'wish', wish },
        });
  });
  for (const option of view.options)
    list.push({
      address: option.address,
      label: option.text,
      actor: option.actor,
      resting: { kind: 'option', option },
    });
  for (const rule of view.rules)
    list.push({ address: rule.address, label: rule.words, resting: { kind: 'rule', rule } });
  return list;
}

const claimsOf = (r: Resting): string[] =>
  r.kind === 'wish' ? r.wish.claims : r.kind === 'rule' ? r.rule.claims : r.option.claims;
const addressOf = (r: Resting): string =>
  r.kind === 'wish' ? r.wish.address : r.kind === 'rule' ? r.rule.address : r.option.address;

/** The edits that give a thing these claims; without any it keeps none. */
export function ground(resting: Resting, claims: string[]): EditView[] {
  const address = `${addressOf(resting)}.because`;
  return claims.length ? [{ edit: 'set', address, value: claims }] : [{ edit: 'remove', address }];
}

export const attach = (resting: Resting, claim: string): EditView[] =>
  ground(resting, [...new Set([...claimsOf(resting), claim])]);
export const detach = (resting: Resting, claim: string): EditView[] =>
  ground(
    resting,
    claimsOf(resting).filter((c) => c !== claim),
  );

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
