/** Puts a list at what opened it and keeps it there while anything scrolls or the window changes. Whoever scrolls that out of
 * sight sees no list until it is back; where the page scrolls by itself, it scrolls back. Gives what ends that. */
export function anchored(
  menu: HTMLElement,
  opener: HTMLElement,
  { gap, tallest, wide }: { gap: number; tallest: number; wide: (opener: number) => void },
): () => void {
  const least = 120;
  const roomy = 160;
  /** How long after a hand moved a scroll is of that hand. */
  const ofHand = 400;
  let moved = -ofHand;
  /** Behind the edge of what scrolls around it, too. */
  function outOfSight(box: DOMRect): boolean {
    for (let around = opener.parentElement; around; around = around.parentElement) {
      if (getComputedStyle(around).overflowY === 'visible') continue;
      const edge = around.getBoundingClientRect();
      if (box.bottom < edge.top || box.top > edge.bottom) return true;
    }
    return box.bottom < 0 || box.top > innerHeight;
  }
  function place(): void {
    let box = opener.getBoundingClientRect();
    if (outOfSight(box) && performance.now() - moved > ofHand) {
      opener.scrollIntoView({ block: 'nearest' });
      box = opener.getBoundingClientRect();
    }
    menu.style.visibility = outOfSight(box) ? 'hidden' : '';
    const below = innerHeight - box.bottom - 12;
    const up = below < roomy && box.top > below;
    wide(box.width);
    menu.style.maxHeight = `${Math.min(tallest, Math.max(least, up ? box.top - 12 : below))}px`;
    menu.style.left = `${Math.max(4, Math.min(box.left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = up ? `${Math.max(4, box.top - menu.offsetHeight - 4)}px` : `${box.bottom + gap}px`;
  }
  const scrolled = (event: Event): void => {
    if (!(event.target instanceof Node && menu.contains(event.target))) place();
  };
  const hand = (): void => {
    moved = performance.now();
  };
  place();
  const hands = ['wheel', 'touchmove', 'pointerdown'] as const;
  addEventListener('scroll', scrolled, true);
  addEventListener('resize', place);
  for (const one of hands) addEventListener(one, hand, { capture: true, passive: true });
  return () => {
    removeEventListener('scroll', scrolled, true);
    removeEventListener('resize', place);
    for (const one of hands) removeEventListener(one, hand, { capture: true });
    menu.style.visibility = '';
  };
}
