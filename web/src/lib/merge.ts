// Two changes of one text, brought together line by line: what only one side changed is taken, what both changed is
// marked and left to the reader.

export type Piece =
  | { kind: 'same'; lines: string[] }
  /** Changed by one side only. */
  | { kind: 'mine' | 'theirs'; lines: string[]; before: string[] }
  /** Changed by both, in different ways. */
  | { kind: 'both'; mine: string[]; theirs: string[]; before: string[]; each: string[] };

/** For each line of `a` the line of `b` that it is, or -1: a longest common subsequence, after the ends that are equal
 * are set aside. Middles of more than 4 million pairs are taken as changed whole. */
function matches(a: string[], b: string[]): number[] {
  const found = new Array<number>(a.length).fill(-1);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    found[start] = start;
    start++;
  }
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    found[a.length - 1 - end] = b.length - 1 - end;
    end++;
  }
  const rows = a.length - start - end;
  const columns = b.length - start - end;
  if (!rows || !columns || rows * columns > 4_000_000) return found;
  const width = columns + 1;
  const longest = new Uint32Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      longest[i * width + j] =
        a[start + i] === b[start + j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (a[start + i] === b[start + j]) found[start + i++] = start + j++;
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++;
    else j++;
  }
  return found;
}

const equal = (a: string[], b: string[]): boolean =>
  a.length === b.length && a.every((line, n) => line === b[n]);

/** Both, one after the other; what stands in both stands once. */
function woven(mine: string[], theirs: string[]): string[] {
  const found = matches(mine, theirs);
  const out: string[] = [];
  let at = 0;
  let from = 0;
  for (let n = 0; n <= mine.length; n++) {
    const there = n < mine.length ? found[n]! : theirs.length;
    if (there < 0) continue;
    out.push(...mine.slice(at, n), ...theirs.slice(from, there));
    if (n < mine.length) out.push(mine[n]!);
    [at, from] = [n + 1, there + 1];
  }
  return out;
}

/** What stands in `mine` and `theirs`, which both come from `base`. */
export function merge(base: string, mine: string, theirs: string): Piece[] {
  const [o, a, b] = [base.split('\n'), mine.split('\n'), theirs.split('\n')];
  const [inA, inB] = [matches(o, a), matches(o, b)];
  const pieces: Piece[] = [];
  let [at, atA, atB] = [0, 0, 0];
  const changed = (end: number, endA: number, endB: number): void => {
    const before = o.slice(at, end);
    const [ours, other] = [a.slice(atA, endA), b.slice(atB, endB)];
    if (equal(ours, other)) {
      if (ours.length) pieces.push({ kind: 'same', lines: ours });
    } else if (equal(ours, before)) pieces.push({ kind: 'theirs', lines: other, before });
    else if (equal(other, before)) pieces.push({ kind: 'mine', lines: ours, before });
    else pieces.push({ kind: 'both', mine: ours, theirs: other, before, each: woven(ours, other) });
  };
  for (let n = 0; n < o.length; n++) {
    const [inMine, inTheirs] = [inA[n]!, inB[n]!];
    if (inMine < atA || inTheirs < atB) continue;
    if (n > at || inMine > atA || inTheirs > atB) changed(n, inMine, inTheirs);
    const last = pieces.at(-1);
    if (last?.kind === 'same') last.lines.push(o[n]!);
    else pieces.push({ kind: 'same', lines: [o[n]!] });
    [at, atA, atB] = [n + 1, inMine + 1, inTheirs + 1];
  }
  if (at < o.length || atA < a.length || atB < b.length) changed(o.length, a.length, b.length);
  return close(pieces);
}

type Changed = Exclude<Piece, { kind: 'same' }>;
type Sides = Record<'mine' | 'theirs' | 'before' | 'each', string[]>;
const sides = (piece: Changed): Sides =>
  piece.kind === 'both'
    ? piece
    : {
        mine: piece.kind === 'mine' ? piece.lines : piece.before,
        theirs: piece.kind === 'mine' ? piece.before : piece.lines,
        before: piece.before,
        each: piece.lines,
      };

/** Changes of both sides with at most one line between are one place that both changed: they may be about the same. */
function close(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const [first, between] = [out.at(-2), out.at(-1)];
    if (
      piece.kind !== 'same' &&
      between?.kind === 'same' &&
      between.lines.length <= 1 &&
      first &&
      first.kind !== 'same' &&
      (first.kind !== piece.kind || first.kind === 'both')
    ) {
      const [one, two] = [sides(first), sides(piece)];
      const join = (of: keyof Sides): string[] => [...one[of], ...between.lines, ...two[of]];
      const [mine, theirs, before, each] = [join('mine'), join('theirs'), join('before'), join('each')];
      out.splice(-2, 2, { kind: 'both', mine, theirs, before, each });
    } else out.push(piece);
  }
  return out;
}

export type Side = 'mine' | 'theirs' | 'each';

/** The merged text: of what both changed the side that is chosen, or both changes, those of one place one after the
 * other. */
export const merged = (pieces: Piece[], chosen: Record<number, Side | undefined>): string =>
  pieces
    .flatMap((piece, n) => {
      if (piece.kind !== 'both') return piece.lines;
      const side = chosen[n] ?? 'each';
      return piece[side];
    })
    .join('\n');
