// Where labels go: greedily, each to the candidate that covers least.

export interface Point {
  x: number;
  y: number;
}
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Segment {
  a: Point;
  b: Point;
  owner: string;
}

let ruler: CanvasRenderingContext2D | null | undefined;

/** The width of a text as the page draws it. */
export function textWidth(text: string, font: string): number {
  if (ruler === undefined) ruler = document.createElement('canvas').getContext('2d');
  if (!ruler) return text.length * 7;
  ruler.font = font;
  return ruler.measureText(text).width;
}

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

/** The length of a segment inside a box. */
function inside(box: Box, { a, b }: Segment): number {
  let from = 0;
  let to = 1;
  const clip = (p: number, q: number): boolean => {
    if (p === 0) return q >= 0;
    const r = q / p;
    if (p < 0) from = Math.max(from, r);
    else to = Math.min(to, r);
    return from < to;
  };
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const hit =
    clip(-dx, a.x - box.x) &&
    clip(dx, box.x + box.width - a.x) &&
    clip(-dy, a.y - box.y) &&
    clip(dy, box.y + box.height - a.y);
  return hit ? (to - from) * Math.hypot(dx, dy) : 0;
}

/** Boxes placed so far, and the lines that they should not cover. */
export class Placing {
  readonly boxes: Box[] = [];
  constructor(
    readonly frame: Box,
    readonly segments: Segment[],
  ) {}

  block(box: Box): void {
    this.boxes.push(box);
  }

  line(segment: Segment): void {
    this.segments.push(segment);
  }

  /** How much of a box lies over others. */
  covered({ x, y }: Point, width: number, height: number): number {
    const box = { x: x - width / 2, y: y - height / 2, width, height };
    return this.boxes.reduce((sum, other) => sum + overlap(box, other), 0);
  }

  /** Puts a box of this size at the best of the centres; earlier candidates win ties. Lines of `owner` may be covered. */
  put(width: number, height: number, centres: Point[], owner = ''): Point {
    let best: Point = centres[0] ?? { x: 0, y: 0 };
    let least = Infinity;
    centres.forEach((centre, n) => {
      const box = { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
      const out = width * height - overlap(box, this.frame);
      const covered = this.boxes.reduce((sum, other) => sum + overlap(box, other), 0);
      const lines = this.segments.reduce((sum, s) => (s.owner === owner ? sum : sum + inside(box, s)), 0);
      const cost = out * 4 + covered * 3 + lines * 14 + Math.min(n, 60) * 3;
      if (cost < least) {
        least = cost;
        best = centre;
      }
    });
    this.block({ x: best.x - width / 2, y: best.y - height / 2, width, height });
    return best;
  }
}

/** The convex hull of points, anticlockwise. */
export function hull(points: Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (o: Point, a: Point, b: Point): number =>
    (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (list: Point[]): Point[] => {
    const chain: Point[] = [];
    for (const p of list) {
      while (chain.length > 1 && turn(chain[chain.length - 2]!, chain[chain.length - 1]!, p) <= 0)
        chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}
