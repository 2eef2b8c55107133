// The map of a situation: actors, ties, hulls of bodies, tracks and documents beside the ties that they belong to.
import type { MapView, TieView } from '../lib/types';
import { hull, Placing, textWidth, type Point, type Segment } from './place';
import type { Room } from './standing';

/** Claims that stand beside a tie; how many more there are is said. */
const mostClaims = 3;

export interface Disc extends Point {
  actor: number;
  name: Point;
  lines: string[];
}
export interface DrawnTie {
  tie: TieView;
  path: string;
  at: Point;
  words: string;
  claims: string;
  width: number;
  ticks: [Point, Point][];
}
export interface DrawnBody {
  at: number;
  path: string;
  label: Point;
  name: string;
}
export interface DrawnBox {
  at: number;
  centre: Point;
  width: number;
  foot: Point;
  lines: string[];
}
export interface Drawing {
  width: number;
  height: number;
  discs: Disc[];
  ties: DrawnTie[];
  bodies: DrawnBody[];
  tracks: DrawnBox[];
  documents: DrawnBox[];
}

const radius = 18;
const fontTie = '500 12px "IBM Plex Sans Condensed"';
const fontName = '600 15px "IBM Plex Sans"';

const along = (a: Point, b: Point, t: number, off = 0): Point => {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return {
    x: a.x + (b.x - a.x) * t - ((b.y - a.y) / length) * off,
    y: a.y + (b.y - a.y) * t + ((b.x - a.x) / length) * off,
  };
};

const short = (text: string, most: number): string => {
  const first = text.split(/[:;(]/)[0]?.trim() ?? text;
  return first.length > most ? `${first.slice(0, most - 1).trimEnd()}…` : first;
};

/** A long name in two lines of about the same length. */
function broken(name: string): string[] {
  if (textWidth(name, fontName) <= 150) return [name];
  const gaps = [...name.matchAll(/\s+/g)].map((gap) => gap.index);
  const middle = gaps.sort((a, b) => Math.abs(a - name.length / 2) - Math.abs(b - name.length / 2))[0];
  return middle === undefined ? [name] : [name.slice(0, middle), name.slice(middle).trim()];
}

/** Where discs may stand in a frame: beyond is room for names and labels. */
export const roomIn = (width: number, height: number): Room => ({
  left: 150,
  right: width - 150,
  top: 62,
  bottom: height - 54,
});

/** Draws the situation into a frame, each actor with its name where it stands. */
export function draw(
  map: MapView,
  names: string[],
  at: Point[],
  width: number,
  height: number,
  words: (tie: TieView) => string,
): Drawing {
  const n = names.length;
  const segments: Segment[] = map.ties.map((tie, i) => ({
    a: at[tie.between[0]!]!,
    b: at[tie.between[1]!]!,
    owner: `tie-${i}`,
  }));
  const placing = new Placing({ x: 4, y: 2, width: width - 8, height: height - 4 }, segments);
  at.forEach((p) =>
    placing.block({
      x: p.x - radius - 3,
      y: p.y - radius - 3,
      width: 2 * radius + 6,
      height: 2 * radius + 6,
    }),
  );

  // Hulls first: names keep off them.
  const around: number[] = new Array<number>(n).fill(0);
  const hulls = map.bodies.map((body, i) => {
    const ring = radius + 12 + 8 * Math.max(0, ...body.members.map((m) => around[m] ?? 0));
    body.members.forEach((m) => (around[m] = (around[m] ?? 0) + 1));
    const points = hull(
      body.members.flatMap((m) =>
        Array.from({ length: 24 }, (_, k) => ({
          x: (at[m]?.x ?? 0) + ring * Math.cos((k * Math.PI) / 12),
          y: (at[m]?.y ?? 0) + ring * Math.sin((k * Math.PI) / 12),
        })),
      ),
    );
    points.forEach((point, k) =>
      placing.line({ a: point, b: points[(k + 1) % points.length]!, owner: `body-${i}` }),
    );
    return points;
  });

  const rings = at.map(
    (_, actor) => map.bodies.filter((b) => b.members.includes(actor) || b.left.includes(actor)).length,
  );
  const discs: Disc[] = at.map((p, actor) => {
    const lines = broken(names[actor] ?? '');
    const w = Math.max(...lines.map((line) => textWidth(line, fontName))) + 8;
    const h = 4 + 17 * lines.length;
    const side = radius + 8 + (rings[actor] ? 6 + 8 * (rings[actor] ?? 0) : 0) + w / 2;
    // Beside the disc, outwards first; else above, below, inwards.
    const out = p.x < width / 2 ? -1 : 1;
    const up = radius + 6 + h / 2 + 8 * (rings[actor] ?? 0);
    const candidates = [
      [out * side, 0],
      [0, -up],
      [0, up],
      [-out * side, 0],
      [out * side, -16],
      [out * side, 16],
      [-out * side, -16],
      [-out * side, 16],
    ].map(([x, y]) => ({ x: p.x + x!, y: p.y + y! }));
    return { ...p, actor, name: placing.put(w, h, candidates), lines };
  });

  const ties: DrawnTie[] = map.ties.map((tie, i) => {
    const { a, b } = segments[i]!;
    const text = words(tie);
    const more = tie.basis.claims.length - mostClaims;
    const claims = [...tie.basis.claims.slice(0, mostClaims), ...(more > 0 ? [`+${more}`] : [])].join(' ');
    const w = textWidth(text, fontTie) + (claims ? claims.length * 6.4 + 8 : 0) + 8;
    const spot = placing.put(
      w,
      18,
      [0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72].map((t) => along(a, b, t)),
      `tie-${i}`,
    );
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const ticks: [Point, Point][] = [];
    if (tie.kind === 'hostile')
      for (let d = radius + 16; d < length - radius - 8; d += 26)
        ticks.push([along(a, b, d / length, -5), along(a, b, d / length, 5)]);
    const path = `M${a.x.toFixed(1)} ${a.y.toFixed(1)}L${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
    return { tie, path, at: spot, words: text, claims, width: w, ticks };
  });

  const bodies = map.bodies.map((body, i): DrawnBody => {
    const points = hulls[i]!;
    const w = textWidth(body.name, fontTie);
    const name = w > 120 ? initials(body.name, body.id) : body.name;
    const label = points.length
      ? placing.put(textWidth(name, fontTie) + 6, 16, points, `body-${i}`)
      : { x: 0, y: 0 };
    return {
      at: i,
      path: points.length ? `M${points.map((p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join('L')}Z` : '',
      label,
      name,
    };
  });
  const middle = (parties: number[]): Point => ({
    x: parties.reduce((sum, x) => sum + (at[x]?.x ?? 0), 0) / parties.length,
    y: parties.reduce((sum, x) => sum + (at[x]?.y ?? 0), 0) / parties.length,
  });
  // Boxes beside a tie: near its middle first, on either side, then further out.
  const beside = (parties: number[]): Point[] => {
    const [p, q] = [at[parties[0] ?? 0], at[parties[1] ?? 0]];
    if (!p || !q) return [];
    if (parties.length > 2) {
      const mid = middle(parties);
      return [0, 24, -24, 48, -48, 72, -72, 96].flatMap((y) =>
        [0, 50, -50, 100, -100, 150, -150, 200].map((x) => ({ x: mid.x + x, y: mid.y + y })),
      );
    }
    return [28, -28, 46, -46, 64, -64, 84, -84, 104, -104, 130, -130].flatMap((off) =>
      [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((t) => along(p, q, t, off)),
    );
  };
  // Where all that is full: a free place as near as can be.
  const anywhere = (parties: number[]): Point[] => {
    const mid = middle(parties);
    const all: Point[] = [];
    for (let y = 24; y < height - 20; y += 20) for (let x = 90; x < width - 80; x += 30) all.push({ x, y });
    return all.sort((a, b) => Math.hypot(a.x - mid.x, a.y - mid.y) - Math.hypot(b.x - mid.x, b.y - mid.y));
  };
  const foot = (parties: number[], centre: Point): Point => {
    const [p, q] = [at[parties[0] ?? 0], at[parties[1] ?? 0]];
    if (!p || !q || parties.length !== 2) return centre;
    const d = { x: q.x - p.x, y: q.y - p.y };
    const t = ((centre.x - p.x) * d.x + (centre.y - p.y) * d.y) / (d.x * d.x + d.y * d.y || 1);
    return along(p, q, Math.min(0.85, Math.max(0.15, t)));
  };
  const pills = map.tracks.map((track) => {
    const text = short(track.title, 26);
    return {
      text,
      parties: track.parties,
      width: textWidth(text, '500 12.5px "IBM Plex Sans Condensed"') + (track.convenor == null ? 20 : 48),
    };
  });
  // Tracks of one tie stand in rows along it, as many in a row as there is room for; no thread runs through another pill.
  const rows = (parties: number[]): Point[] => {
    const [p, q] = [at[parties[0] ?? 0], at[parties[1] ?? 0]];
    if (!p || !q || parties.length !== 2) return beside(parties);
    const same = pills.filter(
      (pill) => pill.parties.length === 2 && pill.parties.every((x) => parties.includes(x)),
    );
    const widest = Math.max(...same.map((pill) => pill.width)) + 12;
    const level = Math.abs(q.x - p.x) > Math.abs(q.y - p.y);
    const room = level ? Math.hypot(q.x - p.x, q.y - p.y) - 2 * radius : 0;
    const most = Math.max(1, Math.min(same.length, Math.floor(room / widest)));
    const length = Math.hypot(q.x - p.x, q.y - p.y) || 1;
    const spots = (count: number): number[] =>
      Array.from({ length: count }, (_, k) => 0.5 + ((k - (count - 1) / 2) * widest) / length);
    return [30, -30, 64, -64, 98, -98].flatMap((off) =>
      [...spots(most), ...spots(Math.max(1, most - 1))].map((t) => along(p, q, t, off)),
    );
  };
  const tracks = pills.map(({ text, parties, width: w }, i): DrawnBox => {
    const centre = placing.put(w + 4, 30, rows(parties));
    const end = foot(parties, centre);
    placing.line({ a: centre, b: end, owner: '' });
    return { at: i, centre, width: w, foot: end, lines: [text] };
  });
  const documents = map.instruments.map((doc, i): DrawnBox => {
    const first = short(doc.title, 30);
    const second = [
      doc.signed?.slice(0, 4) ?? doc.status,
      doc.clauses ? `${doc.clauses} clauses` : '',
      doc.basis.claims[0] ?? '',
    ]
      .filter(Boolean)
      .join(', ');
    const w =
      Math.max(textWidth(first, '500 12px "IBM Plex Sans Condensed"'), textWidth(second, fontTie)) + 22;
    const centre = placing.put(w + 4, 32, [...beside(doc.parties), ...anywhere(doc.parties)]);
    return { at: i, centre, width: w, foot: foot(doc.parties, centre), lines: [first, second] };
  });

  return { width, height, discs, ties, bodies, tracks, documents };
}

/** `CSTO` for a long name: its id in capitals when it looks like one. */
function initials(name: string, id: string): string {
  return /^[a-z0-9]{2,6}$/.test(id) ? id.toUpperCase() : short(name, 18);
}
