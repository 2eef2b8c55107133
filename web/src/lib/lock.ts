// A form that is only read: all that changes something is held, whatever it is and whenever it comes; what only shows
// something (tabs, what opens and closes) is marked `data-look` and works on.

const controls = 'input, textarea, select, button, [role="slider"]';
type Control = HTMLElement & { disabled?: boolean; readOnly?: boolean };

/** How each kind of control is held: words can still be read to their end, selected and copied. */
const means = (one: Control): 'readOnly' | 'inert' | 'disabled' =>
  one.dataset.field !== undefined ? 'readOnly' : 'disabled' in one ? 'disabled' : 'inert';

/** Holds what is inside a node while `locked`. */
export function lock(
  node: HTMLElement,
  locked: boolean,
): { update: (locked: boolean) => void; destroy: () => void } {
  const held = new Set<Control>();
  function apply(): void {
    if (!locked) {
      for (const one of held) one[means(one)] = false;
      held.clear();
      return;
    }
    for (const one of node.querySelectorAll<Control>(controls)) {
      if (one.closest('[data-look]') || one[means(one)]) continue;
      one[means(one)] = true;
      held.add(one);
    }
  }
  // What is drawn later is held, too.
  const watching = new MutationObserver(() => locked && apply());
  watching.observe(node, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'readonly', 'inert'],
  });
  apply();
  return {
    update(now) {
      locked = now;
      apply();
    },
    destroy: () => watching.disconnect(),
  };
}
