// The address holds the view, the case, the version and the selection: a link restores what one sees.
import type { Version } from './types';

export type ViewName = 'home' | 'write' | 'situation' | 'answer' | 'whatif';
export const viewNames: ViewName[] = ['home', 'write', 'situation', 'answer', 'whatif'];

export interface Route {
  view: ViewName;
  path: string | null;
  version: Version;
  question: string | null;
  /** State numbers shown as columns. */
  columns: string[];
  /** State, actor and concept of the open reason. */
  why: { state: string; actor: string; to?: string } | null;
  /** Reasons that are kept at hand, and printed. */
  pins: { state: string; actor: string; to?: string }[];
  /** The outcome that the situation is seen after. */
  after: string | null;
  /** What is selected on the map, or in the file: the address of a claim, a wish, an option, a rule. */
  thing: string | null;
  /** Where actors were put on the map by hand: thousandths of its room, from the left and from the top. */
  places: Record<string, [number, number]>;
  /** Variants that stand beside the case in What if. */
  beside: string[];
  filters: string[];
  sort: string | null;
  pane: 'form' | 'text' | 'source';
}

export const asWritten = (): Version => ({
  variant: null,
  reading: null,
  strike: { claims: [], speakers: [], kinds: [], sources: [], assumptions: false },
  unavailable: [],
  orders: [],
});

export const emptyRoute = (): Route => ({
  view: 'home',
  path: null,
  version: asWritten(),
  question: null,
  columns: [],
  why: null,
  pins: [],
  filters: [],
  sort: null,
  pane: 'form',
  after: null,
  thing: null,
  places: {},
  beside: [],
});

/** Whether nothing is changed; in which account it is told is no change. */
export const isAsWritten = (v: Version): boolean =>
  JSON.stringify({ ...v, reading: null }) === JSON.stringify(asWritten());

/** A reason as the address names it: outcome, actor or actors, and where they go together. */
export const written = (why: { state: string; actor: string; to?: string }): string =>
  [why.state, why.actor, why.to].filter(Boolean).join('.');

export function write(route: Route): string {
  const q = new URLSearchParams();
  if (route.path) q.set('case', route.path);
  const { variant, reading, ...rest } = route.version;
  if (variant) q.set('variant', variant);
  if (reading) q.set('reading', reading);
  if (!isAsWritten({ ...rest, variant: null, reading: null })) q.set('try', JSON.stringify(rest));
  if (route.question) q.set('question', route.question);
  if (route.columns.length) q.set('columns', route.columns.join('.'));
  if (route.why) q.set('why', written(route.why));
  if (route.pins.length) q.set('pins', route.pins.map(written).join('~'));
  if (route.after) q.set('after', route.after);
  if (route.thing) q.set('thing', route.thing);
  const places = Object.entries(route.places);
  if (places.length) q.set('at', places.map(([id, place]) => [id, ...place].join('.')).join('~'));
  if (route.beside.length) q.set('beside', route.beside.join('.'));
  if (route.filters.length) q.set('filters', route.filters.join('~'));
  if (route.sort) q.set('sort', route.sort);
  if (route.pane !== 'form') q.set('pane', route.pane);
  const query = q.toString();
  return `/${route.view === 'home' ? '' : route.view}${query ? `?${query}` : ''}`;
}

export function read(url: URL): Route {
  const q = url.searchParams;
  const route = emptyRoute();
  const name = url.pathname.slice(1);
  route.view = (viewNames as string[]).includes(name) ? (name as ViewName) : 'home';
  route.path = q.get('case');
  if (!route.path) route.view = 'home';
  route.version.variant = q.get('variant');
  route.version.reading = q.get('reading');
  try {
    const tried = JSON.parse(q.get('try') ?? 'null') as Partial<Version> | null;
    if (tried) {
      const fresh = asWritten();
      route.version = {
        variant: route.version.variant ?? null,
        reading: route.version.reading ?? null,
        strike: { ...fresh.strike, ...(tried.strike ?? {}) },
        unavailable: tried.unavailable ?? [],
        orders: tried.orders ?? [],
      };
    }
  } catch {
    // A link that was cut short: the case as written is shown.
  }
  route.question = q.get('question');
  route.columns = (q.get('columns') ?? '').split('.').filter(Boolean);
  const reason = (text: string): Route['why'] => {
    const [state, actor, to] = text.split('.');
    return state && actor ? { state, actor, ...(to ? { to } : {}) } : null;
  };
  route.why = reason(q.get('why') ?? '');
  route.pins = (q.get('pins') ?? '')
    .split('~')
    .map(reason)
    .filter((why) => why !== null);
  route.after = q.get('after');
  route.thing = q.get('thing');
  for (const place of (q.get('at') ?? '').split('~')) {
    const [id, x, y] = place.split('.');
    const share = (text: string | undefined): number => Math.min(1000, Math.max(0, Math.round(Number(text))));
    if (id && Number.isFinite(share(x)) && Number.isFinite(share(y))) route.places[id] = [share(x), share(y)];
  }
  route.beside = (q.get('beside') ?? '').split('.').filter(Boolean);
  route.filters = (q.get('filters') ?? '').split('~').filter(Boolean);
  route.sort = q.get('sort');
  const pane = q.get('pane');
  if (pane === 'text' || pane === 'source') route.pane = pane;
  return route;
}
