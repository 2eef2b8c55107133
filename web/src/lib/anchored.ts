/** Puts a list at what opened it and keeps it there while anything scrolls or the window changes; `gone`: what opened it is
 * out of sight. Gives what ends that. */
export function anchored(
  menu: HTMLElement,
  opener: HTMLElement,
  { gap, tallest, wide }: { gap: number; tallest: number; wide: (opener: number) => void },
  gone: () => void,
): () => void {
  const least = 120;
  const roomy = 160;
  function place(): void {
    const box = opener.getBoundingClientRect();
    // Behind the edge of what scrolls around it, too.
    let clip = { top: 0, bottom: innerHeight };
    for (let around = opener.parentElement; around; around = around.parentElement) {
      const { overflowY } = getComputedStyle(around);
      if (overflowY === 'visible') continue;
      const edge = around.getBoundingClientRect();
      clip = { top: Math.max(clip.top, edge.top), bottom: Math.min(clip.bottom, edge.bottom) };
    }
    if (box.bottom < clip.top || box.top > clip.bottom) return gone();
    const below = innerHeight - box.bottom - 12;
    const up = below < roomy && box.top > below;
    wide(box.width);
    menu.style.maxHeight = `${Math.min(tallest, Math.max(least, up ? box.top - 12 : below))}px`;
    menu.style.left = `${Math.max(4, Math.min(box.left, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = up ? `${Math.max(4, box.top - menu.offsetHeight - 4)}px` : `${box.bottom + gap}px`;
  }
  const scrolled = (event: Event): void => {
    if (event.target instanceof Node && menu.contains(event.target)) return;
    place();
  };
  place();
  addEventListener('scroll', scrolled, true);
  addEventListener('resize', place);
  return () => {
    removeEventListener('scroll', scrolled, true);
    removeEventListener('resize', place);
  };
}
