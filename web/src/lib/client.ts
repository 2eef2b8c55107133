// Talks to the local server. Every function is one route of the API.
import type {
  BasinsView,
  BesideView,
  CasesView,
  CheckView,
  ConfidenceView,
  EditedView,
  EditView,
  FallsView,
  FileText,
  ImportedView,
  LedgersView,
  LiveView,
  MadeView,
  MapView,
  OnwardsView,
  OpenedView,
  PriceView,
  ProposalsRequest,
  ProposalsView,
  Saved,
  SharesView,
  SpokenView,
  Medium,
  RecordedView,
  RecordRequest,
  ReportView,
  ResolveRequest,
  SealedView,
  ToldView,
  What,
  SourceTextView,
  SummaryView,
  TableView,
  TogetherView,
  TrustView,
  Version,
  WhyView,
} from './types';
import { t } from './strings';

const base = '/api/v1';

/** What the server said went wrong. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** Of a change that does not fit: the revision that the text has. */
    readonly revision: string | null = null,
  ) {
    super(message);
  }
}

/** The server does not answer: it was ended, or the line broke. Browsers have a word of their own for it each. */
export class Unreached extends Error {
  constructor() {
    super(t.unreached);
  }
}

/** Whom it concerns that the server answers again. */
export const line = { answers: (): void => {} };

/** What went wrong, in words. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Something of the line, where what breaks it is told in words; that one stopped asking is no break. */
async function online<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof DOMException && error.name === 'AbortError' ? error : new Unreached();
  }
}
/** Every request of the page. */
const reach = async (address: string, init?: RequestInit): Promise<Response> => {
  const response = await online(fetch(address, init));
  line.answers();
  return response;
};

async function answer<T>(response: Response, accept: number[] = []): Promise<T> {
  if (response.ok || accept.includes(response.status)) return (await online(response.json())) as T;
  // The cookie is gone, or the server has another token: nothing that was typed is, and saving is tried again.
  if (response.status === 401) throw new Refused(401, 'token', t.shutOut);
  const text = await online(response.text());
  try {
    const problem = JSON.parse(text) as { code?: string; message?: string; revision?: string };
    const { code = 'unknown', message = text, revision = null } = problem;
    throw new Refused(response.status, code, message, revision);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(response.status, 'unknown', text || response.statusText);
  }
}

function get<T>(path: string, query: Record<string, string> = {}): Promise<T> {
  const search = new URLSearchParams(query).toString();
  return reach(`${base}${path}${search ? `?${search}` : ''}`).then((r) => answer<T>(r));
}

function post<T>(path: string, body: unknown, signal?: AbortSignal, accept: number[] = []): Promise<T> {
  const init: RequestInit = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  };
  return reach(`${base}${path}`, init).then((r) => answer<T>(r, accept));
}

export interface Looking {
  path: string;
  text: string;
  version: Version;
}

export const client = {
  cases: () => get<CasesView>('/cases'),
  summary: (path: string) => get<SummaryView>('/summary', { path }),
  /** The address is the one that the server announces with the page, letter by letter: the browser asks for it while it reads the script. */
  open(path: string): Promise<OpenedView> {
    const written = new URLSearchParams({ path }).toString();
    const announced = `path=${/[?&]case=([^&]*)/.exec(location.search)?.[1] ?? ''}`;
    const same = new URLSearchParams(announced).get('path') === path;
    return reach(`${base}/open?${same ? announced : written}`).then((r) => answer<OpenedView>(r));
  },
  text: (path: string) => get<FileText>('/text', { path }),
  save: (path: string, text: string, baseRevision: string | null) =>
    post<Saved | { code: string; message: string }>(
      '/save',
      { path, text, base: baseRevision },
      undefined,
      [409],
    ).then((saved) => {
      // Of what cannot be saved only that somebody else did is an answer: a folder that was moved is none.
      if ('outcome' in saved) return saved;
      throw new Refused(409, saved.code, saved.message);
    }),
  live: (looking: Looking, signal?: AbortSignal, ticket?: string, known?: string | null) =>
    post<LiveView>('/live', { ...looking, ticket, known }, signal),
  why: (looking: Looking, state: string, actor: string, concept: string) =>
    post<WhyView>('/why', { ...looking, state, actor, concept }),
  together: (looking: Looking, state: string) => post<TogetherView>('/together', { ...looking, state }),
  onwards: (looking: Looking, state: string) => post<OnwardsView>('/onwards', { ...looking, state }),
  basins: (looking: Looking, signal?: AbortSignal) => post<BasinsView>('/basins', looking, signal),
  trust: (looking: Looking, signal?: AbortSignal) => post<TrustView>('/trust', looking, signal),
  said: (looking: Looking, signal?: AbortSignal) => post<SpokenView>('/said', looking, signal),
  /** The story, what to watch or the deeds, in the words of the command. */
  told: (looking: Looking, what: What, question: string | null, signal?: AbortSignal) =>
    post<ToldView>('/told', { ...looking, what, question }, signal),
  /** The report to hand in: where no account is chosen, in every one. */
  report: (looking: Looking, medium: Medium, full: boolean) =>
    post<ReportView>('/report', { ...looking, medium, full, accounts: !looking.version.reading }),
  price: (looking: Looking, question: string, most: number, list: number | null, signal?: AbortSignal) =>
    post<PriceView>('/price', { ...looking, question, most, list }, signal),
  /** The outcomes as CSV: all, or those of these numbers in this order. */
  table: (looking: Looking, states: string[] | null) => post<TableView>('/table', { ...looking, states }),
  /** Any table as CSV, the first row its head. */
  csv: (rows: string[][]) => post<TableView>('/csv', { rows }),
  map: (looking: Looking, state: string | null, signal?: AbortSignal) =>
    post<MapView>('/map', { ...looking, state }, signal),
  source: (path: string, file: string, title: string, author: string) =>
    get<SourceTextView>('/source', { path, file, title, author }),
  /** What the text of a source proposes for the case: it is read by the server, and nowhere else. */
  proposals: (request: ProposalsRequest, signal?: AbortSignal) =>
    post<ProposalsView>('/proposals', request, signal),
  check: (path: string, text: string, signal?: AbortSignal) =>
    post<CheckView>('/check', { path, text }, signal),
  shares: (looking: Looking, confidences: ConfidenceView[], moves: boolean, signal?: AbortSignal) =>
    post<SharesView>('/shares', { ...looking, confidences, moves }, signal),
  edit: (text: string, revision: string, edits: EditView[]) =>
    post<EditedView>('/edit', { text, revision, edits }),
  falls: (text: string, revision: string, address: string) =>
    post<FallsView>('/falls', { text, revision, address }),
  keep: (looking: Looking, revision: string, id: string, title: string) =>
    post<EditedView>('/keep', { ...looking, revision, id, title }),
  name: (looking: Looking, revision: string, state: string, name: string) =>
    post<EditedView>('/name', { ...looking, revision, state, name }),
  ledgers: () => get<LedgersView>('/ledgers'),
  /** Writes a forecast down, or only tells its chances. */
  record: (request: RecordRequest) => post<RecordedView>('/record', request),
  /** Says what became of a forecast; the seal of the entry. */
  resolve: (request: ResolveRequest) => post<SealedView>('/resolve', request),
  beside: (looking: Looking, other: string, signal?: AbortSignal) =>
    post<BesideView>('/beside', { ...looking, other }, signal),
  discard: (path: string) => post<{ name: string }>('/discard', { path }),
  restore: (name: string) => post<MadeView>('/restore', { name }),
  duplicate: (path: string) => post<MadeView>('/duplicate', { path }),
  create: (
    title: string,
    template: 'empty' | 'mediation' | 'document',
    source: string | null,
    about: { author: string; date: string } = { author: '', date: '' },
  ) => post<MadeView>('/new', { title, template, source, ...about }),
  cancel: (ticket: string) => post<{ stopped: boolean }>('/cancel', { ticket }),
  importFile: (name: string, content: string) => post<ImportedView>('/import', { name, content }),
  /** Tells what is being computed for a ticket. */
  progress(ticket: string, stage: (words: string) => void): () => void {
    const events = new EventSource(`${base}/progress?${new URLSearchParams({ ticket })}`);
    events.addEventListener('stage', (event) => stage((event as MessageEvent<string>).data));
    events.addEventListener('over', () => events.close());
    return () => events.close();
  },
};
