// Where one looks: the address, as long as the page is open.
import { afterPaint } from './paint';
import { asWritten, emptyRoute, isAsWritten, read, write, type Route, type ViewName } from './route';
import type { Version } from './types';

/** What follows from a change of the address. */
interface Follower {
  /** Another case is named. */
  opened: (path: string) => Promise<void>;
  /** Another version of the case is asked about. */
  changed: () => void;
  /** One looks at something else: told once it is on the screen. */
  moved: () => void;
}

const versionOf = (route: Pick<Route, 'version'>): string => JSON.stringify(route.version);

class Here {
  route = $state<Route>(emptyRoute());
  #follower: Follower | null = null;

  get isVersion(): boolean {
    return !isAsWritten(this.route.version);
  }

  /** Reads the address, and from now on follows it. */
  async start(follower: Follower): Promise<void> {
    this.#follower = follower;
    const follow = async (): Promise<void> => {
      const next = read(new URL(location.href));
      const another = next.path !== this.route.path;
      const version = versionOf(next) !== versionOf(this.route);
      this.route = next;
      if (another && next.path) await follower.opened(next.path);
      else if (version) follower.changed();
    };
    addEventListener('popstate', () => void follow());
    await follow();
  }

  /** Changes the address. */
  go(change: Partial<Route>, replace = false): void {
    const version = change.version && versionOf({ version: change.version }) !== versionOf(this.route);
    this.route = { ...this.route, ...change };
    const address = write(this.route);
    if (replace) history.replaceState(null, '', address);
    else if (address !== location.pathname + location.search) history.pushState(null, '', address);
    afterPaint(() => this.#follower?.moved());
    if (version) this.#follower?.changed();
  }

  /** Goes to an address of this page. */
  visit(address: string): void {
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  }

  view(view: ViewName): void {
    this.go({ view });
  }

  setVersion(version: Version): void {
    this.go({ version });
  }

  resetVersion(): void {
    this.go({ version: { ...asWritten(), reading: this.route.version.reading ?? null } });
  }

  /** Nothing is open: what the address named cannot be. */
  leave(): void {
    this.route = emptyRoute();
  }
}

export const here = new Here();
