// One form of days and times in the whole page: `29 Nov 2026, 21:05`, whatever the browser's own.

const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const hour: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const moments = new Intl.DateTimeFormat('en-GB', { ...day, ...hour });
const times = new Intl.DateTimeFormat('en-GB', hour);

export const moment = (when: Date): string => moments.format(when);
export const time = (when: Date): string => times.format(when);
