// Light, dark, or as the system says.
type Choice = 'system' | 'light' | 'dark';
const key = 'detente.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

class Theme {
  /** Whether the page is dark now. */
  dark = $state(false);
  choice = $state<Choice>((localStorage.getItem(key) as Choice | null) ?? 'system');

  start(): void {
    dark.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  set(choice: Choice): void {
    this.choice = choice;
    localStorage.setItem(key, choice);
    this.#apply();
  }

  #apply(): void {
    const isDark = this.choice === 'dark' || (this.choice === 'system' && dark.matches);
    this.dark = isDark;
    document.documentElement.classList.toggle('dark', isDark);
  }
}

export const theme = new Theme();
