// A field of the forms that one is led to: the form opens what it stands in and gives it the focus.
import { tick } from 'svelte';

class Goal {
  /** The address that edits use; another object each time that one is led there. */
  at = $state.raw<{ address: string } | null>(null);

  lead(address: string): void {
    this.at = { address };
    void this.#arrive(address);
  }

  /** Whether this thing has to be open. */
  within(address: string): boolean {
    const at = this.at?.address ?? '';
    return at === address || at.startsWith(`${address}.`) || at.startsWith(`${address}[`);
  }

  /** What is nearest to the field comes into sight and gets the focus. */
  async #arrive(address: string): Promise<void> {
    for (let tries = 0; tries < 4; tries++) {
      await tick();
      await new Promise((done) => setTimeout(done, 30));
    }
    const all = [...document.querySelectorAll<HTMLElement>('.pane.form [data-at]')];
    const near = all
      .filter((one) => {
        const at = one.dataset.at ?? '';
        return address === at || address.startsWith(`${at}.`) || address.startsWith(`${at}[`);
      })
      .sort((a, b) => (b.dataset.at?.length ?? 0) - (a.dataset.at?.length ?? 0))[0];
    const place = near ?? document.querySelector<HTMLElement>('.pane.form');
    place?.scrollIntoView({ block: 'center' });
    const fields = 'input, textarea, [role=combobox], [role=slider], button, summary';
    (place?.matches(fields) ? place : place?.querySelector<HTMLElement>(fields))?.focus();
  }
}

export const goal = new Goal();
