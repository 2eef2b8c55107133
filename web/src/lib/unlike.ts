// Columns beside each other that have one name: told apart by what differs between them.
import { w } from './formwords';

/** Names of which those that are the same have something beside them: what `aside` says of each. */
export const unlike = (names: string[], aside: (n: number) => string): string[] =>
  names.map((name, n) => {
    const alike = names.some((other, k) => k !== n && other === name);
    const more = alike ? aside(n) : '';
    return more ? w.aside(name, more) : name;
  });

/** Names of outcomes: those of one name by what is done in one of them and not in all. */
export function unlikeOutcomes(names: string[], on: number[][], text: (option: number) => string): string[] {
  const most = 2;
  return unlike(names, (n) => {
    const own = on[n] ?? [];
    const group = on.filter((_, k) => names[k] === names[n]);
    const only = own.filter((option) => group.some((other) => !other.includes(option)));
    if (only.length) return only.slice(0, most).map(text).join('; ');
    const others = [...new Set(group.flat())].filter((option) => !own.includes(option));
    return others
      .slice(0, most)
      .map((option) => w.not(text(option)))
      .join('; ');
  });
}
