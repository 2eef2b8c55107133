/** A press that makes something: the second press of a double click makes nothing more. Presses by key count each. */
export const once =
  (make: () => unknown) =>
  (event: MouseEvent): void => {
    if (event.detail < 2) void make();
  };

/** The same of what takes its time: not again before it is done. */
export function alone<A extends unknown[]>(
  make: (...args: A) => Promise<unknown>,
): (...args: A) => Promise<void> {
  let running = false;
  return async (...args) => {
    if (running) return;
    running = true;
    try {
      await make(...args);
    } finally {
      running = false;
    }
  };
}
