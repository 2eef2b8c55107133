// One form of days and times in the whole page: `29 Nov 2026, 21:05`, whatever the browser's own.

const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const hour: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const moments = new Intl.DateTimeFormat('en-GB', { ...day, ...hour });
const times = new Intl.DateTimeFormat('en-GB', hour);

export const moment = (when: Date): string => moments.format(when);
export const time = (when: Date): string => times.format(when);

/** `2026-11-29`, by the clock of this machine. */
export const today = (now = new Date()): string =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');

/** Whether a day, a month or a year (`2026-11-29`, `2026-11`, `2026`) has passed. */
export const passed = (on: string, now = today()): boolean => on < now && !now.startsWith(on);
