// Whether the page is being printed. The browser counts the pages before it tells that the medium has changed: what is
// on paper only has to stand when `beforeprint` returns.
import { flushSync } from 'svelte';

const medium = matchMedia('print');

class Paper {
  current = $state(medium.matches);

  constructor() {
    const set = (printing: boolean): void => {
      this.current = printing;
      flushSync();
    };
    addEventListener('beforeprint', () => set(true));
    addEventListener('afterprint', () => set(medium.matches));
    medium.addEventListener('change', () => set(medium.matches));
  }
}

export const paper = new Paper();
