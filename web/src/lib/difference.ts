// What differs between two texts, line by line (longest common subsequence, after what begins and
// ends alike is set aside).

export interface Line {
  kind: 'same' | 'add' | 'del';
  text: string;
}

/** Longest middle part, in cells of the table, that is compared exactly; beyond, it is one change. */
const MOST = 4_000_000;

/** From `theirs` to `mine`: lines only in mine are `add`, lines only in theirs `del`. */
export function difference(theirs: string, mine: string): Line[] {
  const a = theirs.split('\n');
  const b = mine.split('\n');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++;
  const [x, y] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const same = (text: string): Line => ({ kind: 'same', text });
  return [...a.slice(0, head).map(same), ...middle(x, y), ...a.slice(a.length - tail).map(same)];
}

function middle(x: string[], y: string[]): Line[] {
  const result: Line[] = [];
  if (x.length * y.length > MOST) {
    return [
      ...x.map((text): Line => ({ kind: 'del', text })),
      ...y.map((text): Line => ({ kind: 'add', text })),
    ];
  }
  const wide = y.length + 1;
  const length = new Uint32Array((x.length + 1) * wide);
  for (let i = x.length - 1; i >= 0; i--)
    for (let j = y.length - 1; j >= 0; j--)
      length[i * wide + j] =
        x[i] === y[j]
          ? length[(i + 1) * wide + j + 1]! + 1
          : Math.max(length[(i + 1) * wide + j]!, length[i * wide + j + 1]!);
  let [i, j] = [0, 0];
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) {
      result.push({ kind: 'same', text: x[i]! });
      i++;
      j++;
    } else if (i < x.length && (j === y.length || length[(i + 1) * wide + j]! >= length[i * wide + j + 1]!))
      result.push({ kind: 'del', text: x[i++]! });
    else result.push({ kind: 'add', text: y[j++]! });
  }
  return result;
}

/** Only what differs, with `around` lines before and after; `null` where lines are left out. */
export function hunks(lines: Line[], around = 3): ({ at: number; line: Line } | null)[] {
  const keep = new Set<number>();
  lines.forEach((line, at) => {
    if (line.kind !== 'same')
      for (let n = at - around; n <= at + around; n++) if (n >= 0 && n < lines.length) keep.add(n);
  });
  const result: ({ at: number; line: Line } | null)[] = [];
  let last = -1;
  for (const at of [...keep].sort((a, b) => a - b)) {
    if (at > last + 1) result.push(null);
    result.push({ at, line: lines[at]! });
    last = at;
  }
  if (last < lines.length - 1) result.push(null);
  return result;
}
