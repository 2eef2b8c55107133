// What the page itself says and has open, whatever file it shows.

class Page {
  /** What went wrong, at the foot. */
  failure = $state<string | null>(null);
  /** What the foot says of the folder. */
  folder = $state('');
  /** The outcome that is being given a name, by its number. */
  naming = $state<string | null>(null);
  /** Said aloud by screen readers. */
  said = $state('');

  say(text: string): void {
    this.said = '';
    queueMicrotask(() => (this.said = text));
  }
}

export const page = new Page();
