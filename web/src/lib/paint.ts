// What can wait until something is on the screen.

/** Does `work` when the frame that is being made is on the screen. */
export function afterPaint(work: () => void): void {
  requestAnimationFrame(() => setTimeout(work, 0));
}

/** Does `work` when nothing more urgent is left to do; what a press asks for comes before it. */
export function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 400 });
  else afterPaint(work);
}
