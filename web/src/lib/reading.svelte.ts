// What the text of a source proposes for the file that is open: what is taken goes through the document as any change of
// a form does, what is refused is remembered by the browser, by file.
import { client, messageOf } from './client';
import { doc } from './document.svelte';
import { page } from './page.svelte';
import { r } from './readingwords';
import type { EditView, ProposalsView, ProposalView } from './types';

interface Kept {
  on: boolean;
  refused: string[];
}

const name = (folder: string, path: string): string => `detente.reading.${folder}.${path}`;

function kept(folder: string, path: string): Kept {
  try {
    const all = JSON.parse(localStorage.getItem(name(folder, path)) ?? 'null') as Partial<Kept> | null;
    return { on: all?.on === true, refused: Array.isArray(all?.refused) ? all.refused : [] };
  } catch {
    return { on: false, refused: [] };
  }
}

class Reading {
  /** Whether proposals are shown. */
  on = $state(false);
  view = $state.raw<ProposalsView | null>(null);
  busy = $state(false);
  refused = $state.raw(new Set<string>());
  /** What is being taken: no longer open, whatever the server says later. */
  taking = $state.raw(new Set<string>());
  /** The proposal that one is at. */
  at = $state<string | null>(null);
  /** The proposal that is edited before it is taken. */
  editing = $state<string | null>(null);
  from = $state(1);

  #file = '';
  #source = '';
  #running: AbortController | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  /** What was refused last, one hand after the other; a take in between is null. */
  #steps: (string[] | null)[] = [];

  readonly open = $derived(
    (this.view?.proposals ?? []).filter(
      (one) => !one.there && one.ways.length && !this.refused.has(one.key) && !this.taking.has(one.key),
    ),
  );
  readonly bySentence = $derived.by(() => {
    const all = new Map<number, ProposalView[]>();
    for (const one of this.view?.proposals ?? []) {
      const list = all.get(one.sentence);
      if (list) list.push(one);
      else all.set(one.sentence, [one]);
    }
    return all;
  });
  /** How many sentences are read here, and of how many nothing is open. */
  readonly progress = $derived.by(() => {
    const { view } = this;
    const of = view?.total ? view.to - view.from + 1 : 0;
    return { of, decided: of - new Set(this.open.map((one) => one.sentence)).size };
  });
  /** The kinds of what is open, and how many there are of each. */
  readonly kinds = $derived.by(() => {
    const all = new Map<string, { kind: string; kinds: string; n: number }>();
    for (const { kind, kinds } of this.open) {
      const one = all.get(kind) ?? { kind, kinds, n: 0 };
      one.n++;
      all.set(kind, one);
    }
    return [...all.values()];
  });
  readonly refusedHere = $derived(
    (this.view?.proposals ?? []).filter((one) => !one.there && this.refused.has(one.key)).length,
  );

  isOpen(one: ProposalView): boolean {
    return this.open.includes(one);
  }

  /** Follows a file and a source. */
  follow(path: string, source: string): void {
    const file = `${doc.folder}\n${path}`;
    if (file !== this.#file) {
      const before = kept(doc.folder, path);
      this.on = before.on;
      this.refused = new Set(before.refused);
      this.#steps = [];
    }
    if (file !== this.#file || source !== this.#source) {
      this.view = null;
      this.at = null;
      this.editing = null;
      this.from = 1;
      this.taking = new Set();
    }
    this.#file = file;
    this.#source = source;
  }

  turn(on: boolean): void {
    this.on = on;
    this.#keep();
  }

  /** Shows the proposals of a file as soon as it is open. */
  static begin(folder: string, path: string): void {
    try {
      localStorage.setItem(name(folder, path), JSON.stringify({ on: true, refused: [] }));
    } catch {
      // No room: they are shown by the switch.
    }
  }

  #keep(): void {
    if (!doc.path) return;
    try {
      const all: Kept = { on: this.on, refused: [...this.refused] };
      localStorage.setItem(name(doc.folder, doc.path), JSON.stringify(all));
    } catch {
      page.failure = r.noRoom;
    }
  }

  /** Asks again what is proposed beside the file as it is now; only the newest question counts. */
  async refresh(): Promise<void> {
    const { path, text } = doc;
    if (!this.on || !path || !this.#source) return;
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    this.busy = true;
    try {
      const view = await client.proposals(
        { path, text, source: this.#source, from: this.from, taking: [] },
        running.signal,
      );
      if (running !== this.#running) return;
      this.view = view;
      this.#settle();
    } catch (error) {
      if (running === this.#running && !running.signal.aborted) page.failure = messageOf(error);
    } finally {
      if (running === this.#running) this.busy = false;
    }
  }

  /** Goes on to what is open next, when what one was at is not any more. */
  #settle(): void {
    const gone = this.at !== null && !this.open.some((one) => one.key === this.at);
    if (gone) this.at = this.#after(this.at ?? '');
  }

  /** What is open behind a proposal, else before it. */
  #after(key: string, by = 1): string | null {
    const all = this.view?.proposals ?? [];
    const from = all.findIndex((one) => one.key === key);
    const open = (one: ProposalView): boolean => one.key !== key && this.isOpen(one);
    const behind = all.slice(from + 1).filter(open);
    const before = all.slice(0, Math.max(from, 0)).filter(open);
    const next = by > 0 ? (behind[0] ?? before.at(-1)) : (before.at(-1) ?? behind[0]);
    return next?.key ?? null;
  }

  /** Goes to the first that is open, once the text is read. */
  async first(): Promise<void> {
    for (let waited = 0; !this.view && waited < 200; waited++)
      await new Promise((done) => setTimeout(done, 50));
    this.at = this.open[0]?.key ?? null;
  }

  move(by: number): void {
    const to = this.at === null ? (this.open[0]?.key ?? null) : this.#after(this.at, by);
    if (to) this.at = to;
  }

  #said(): string {
    return r.decided(this.progress.decided, this.progress.of);
  }

  /** Takes a proposal in one of its ways, with other words where some were given: by edit and key. */
  take(key: string, way = 0, words: Record<string, string> = {}): Promise<void> {
    const one = this.open.find((one) => one.key === key);
    if (!one?.ways[way] || doc.readOnly) return Promise.resolve();
    const next = this.at === key ? this.#after(key) : this.at;
    this.taking = new Set([...this.taking, key]);
    this.at = next;
    this.editing = null;
    return this.#do(async () => {
      // What was taken before may have brought it in.
      if (this.view?.revision !== doc.seen?.revision) await this.refresh();
      const found = this.view?.proposals.find((one) => one.key === key);
      const chosen = found?.ways[way];
      if (!chosen) return null;
      const edits = chosen.edits.map((edit, at): EditView => {
        if (edit.edit !== 'add') return edit;
        const value = { ...(edit.value as Record<string, unknown>) };
        for (const field of chosen.fields)
          if (field.edit === at && words[`${at}.${field.key}`] !== undefined)
            value[field.key] = words[`${at}.${field.key}`];
        return { ...edit, value };
      });
      return (await doc.edit(edits)) ? chosen.words : null;
    }, [key]);
  }

  /** Takes all that is open of a kind, as one change: undone by one step. */
  takeAll(kind: string): Promise<void> {
    const keys = this.open.filter((one) => one.kind === kind).map((one) => one.key);
    if (!keys.length || doc.readOnly) return Promise.resolve();
    this.taking = new Set([...this.taking, ...keys]);
    this.#settle();
    return this.#do(async () => {
      const { path, text } = doc;
      if (!path) return null;
      const taking = keys.map((key) => ({ key, way: 0 }));
      const { edits } = await client.proposals({ path, text, source: this.#source, from: this.from, taking });
      return edits.length && (await doc.edit(edits)) ? '' : null;
    }, keys);
  }

  /** One change after the other; then what is open now. */
  #do(change: () => Promise<string | null>, keys: string[]): Promise<void> {
    const next = this.#queue.then(async () => {
      try {
        const words = await change();
        if (words !== null) this.#steps.push(null);
        await this.refresh();
        if (words !== null) page.say(r.taken(words, this.#said()));
      } catch (error) {
        page.failure = messageOf(error);
      } finally {
        this.taking = new Set([...this.taking].filter((key) => !keys.includes(key)));
        this.#settle();
      }
    });
    this.#queue = next;
    return next;
  }

  refuse(keys: string[]): void {
    if (!keys.length) return;
    this.refused = new Set([...this.refused, ...keys]);
    this.#steps.push(keys);
    this.#keep();
    if (this.at && keys.includes(this.at)) this.at = this.#after(this.at);
    page.say(r.refused(this.#said()));
  }

  refuseAll(kind: string): void {
    this.refuse(this.open.filter((one) => one.kind === kind).map((one) => one.key));
  }

  bringBack(keys: string[]): void {
    this.refused = new Set([...this.refused].filter((key) => !keys.includes(key)));
    this.#keep();
    this.at = keys[0] ?? this.at;
    page.say(r.back);
  }

  /** Undoes what was decided last here: a refusal is brought back, a change is the document's to undo. */
  undo(): void {
    const last = this.#steps.pop();
    if (last) this.bringBack(last);
    else doc.undo();
  }

  turnTo(from: number): void {
    this.from = Math.max(1, from);
    this.at = null;
    void this.refresh();
  }
}

export const reading = new Reading();
export const beginReading = Reading.begin.bind(Reading);
