// Shares as people type them.

/** `0.3`, `30 %`, `3/10` as a number from 0 to 1; null: it is none. */
export function shareFrom(typed: string): number | null {
  const found = /^(\d+(?:[.,]\d+)?|[.,]\d+)\s*(?:(%)|\/\s*(\d+))?$/.exec(typed.trim());
  if (!found) return null;
  const number = Number(found[1]?.replace(',', '.'));
  const share = found[2] ? number / 100 : found[3] ? number / Number(found[3]) : number;
  return Number.isFinite(share) && share >= 0 && share <= 1 ? Math.round(share * 1e6) / 1e6 : null;
}

/** A share from 0 to 1 as a percentage, to a tenth where that is needed. */
export function percentage(value: number): string {
  const tenths = Math.round(value * 1000) / 10;
  return `${tenths.toFixed(Number.isInteger(tenths) ? 0 : 1)} %`;
}
