// Where the actors of a map stand: friends near each other, ties that cross as little as can be, and nobody on a tie
// or in a body that is not theirs. First the best of many ovals, then each actor moves on a grid while that helps.
import type { MapView } from '../lib/types';
import type { Point } from './place';

/** Where discs may stand: what lies outside is for their names. */
export interface Room {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const friendly = (kind: string): boolean =>
  kind === 'alliance' || kind === 'partnership' || kind === 'friendly';

/** Orders to try: all for few actors, that of the file for many. */
function orders(list: number[]): number[][] {
  const [first, ...rest] = list;
  if (first === undefined || list.length > 7) return [list];
  const found: number[][] = [];
  const grow = (done: number[], left: number[]): void => {
    if (!left.length) found.push(done);
    left.forEach((x, i) => grow([...done, x], [...left.slice(0, i), ...left.slice(i + 1)]));
  };
  grow([first], rest);
  return found;
}

const side = (o: Point, p: Point, q: Point): number => (p.x - o.x) * (q.y - o.y) - (p.y - o.y) * (q.x - o.x);

/** Whether two lines cross between their ends. */
export const crosses = (a: Point, b: Point, c: Point, d: Point): boolean =>
  side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** How far `p` is from the line between `a` and `b`. */
function aside(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const t = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy || 1);
  const near = Math.min(1, Math.max(0, t));
  return distance(p, { x: a.x + near * dx, y: a.y + near * dy });
}

/** The angle between two lines from `o`, in radians. */
function angle(o: Point, a: Point, b: Point): number {
  const turn = Math.abs(Math.atan2(a.y - o.y, a.x - o.x) - Math.atan2(b.y - o.y, b.x - o.x));
  return Math.min(turn, 2 * Math.PI - turn);
}

/**
 * How bad these places are: the less the better. With `mover` only what changes when that actor moves. Quadratic in the
 * number of ties; for one mover linear in it, for each of its ties.
 */
function cost(at: Point[], map: MapView, room: Room, mover: number | null = null): number {
  const [width, height] = [room.right - room.left, room.bottom - room.top];
  const place = (actor: number): Point => at[actor]!;
  const counts = (...actors: number[]): boolean => mover === null || actors.includes(mover);
  let sum = 0;
  map.ties.forEach((tie, i) => {
    const [p, q] = tie.between as [number, number];
    const [a, b] = [place(p), place(q)];
    const negotiated = map.tracks.some(
      (t) => t.parties.length === 2 && t.parties.every((x) => x === p || x === q),
    );
    if (counts(p, q)) {
      const length = distance(a, b);
      // What an outcome changes does not move anybody: the tie counts as it was.
      sum += ((friendly(tie.was ?? tie.kind) ? 1 : -0.2) * length) / width;
      // Room for its words.
      if (length < 220) sum += 3 * (1 - length / 220);
      // A tie that is negotiated lies level and is long: its tracks stand in rows along it.
      if (negotiated) sum += (2.5 * Math.abs(a.y - b.y)) / height - (1.2 * Math.abs(a.x - b.x)) / width;
    }
    at.forEach((c, other) => {
      if (other !== p && other !== q && counts(p, q, other)) sum += 4 * Math.max(0, 1 - aside(c, a, b) / 70);
    });
    map.ties.slice(i + 1).forEach((second) => {
      const [r, s] = second.between as [number, number];
      if (!counts(p, q, r, s)) return;
      if (r === p || r === q || s === p || s === q) {
        const shared = r === p || r === q ? r : s;
        const open = angle(place(shared), place(shared === p ? q : p), place(shared === r ? s : r));
        sum += 1.5 * Math.max(0, 1 - open / 0.45);
      } else if (crosses(a, b, place(r), place(s))) sum += negotiated ? 5 : 4;
    });
  });
  for (const body of map.bodies) {
    const members = [...body.members, ...body.left];
    members.forEach((m, i) =>
      members.slice(i + 1).forEach((o) => {
        if (counts(m, o)) sum += (0.8 * distance(place(m), place(o))) / width;
        at.forEach((c, other) => {
          if (!members.includes(other) && counts(m, o, other))
            sum += 4 * Math.max(0, 1 - aside(c, place(m), place(o)) / 90);
        });
      }),
    );
  }
  at.forEach((a, i) =>
    at
      .slice(i + 1)
      .forEach((b, k) => (sum += counts(i, i + 1 + k) ? 4 * Math.max(0, 1 - distance(a, b) / 150) : 0)),
  );
  return sum;
}

/** The same places, drawn out to the edges of the room where they spread at all: no line crosses that did not. */
function spread(points: Point[], room: Room): Point[] {
  const stretch = (values: number[], least: number, most: number): number[] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return high - low < 1 ? values : values.map((v) => least + ((v - low) / (high - low)) * (most - least));
  };
  const x = stretch(
    points.map((p) => p.x),
    room.left,
    room.right,
  );
  const y = stretch(
    points.map((p) => p.y),
    room.top,
    room.bottom,
  );
  return points.map((_, i) => ({ x: x[i]!, y: y[i]! }));
}

/** Up to so many actors move from where the oval has them. */
const mostMoved = 12;

/** A place in the room for each of `n` actors; the same for the same map. */
export function standing(n: number, map: MapView, room: Room): Point[] {
  const middle = { x: (room.left + room.right) / 2, y: (room.top + room.bottom) / 2 };
  if (n < 2) return new Array<Point>(n).fill(middle);
  const oval = (i: number, of: number, turn: number): Point => {
    const round = (2 * Math.PI * i) / of + turn;
    return {
      x: middle.x + ((room.right - room.left) / 2) * Math.cos(round),
      y: middle.y + ((room.bottom - room.top) / 2) * Math.sin(round),
    };
  };
  const all = Array.from({ length: n }, (_, i) => i);
  // All on the oval, or one inside it.
  const rings = [
    all,
    ...(n > 3 && n < 7 ? all.map((inside) => all.filter((actor) => actor !== inside)) : []),
  ];
  let best: Point[] = [];
  let least = Infinity;
  for (const ring of rings) {
    const of = ring.length;
    const turns =
      n === 2 ? [0] : [Math.PI / 2 + Math.PI / of, Math.PI / 2, -Math.PI / 2 + 0.35, Math.PI / of];
    for (const turn of turns) {
      for (const order of orders(ring)) {
        const at = new Array<Point>(n).fill(middle);
        order.forEach((actor, i) => (at[actor] = oval(i, of, turn)));
        const now = cost(at, map, room);
        if (now < least - 1e-9) [least, best] = [now, at];
      }
    }
  }
  if (n <= mostMoved) best = moved(best, map, room);
  return spread(best, room);
}

/** Each actor in turn goes to the place on a grid where the whole is best, as long as that helps. */
function moved(from: Point[], map: MapView, room: Room): Point[] {
  const at = [...from];
  const grid: Point[] = [];
  for (let row = 0; row <= 8; row++)
    for (let column = 0; column <= 14; column++)
      grid.push({
        x: room.left + ((room.right - room.left) * column) / 14,
        y: room.top + ((room.bottom - room.top) * row) / 8,
      });
  for (let round = 0, better = true; better && round < 4; round++) {
    better = false;
    for (let actor = 0; actor < at.length; actor++) {
      let least = cost(at, map, room, actor);
      for (const place of grid) {
        const old = at[actor]!;
        at[actor] = place;
        const now = cost(at, map, room, actor);
        if (now < least - 1e-6) [least, better] = [now, true];
        else at[actor] = old;
      }
    }
  }
  return at;
}
