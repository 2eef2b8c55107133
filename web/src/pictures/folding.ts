// Too many actors to draw each: the members of a body stand as one node, and the ties between two nodes as one line.
import { t } from '../lib/strings';
import type { MapView, TieView } from '../lib/types';

/** What stands in one place: an actor, or the members of a body. */
export interface Node {
  id: string;
  name: string;
  actor: number | null;
  body: number | null;
  members: number[];
}

/** A map of nodes in place of actors, with what each of its parts was. */
export interface Folded {
  map: MapView;
  nodes: Node[];
  /** For each tie, track, document and body of `map`: which of the whole map it stands for. */
  ties: number[][];
  tracks: number[];
  documents: number[];
  bodies: number[];
  /** What is said of a tie that stands for several. */
  words: Map<TieView, string>;
}

/** Up to so many actors each has a place of its own. */
export const mostAlone = 12;
/** Up to so many there is a picture; for more a table of ties. */
export const mostDrawn = 30;

/**
 * The map with the members of each body as one node, largest bodies first, each actor in one node; not those in `open`.
 * A map of at most `mostAlone` actors stays as it is.
 */
export function fold(map: MapView, actors: { id: string; name: string }[], open: Set<number>): Folded {
  const of: number[] = new Array<number>(actors.length).fill(-1);
  const nodes: Node[] = [];
  if (actors.length > mostAlone) {
    const bodies = map.bodies
      .map((body, at) => ({ body, at }))
      .sort((a, b) => b.body.members.length - a.body.members.length || a.at - b.at);
    for (const { body, at } of bodies) {
      // What an outcome changes does not move anybody: members are those of before.
      const members = [...body.members.filter((actor) => !body.joined.includes(actor)), ...body.left].filter(
        (actor) => of[actor] === -1,
      );
      if (open.has(at) || members.length < 2) continue;
      members.forEach((actor) => (of[actor] = nodes.length));
      nodes.push({ id: `body:${body.id}`, name: body.name, actor: null, body: at, members });
    }
  }
  actors.forEach((actor, at) => {
    if (of[at] !== -1) return;
    of[at] = nodes.length;
    nodes.push({ id: actor.id, name: actor.name, actor: at, body: null, members: [at] });
  });
  const at = (list: number[]): number[] => [...new Set(list.map((actor) => of[actor]!))];

  const words = new Map<TieView, string>();
  const between = new Map<string, number[]>();
  map.ties.forEach((tie, n) => {
    const [a, b] = tie.between.map((actor) => of[actor]!) as [number, number];
    if (a === b) return;
    const key = `${Math.min(a, b)} ${Math.max(a, b)}`;
    between.set(key, [...(between.get(key) ?? []), n]);
  });
  const groups = [...between.values()];
  const ties = groups.map((group): TieView => {
    const all = group.map((n) => map.ties[n]!);
    const first = all[0]!;
    const ends = first.between.map((actor) => of[actor]!) as [number, number];
    if (all.length === 1) return { ...first, between: ends };
    const kinds = [...new Set(all.map((tie) => tie.kind))];
    const claims = [...new Set(all.flatMap((tie) => tie.basis.claims))];
    const tie: TieView = {
      ...first,
      between: ends,
      // Of different kinds together: drawn as what says least.
      kind: kinds.length === 1 ? first.kind : 'neutral',
      mending: all.every((other) => other.mending),
      was: all.map((other) => other.was).find((was) => was != null) ?? null,
      basis: { claims, assumption: all.some((other) => other.basis.assumption), note: null },
    };
    words.set(
      tie,
      kinds
        .map((kind) => t.situation.times(all.filter((other) => other.kind === kind).length, kind))
        .join(', '),
    );
    return tie;
  });
  const apart = (parties: number[]): boolean => at(parties).length > 1 || parties.length < 2;
  const kept = <T>(list: T[], keep: (item: T) => boolean): number[] =>
    list.flatMap((item, n) => (keep(item) ? [n] : []));
  const tracks = kept(map.tracks, (track) => apart(track.parties));
  const documents = kept(map.instruments, (doc) => apart(doc.parties));
  const bodies = kept(
    map.bodies,
    (body) =>
      at(body.members).length > 1 ||
      (body.members.length === 1 && nodes[at(body.members)[0] ?? 0]?.body === null),
  );
  return {
    map: {
      ...map,
      ties,
      tracks: tracks.map((n) => ({ ...map.tracks[n]!, parties: at(map.tracks[n]!.parties) })),
      instruments: documents.map((n) => ({
        ...map.instruments[n]!,
        parties: at(map.instruments[n]!.parties),
      })),
      bodies: bodies.map((n) => ({
        ...map.bodies[n]!,
        members: at(map.bodies[n]!.members),
        left: at(map.bodies[n]!.left),
      })),
    },
    nodes,
    ties: groups,
    tracks,
    documents,
    bodies,
    words,
  };
}

/** How many ties a node hides: those between its own members. */
export const inside = (map: MapView, node: Node): number =>
  map.ties.filter((tie) => tie.between.every((actor) => node.members.includes(actor))).length;

/** What a node of several says of itself. */
export const sized = (map: MapView, node: Node): string =>
  t.situation.members(node.members.length, inside(map, node));
