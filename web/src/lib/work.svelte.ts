// What is open: one case file, its text with undo, what follows from it, and where one looks.
// Data flows one way: text and version go to the server, case and answer come back.
import { tick } from 'svelte';
import { client, messageOf, Refused, type Looking } from './client';
import { afterPaint } from './paint';
import { remember, see } from './recent';
import { sharing } from './sharing';
import { asWritten, emptyRoute, isAsWritten, read, write, type Route, type ViewName } from './route';
import { t } from './strings';
import type {
  AnswerView,
  CaseView,
  EditView,
  LiveView,
  OrderView,
  ProblemView,
  QuoteView,
  Version,
} from './types';

export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed';

class Work {
  route = $state<Route>(emptyRoute());
  /** The file that text and revision belong to: for a moment another than the address names, while that is fetched. */
  opened = $state<string | null>(null);
  text = $state('');
  revision = $state<string | null>(null);
  problems = $state.raw<ProblemView[]>([]);
  /** By claim: whether its quote stands in the text of its source. */
  quotes = $state.raw<Record<string, QuoteView>>({});
  caseView = $state.raw<CaseView | null>(null);
  answer = $state.raw<AnswerView | null>(null);
  asWritten = $state.raw<AnswerView | null>(null);
  versionProblems = $state.raw<string[]>([]);
  /** Whether case and answer are those of an earlier text, because this one has errors. */
  stale = $state(false);
  saveState = $state<SaveState>('saved');
  savedAt = $state<Date | null>(null);
  conflict = $state<{ text: string; revision: string } | null>(null);
  failure = $state<string | null>(null);
  working = $state<Date | null>(null);
  /** What the answer that is shown belongs to: reasons are asked of this. */
  solved = $state.raw<Looking | null>(null);
  /** The version that answer and version problems belong to: for a moment another than the one that is asked about. */
  told = $state.raw<Version>(asWritten());
  /** What is being computed, in words. */
  stage = $state('');
  /** When the answer that is shown was solved. */
  solvedAt = $state<Date | null>(null);
  /** What would follow from the order that is being dragged. */
  tried = $state.raw<AnswerView | null>(null);
  /** What the foot says of the folder. */
  folder = $state('');
  /** The outcome that is being given a name, by its number. */
  naming = $state<string | null>(null);
  /** Said aloud by screen readers. */
  said = $state('');
  undoable = $state(0);
  redoable = $state(0);

  #undo: string[] = [];
  #redo: string[] = [];
  #lastEdit = 0;
  /** The text that case and answer as written belong to, and its name for the server. */
  #basis: { path: string; text: string; name: string } | null = null;
  #running: AbortController | null = null;
  #trying: AbortController | null = null;
  #asked = 0;
  #ticket = '';
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;
  #opening = 0;
  #stopWatching: (() => void) | null = null;

  get looking(): Looking {
    return { path: this.route.path ?? '', text: this.text, version: this.route.version };
  }

  /** The version in words: its variant, and how much is tried out on top. */
  get versionName(): string {
    const { version } = this.route;
    const { strike } = version;
    const tried =
      version.unavailable.length +
      version.orders.length +
      strike.claims.length +
      strike.speakers.length +
      strike.kinds.length +
      strike.sources.length +
      (strike.assumptions ? 1 : 0);
    const variant = this.caseView?.variants.find((v) => v.id === version.variant)?.title ?? version.variant;
    if (!variant && !tried) return t.asWritten;
    return [variant, tried ? t.whatif.applied(tried) : null].filter(Boolean).join(' · ');
  }

  get isVersion(): boolean {
    return !isAsWritten(this.route.version);
  }

  /** Reads the address and opens what it names. */
  async start(): Promise<void> {
    const follow = async (): Promise<void> => {
      const next = read(new URL(location.href));
      const another = next.path !== this.route.path;
      const version = JSON.stringify(next.version) !== JSON.stringify(this.route.version);
      this.route = next;
      if (another && next.path) await this.open(next.path, true);
      else if (version) void this.refresh();
    };
    addEventListener('popstate', () => void follow());
    await follow();
  }

  /** Changes the address. */
  go(change: Partial<Route>, replace = false): void {
    const version = change.version && JSON.stringify(change.version) !== JSON.stringify(this.route.version);
    this.route = { ...this.route, ...change };
    const address = write(this.route);
    if (replace) history.replaceState(null, '', address);
    else if (address !== location.pathname + location.search) history.pushState(null, '', address);
    afterPaint(() => this.#note());
    if (version) void this.refresh();
  }

  /** Remembers where one is, for Home. */
  #note(): void {
    const { path, view } = this.route;
    if (!path || view === 'home' || !this.caseView) return;
    remember({ path, view, title: this.caseView.about.title, address: write(this.route), at: Date.now() });
    if (this.revision) see(path, this.revision);
  }

  /** Goes to an address of this page. */
  visit(address: string): void {
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  }

  view(view: ViewName): void {
    this.go({ view });
  }

  async open(path: string, keepRoute = false): Promise<void> {
    const opening = ++this.#opening;
    await this.flush();
    // Of what takes long it is said that it does.
    this.working = new Date();
    try {
      const { file, live } = await client.open(path);
      // What was typed meanwhile belongs to the file before.
      await this.flush();
      if (opening !== this.#opening) return;
      this.#running?.abort();
      this.#stopWatching?.();
      this.working = null;
      this.opened = path;
      if (!keepRoute) this.go({ ...emptyRoute(), view: 'answer', path });
      this.text = file.text;
      this.revision = file.revision;
      this.failure = file.utf8 ? null : t.notUtf8;
      this.#undo = [];
      this.#redo = [];
      this.#count();
      this.caseView = null;
      this.answer = null;
      this.quotes = {};
      this.#basis = null;
      this.saveState = 'saved';
      this.conflict = null;
      const draft = readDraft(path);
      if (draft && draft.text !== file.text) {
        // The window or the server was closed before this was saved.
        this.text = draft.text;
        if (draft.base === file.revision) {
          this.saveState = 'dirty';
          void this.save();
        } else {
          this.saveState = 'dirty';
          this.conflict = { text: file.text, revision: file.revision };
        }
      }
      this.#stopWatching = client.watch(path, (revision) => void this.#changedOutside(revision));
      const looking: Looking = { path, text: file.text, version: asWritten() };
      const whole = live && this.text === file.text;
      if (whole) this.#take(looking, live);
      if (!whole || this.isVersion) {
        this.answer = null;
        await this.refresh();
        return;
      }
      const { signal } = (this.#running = new AbortController());
      void tick().then(shown);
      afterPaint(() => {
        this.#note();
        if (live.case) void this.#check(looking, signal);
      });
    } catch (error) {
      if (opening !== this.#opening) return;
      this.working = null;
      this.failure = messageOf(error);
      if (keepRoute) this.route = { ...emptyRoute() };
    }
  }

  /** Sets the text: from the editor, a form or a drag. */
  setText(text: string, joinWithLast = false): void {
    if (text === this.text || !this.opened) return;
    const now = Date.now();
    if (!(joinWithLast && now - this.#lastEdit < 800)) this.#undo.push(this.text);
    this.#lastEdit = now;
    this.#redo = [];
    this.#apply(text);
  }

  undo(): void {
    const before = this.#undo.pop();
    if (before === undefined) return;
    this.#redo.push(this.text);
    this.#lastEdit = 0;
    this.#apply(before);
  }

  redo(): void {
    const after = this.#redo.pop();
    if (after === undefined) return;
    this.#undo.push(this.text);
    this.#lastEdit = 0;
    this.#apply(after);
  }

  #apply(text: string): void {
    this.text = text;
    this.saveState = 'dirty';
    this.#count();
    keepDraft(this.opened, text, this.revision);
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.save(), 400);
    void this.refresh();
  }

  #count(): void {
    this.undoable = this.#undo.length;
    this.redoable = this.#redo.length;
  }

  /** Applies structured edits through the server, which keeps comments and order. */
  async edit(edits: EditView[]): Promise<boolean> {
    try {
      const { text } = await client.edit(this.text, edits);
      this.setText(text);
      return true;
    } catch (error) {
      this.failure = messageOf(error);
      return false;
    }
  }

  /** Asks what follows from the text; only the newest question counts. */
  async refresh(): Promise<void> {
    if (!this.opened || this.opened !== this.route.path) return;
    const asked = ++this.#asked;
    this.#running?.abort();
    const { path, text, version } = this.looking;
    const known = this.#basis?.path === path && this.#basis.text === text ? this.#basis.name : null;
    if (known && this.asWritten && isAsWritten(version)) {
      // Back to the case as written: the page still has its answer.
      this.answer = this.asWritten;
      this.solved = $state.snapshot(this.looking) as Looking;
      this.versionProblems = [];
      this.told = this.solved.version;
      this.working = null;
      const again = this.#mended();
      void tick().then(shown);
      if (again)
        afterPaint(() => void this.#check(this.looking, (this.#running = new AbortController()).signal));
      return;
    }
    const running = new AbortController();
    this.#running = running;
    this.working = new Date();
    this.stage = '';
    const ticket = crypto.randomUUID();
    this.#ticket = ticket;
    // Only what takes long is told of.
    let stop = (): void => {};
    const patience = setTimeout(() => (stop = client.progress(ticket, (words) => (this.stage = words))), 800);
    try {
      const looking = $state.snapshot(this.looking) as Looking;
      // What the page has of this text is not sent again.
      const live = await client.live(looking, running.signal, ticket, known);
      if (asked !== this.#asked) return;
      const due = this.#take(looking, live);
      void tick().then(shown);
      afterPaint(() => {
        this.#note();
        if (due) void this.#check(looking, running.signal);
      });
    } catch (error) {
      if (asked === this.#asked && !running.signal.aborted) {
        this.failure = messageOf(error);
      }
    } finally {
      clearTimeout(patience);
      stop();
      if (asked === this.#asked) this.working = null;
    }
  }

  /** The text is the one that was solved last again: its errors are gone. Whether there were any. */
  #mended(): boolean {
    const had = this.stale;
    this.stale = false;
    if (had) this.problems = [];
    return had;
  }

  /** Shows what the server said of `looking`. Whether lints are due. */
  #take(looking: Looking, live: LiveView): boolean {
    const before = this.asWritten;
    if (!live.known) {
      // Lints come a moment later: those of the last text stay until then.
      if (!live.case || this.problems.some((p) => p.severity === 'error')) this.problems = live.problems;
      if (live.case) this.caseView = sharing(this.caseView, live.case);
      this.stale = !live.case;
    }
    const due = live.known ? this.#mended() : !!live.case;
    this.versionProblems = live.version_problems;
    this.told = looking.version;
    if (live.answer) {
      this.answer = sharing(this.answer, live.answer);
      this.solved = looking;
      this.solvedAt = new Date();
    }
    if (!this.stale) {
      if (isAsWritten(looking.version) && live.answer) this.asWritten = this.answer;
      else if (live.as_written) this.asWritten = sharing(before, live.as_written);
      if (!live.answer) this.answer = null;
      this.#basis =
        this.asWritten && !this.asWritten.limits.length && live.version_problems.length === 0
          ? { path: looking.path, text: looking.text, name: live.basis }
          : null;
    }
    return due;
  }

  /** All that `check` says, once the verdicts stand. */
  async #check({ path, text }: Looking, signal: AbortSignal): Promise<void> {
    try {
      const { problems, quotes } = await client.check(path, text, signal);
      if (signal.aborted) return;
      this.problems = problems;
      this.quotes = Object.fromEntries(quotes.map((quote) => [quote.claim, quote]));
    } catch {
      // Only advice: the next text asks again.
    }
  }

  /** Answers for another order of wishes while it is dragged; the text stays as it is. `null` ends it. */
  async tryOrder(order: OrderView | null): Promise<void> {
    this.#trying?.abort();
    this.tried = null;
    const { version } = this.route;
    // A variant brings its own statements: places would not mean the same there.
    if (!order || this.stale || version.variant) return;
    const trying = new AbortController();
    this.#trying = trying;
    try {
      const orders = [...version.orders.filter((o) => o.actor !== order.actor), order];
      const live = await client.live({ ...this.looking, version: { ...version, orders } }, trying.signal);
      if (!trying.signal.aborted) this.tried = live.answer ?? null;
    } catch {
      // Only a look ahead: the drop says what is wrong.
    }
  }

  /** Stops the computation that runs: what it has found so far is shown. */
  cancel(): void {
    if (this.working) void client.cancel(this.#ticket).catch(() => this.#running?.abort());
  }

  /** Saves what is open, if it is not; one request at a time. */
  save(): Promise<void> {
    const path = this.opened;
    if (!path || this.conflict || this.saveState === 'saved') return Promise.resolve();
    return (this.#saving ??= this.#send(path).finally(() => {
      this.#saving = null;
      if (this.saveState === 'dirty' || this.saveState === 'failed') {
        clearTimeout(this.#saveTimer);
        this.#saveTimer = setTimeout(() => void this.save(), this.saveState === 'failed' ? 2000 : 200);
      }
    }));
  }

  async #send(path: string): Promise<void> {
    const text = this.text;
    this.saveState = 'saving';
    try {
      const saved = await client.save(path, text, this.revision);
      if (saved.outcome === 'changed') {
        this.conflict = { text: saved.text, revision: saved.revision };
        this.saveState = 'dirty';
      } else {
        this.revision = saved.revision;
        this.savedAt = new Date();
        this.saveState = this.text === text ? 'saved' : 'dirty';
        if (this.saveState === 'saved') dropDraft(path);
      }
      // What could not be saved could not be asked about either.
      if (this.failure) void this.refresh();
      this.failure = null;
    } catch (error) {
      this.saveState = 'failed';
      if (error instanceof Refused) this.failure = error.message;
    }
  }

  /** Mends a problem by the change that the server proposes. */
  fix(problem: ProblemView): boolean {
    const { fix } = problem;
    if (!fix) return false;
    this.setText(this.text.slice(0, fix.range.from) + fix.text + this.text.slice(fix.range.to));
    this.say(fix.title);
    return true;
  }

  /** What a word of the file stands for: a claim, an option, a definition, an actor. */
  meaning(word: string): string | null {
    const found = this.caseView;
    const claim = found?.claims.find((c) => c.id === word);
    if (claim) return `${claim.says} (${[claim.kind, claim.speaker, claim.at].filter(Boolean).join(', ')})`;
    const option = found?.options.find((o) => o.id === word);
    if (option) return `${found?.actors[option.actor]?.name}: ${option.text}`;
    const definition = found?.definitions.find((d) => d.id === word);
    if (definition) return `${definition.words}: ${definition.formula}`;
    return found?.actors.find((a) => a.id === word)?.name ?? null;
  }

  /** Saves now; what was typed while that went on as well. */
  async flush(): Promise<void> {
    do {
      clearTimeout(this.#saveTimer);
      await this.save();
    } while (this.saveState === 'dirty' && !this.conflict);
  }

  async #changedOutside(revision: string): Promise<void> {
    const path = this.opened;
    if (revision === this.revision || this.#saving || !path) return;
    const file = await client.text(path);
    if (file.revision === this.revision || this.#saving || path !== this.opened) return;
    if (this.saveState === 'saved' && !this.conflict) {
      // Nothing of ours is at stake: follow the file, and let undo lead back.
      this.#undo.push(this.text);
      this.#count();
      this.text = file.text;
      this.revision = file.revision;
      void this.refresh();
    } else if (file.text !== this.text) {
      this.conflict = { text: file.text, revision: file.revision };
    }
  }

  /** Ends a conflict: with our text, theirs, or one made by hand. */
  resolve(text: string): void {
    const conflict = this.conflict;
    if (!conflict) return;
    this.revision = conflict.revision;
    this.conflict = null;
    if (text === conflict.text) {
      this.#undo.push(this.text);
      this.#count();
      this.text = text;
      this.saveState = 'saved';
      void this.refresh();
    } else {
      this.saveState = 'dirty';
      if (text !== this.text) this.setText(text);
      void this.save();
    }
  }

  setVersion(version: Version): void {
    this.go({ version });
  }

  resetVersion(): void {
    this.go({ version: asWritten() });
  }

  say(text: string): void {
    this.said = '';
    queueMicrotask(() => (this.said = text));
  }
}

/** Marks in the browser's timeline that new verdicts stand in the page. */
function shown(): void {
  performance.clearMarks('verdicts');
  performance.mark('verdicts');
}

const draftKey = (path: string): string => `detente.draft.${path}`;

function keepDraft(path: string | null, text: string, base: string | null): void {
  if (path) localStorage.setItem(draftKey(path), JSON.stringify({ text, base }));
}

function readDraft(path: string): { text: string; base: string | null } | null {
  try {
    return JSON.parse(localStorage.getItem(draftKey(path)) ?? 'null') as {
      text: string;
      base: string | null;
    } | null;
  } catch {
    return null;
  }
}

function dropDraft(path: string): void {
  localStorage.removeItem(draftKey(path));
}

export const work = new Work();
