// What follows from the text that is open, in the version that is asked about: case, answer, problems.
// Data flows one way: text and version go to the server, case and answer come back.
import { tick } from 'svelte';
import { client, line, messageOf, type Looking } from './client';
import { doc, type Seen } from './document.svelte';
import { keyed, type FileView } from './file';
import { here } from './here.svelte';
import { newId } from './ids';
import { nameOf, patternOf } from './named';
import { asked, columns } from './outcomes';
import { page } from './page.svelte';
import { afterPaint } from './paint';
import { remember, see } from './recent';
import { asWritten, emptyRoute, isAsWritten, write } from './route';
import { sharing } from './sharing';
import { t } from './strings';
import type { AnswerView, CaseView, LiveView, OrderView, ProblemView, QuoteView, Version } from './types';

class Session {
  problems = $state.raw<ProblemView[]>([]);
  /** By claim: whether its quote stands in the text of its source. */
  quotes = $state.raw<Record<string, QuoteView>>({});
  caseView = $state.raw<CaseView | null>(null);
  /** What the file says, as data: what forms show. That of the last text that was readable. */
  file = $state.raw<FileView | null>(null);
  /** Wishes and rules in words, by the addresses that forms use. */
  said = $state.raw(new Map<string, string>());
  /** Whether the text is not readable now: forms change nothing. */
  unreadable = $state(false);
  answer = $state.raw<AnswerView | null>(null);
  asWritten = $state.raw<AnswerView | null>(null);
  versionProblems = $state.raw<string[]>([]);
  /** What the version changes beside what was asked for. */
  versionNotes = $state.raw<string[]>([]);
  /** Whether case and answer are those of an earlier text, because this one has errors. */
  stale = $state(false);
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
  /** What the question that is looked at is about, as outcomes: places in the answer. */
  #about = $derived(this.answer ? asked(this.answer, this.caseView, here.route.question) : []);
  /** The outcomes that stand as columns, where their letters come from. */
  columns = $derived(this.answer ? columns(this.answer, here.route.columns, this.#about) : []);

  /** The text that case and answer as written belong to, and its name for the server. */
  #basis: { path: string; text: string; reading: string | null; name: string; seen: Seen | null } | null =
    null;
  #running: AbortController | null = null;
  #trying: AbortController | null = null;
  #asked = 0;
  #ticket = '';
  #opening = 0;

  get looking(): Looking {
    return { path: here.route.path ?? '', text: doc.text, version: here.route.version };
  }

  /** The version in words: its variant, and how much is tried out on top. */
  get versionName(): string {
    const { version } = here.route;
    const { strike } = version;
    const struck =
      strike.claims.length + strike.speakers.length + strike.kinds.length + strike.sources.length;
    const tried = version.unavailable.length + version.orders.length + struck + (strike.assumptions ? 1 : 0);
    const variant = this.caseView?.variants.find((v) => v.id === version.variant)?.title ?? version.variant;
    const told = this.caseView?.accounts?.list.find((one) => one.id === version.reading);
    const account = version.reading && (told?.title ?? version.reading);
    if (!variant && !tried) return account || t.asWritten;
    return [account, variant, tried ? t.whatif.applied(tried) : null].filter(Boolean).join(' · ');
  }

  /** Opens what the address names, and from now on follows address and text. */
  start(): Promise<void> {
    doc.onchange = () => void this.refresh();
    line.answers = () => {
      if (page.failure === t.unreached) page.failure = null;
    };
    doc.onedited = ({ revision, text, file }) => this.#see(revision, text, file as FileView | null);
    return here.start({
      opened: (path) => this.open(path, true),
      changed: () => void this.refresh(),
      moved: () => this.#note(),
    });
  }

  /** Remembers where one is, for Home. */
  #note(): void {
    const { path, view } = here.route;
    if (!path || view === 'home' || !this.caseView) return;
    remember({ path, view, title: this.caseView.about.title, address: write(here.route), at: Date.now() });
    if (doc.revision) see(path, doc.revision);
  }

  async open(path: string, keepRoute = false): Promise<void> {
    const opening = ++this.#opening;
    await doc.flush();
    // Of what takes long it is said that it does.
    this.working = new Date();
    try {
      const { file, live } = await client.open(path);
      // What was typed meanwhile belongs to the file before.
      await doc.flush();
      if (opening !== this.#opening) return;
      this.#running?.abort();
      this.working = null;
      this.caseView = null;
      this.answer = null;
      this.quotes = {};
      this.file = null;
      this.unreadable = false;
      this.#basis = null;
      doc.open(path, file);
      if (!keepRoute) here.go({ ...emptyRoute(), view: 'answer', path });
      const looking: Looking = { path, text: file.text, version: asWritten() };
      const whole = live && doc.text === file.text;
      if (whole) this.#take(looking, live);
      if (!whole || here.isVersion || here.route.version.reading) {
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
      page.failure = messageOf(error);
      if (keepRoute) here.leave();
    }
  }

  /** Asks what follows from the text; only the newest question counts. */
  async refresh(): Promise<void> {
    if (!doc.path || doc.path !== here.route.path) return;
    const asked = ++this.#asked;
    this.#running?.abort();
    const { path, text, version } = this.looking;
    const basis = this.#basis;
    const known =
      basis?.path === path && basis.text === text && basis.reading === (version.reading ?? null)
        ? basis.name
        : null;
    if (known && this.asWritten && isAsWritten(version)) {
      // Back to the case as written: the page still has its answer.
      this.answer = this.asWritten;
      this.solved = $state.snapshot(this.looking) as Looking;
      this.versionProblems = [];
      this.versionNotes = [];
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
    const ticket = newId();
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
      if (asked === this.#asked && !running.signal.aborted) page.failure = messageOf(error);
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
    const seen = this.#basis?.seen;
    if (seen && seen.text === doc.text) this.#see(seen.revision, seen.text, seen.file);
    if (had) this.problems = [];
    return had;
  }

  /** Shows what the server said of `looking`. Whether lints are due. */
  #take(looking: Looking, live: LiveView): boolean {
    const before = this.asWritten;
    if (!live.known) {
      this.#see(live.revision, looking.text, live.file as FileView | null);
      // Lints come a moment later: those of the last text stay until then.
      if (!live.case || this.problems.some((p) => p.severity === 'error')) this.problems = live.problems;
      if (live.case) {
        this.caseView = sharing(this.caseView, live.case);
        const things = [...live.case.actors.flatMap((actor) => actor.wishes), ...live.case.rules];
        this.said = new Map(things.map((one) => [keyed(this.file, one.address), one.words]));
      }
      this.stale = !live.case;
    }
    const due = live.known ? this.#mended() : !!live.case;
    this.versionProblems = live.version_problems;
    this.versionNotes = live.version_notes;
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
          ? {
              path: looking.path,
              text: looking.text,
              reading: looking.version.reading ?? null,
              name: live.basis,
              seen: live.known ? (this.#basis?.seen ?? null) : doc.seen,
            }
          : null;
    }
    return due;
  }

  /** The forms are of this text now; of one that is not readable they show what was before. */
  #see(revision: string, text: string, file: FileView | null): void {
    this.unreadable = !file;
    if (file) this.file = sharing(this.file, file);
    doc.seen = { revision, text, file: this.file };
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
    const { version } = here.route;
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

  /** Of a case too large to list its outcomes: what the one of this number is called; null where it has no name. */
  called(number: string): string | null {
    const known = this.answer?.cut ? this.caseView : null;
    return known && nameOf(known, patternOf(number, known.options.length));
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
}

/** Marks in the browser's timeline that new verdicts stand in the page. */
function shown(): void {
  performance.clearMarks('verdicts');
  performance.mark('verdicts');
}

export const session = new Session();
