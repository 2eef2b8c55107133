// The file that is open: its text with undo, the changes that forms make, and saving it without losing what others
// saved.
import { client, Refused } from './client';
import {
  adoptWaiting,
  dropDraft,
  keepDraft,
  keepWaiting,
  leftDrafts,
  type Draft,
  type Kept,
  type Waiting,
} from './drafts';
import { at, type FileView } from './file';
import { page } from './page.svelte';
import { t } from './strings';
import { together } from './together';
import type { EditedView, EditView, FileText, ProblemView } from './types';
import { keepSteps, patch, patched, readSteps, type Patch } from './undo';
import { w } from './formwords';
import { watch } from './watching';

export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed';

/** A text with what is known of it: what forms are made of. */
export interface Seen {
  revision: string;
  text: string;
  file: FileView | null;
}

/** Two changes of one text that the reader brings together. */
export interface Apart {
  /** Whether somebody else saved the file, a change of a form no longer fits, or words from before come to others. */
  of: 'file' | 'form' | 'draft';
  base: string;
  /** Of a form: the text as its change would make it. Of the file: what is written here, whatever is typed meanwhile. */
  mine?: string;
  theirs: string;
  /** The revision of `theirs` in the file. */
  revision: string | null;
  /** Called when it is resolved. */
  done?: () => void;
}

/** Changes of one hand within this time are undone together. */
const atOnce = 800;
/** How soon what failed is tried again: soon at first, then less and less often. */
const soonest = 250;
const latest = 2000;
const again = (failures: number): number => Math.min(latest, soonest * 2 ** failures);
/** Waits, but no longer than until the browser says that there is a line again. */
const pause = (ms: number): Promise<void> =>
  new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', end);
      done();
    };
    const timer = setTimeout(end, ms);
    globalThis.addEventListener?.('online', end);
  });
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A change of a form, with how many things had moved when it was made. */
type Queued = Waiting & {
  since: number;
  /** Of each change of a value that was made of another's that waits: which. */
  on: (Link | null)[];
  /** What stood in the text that the form showed, where that is not what is expected. */
  stood: unknown[];
};
/** One change of one that waits. */
interface Link {
  of: Queued;
  n: number;
}
type Valued = Extract<EditView, { edit: 'set' | 'remove' }>;
const valued = (edit: EditView | undefined): edit is Valued =>
  edit?.edit === 'set' || edit?.edit === 'remove';
const becomes = (edit: Valued): unknown => (edit.edit === 'set' ? edit.value : null);
/** The same change, made of another value. */
function rebase(edit: Valued, now: unknown): void {
  const value = together(edit.expected ?? null, now, becomes(edit));
  Object.assign(edit, value === null ? { edit: 'remove' } : { edit: 'set', value }, { expected: now });
}

class Document {
  /** For a moment another than the address names, while that is fetched. */
  path = $state<string | null>(null);
  text = $state('');
  revision = $state<string | null>(null);
  saveState = $state<SaveState>('saved');
  /** Whether the server answered that it cannot be saved, where saving failed: else it did not answer. */
  refused = $state(false);
  savedAt = $state<Date | null>(null);
  /** What has to be brought together by the reader. */
  apart = $state.raw<Apart | null>(null);
  /** What was typed in earlier pages and never saved: one is offered after the other. */
  left = $state.raw<Kept<Draft>[]>([]);
  /** The file was deleted or moved away. */
  gone = $state(false);
  /** Nothing can be saved into it. */
  readOnly = $state(false);
  /** When somebody else changed the file and it was followed, and whether what was changed here came on top. */
  outside = $state.raw<{ at: Date; merged: boolean } | null>(null);
  /** Changes of forms that wait for the server. */
  waiting = $state.raw<Queued[]>([]);
  /** Whether the server did not answer when they were sent. */
  held = $state(false);
  undoable = $state(0);
  redoable = $state(0);
  /** The text that the forms on the screen are made of. */
  seen: Seen | null = null;
  /** What follows from another text. */
  onchange: () => void = () => {};
  /** Why the server refused a change, for people. */
  inWords: (message: string) => string = (message) => message;
  /** What a change of a form made. */
  onedited: (edited: EditedView) => void = () => {};

  /** The file, changed outside; and changes of forms that do not fit, each for itself. The file comes first. */
  #file: Apart | null = null;
  #forms: Apart[] = [];
  #folder = '';
  #undo: Patch[] = [];
  #redo: Patch[] = [];
  #lastEdit = 0;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;
  #stopWatching: (() => void) | null = null;
  /** The text of the revision: what was read or saved last. */
  #base = '';
  /** What was sent to be saved and not answered: it may be in the file. */
  #unanswered: string | null = null;
  /** How often saving failed by now, one time after the other. */
  #failures = 0;
  /** The revision that was told of while a save was under way. */
  #late: string | null = null;
  /** How often changes of the file were told of: the newest counts. */
  #told = 0;
  /** Under which addresses things stand by now that stood under others, in the order in which they moved. */
  #trail: [from: string, to: string][] = [];
  /** By address: what the thing there is called on the screen. */
  #called = new Map<string, string>();
  #editing: Promise<unknown> = Promise.resolve();
  #opening = 0;
  /** The drafts that were answered since it was opened. */
  #taken = new Set<string>();

  constructor() {
    globalThis.addEventListener?.('online', () => void this.save());
    globalThis.addEventListener?.('focus', () => void this.look());
  }

  /** Opens `file`. What was typed and not saved when it was last open is offered, never taken by itself. */
  open(path: string, file: FileText): void {
    this.#stopWatching?.();
    this.path = path;
    this.text = file.text;
    this.revision = file.revision;
    this.#base = file.text;
    this.#folder = file.folder;
    page.failure = file.utf8 ? null : t.notUtf8;
    const steps = readSteps(file.folder, path, file.revision);
    this.#undo = steps?.undo ?? [];
    this.#redo = steps?.redo ?? [];
    this.#count();
    this.#trail = [];
    this.#called.clear();
    this.#unanswered = null;
    this.#failures = 0;
    this.#late = null;
    this.saveState = 'saved';
    this.#file = null;
    this.#forms = [];
    this.#show();
    this.gone = false;
    this.outside = null;
    this.readOnly = !file.writable;
    this.#keepLooking(path);
    this.seen = null;
    this.left = [];
    this.waiting = [];
    const opening = ++this.#opening;
    const taken = (this.#taken = new Set());
    leftDrafts(file.folder, path, (all) => {
      if (opening !== this.#opening) return;
      this.left = all.filter(({ name, value }) => {
        if (taken.has(name)) return false;
        const known = value.text === file.text;
        if (known) dropDraft(file.folder, path, name);
        return !known;
      });
    });
    adoptWaiting(file.folder, path, (all) => {
      if (opening !== this.#opening) return false;
      const adopted = all.map((one) => ({ ...one, since: this.#trail.length, on: [], stood: [] }));
      this.waiting = [...adopted, ...this.waiting];
      this.#keepWaiting();
      for (const waiting of adopted) void this.#queue(waiting);
      return true;
    });
    this.#stopWatching = watch(path, (revision) => void this.#changedOutside(path, revision));
  }

  /** The folder that is served: another may be, at the same address, tomorrow. */
  get folder(): string {
    return this.#folder;
  }

  /** What is offered now. */
  get recovered(): Draft | null {
    return this.left[0]?.value ?? null;
  }

  /** Takes up what was typed before, or lets it go. */
  recover(take: boolean): void {
    const [first, ...rest] = this.left;
    if (!first || !this.path) return;
    this.left = rest;
    this.#taken.add(first.name);
    const { path } = this;
    const folder = this.#folder;
    const drop = (): void => dropDraft(folder, path, first.name);
    const draft = first.value;
    if (!take) drop();
    else if (this.text !== this.#base) {
      // Something is typed here, too, and nothing of either goes.
      const mine = draft.text;
      this.#forms.push({
        of: 'draft',
        base: draft.from ?? '',
        mine,
        theirs: this.text,
        revision: null,
        done: drop,
      });
      this.#show();
    } else if (draft.base === this.revision || draft.sent === this.text) {
      // Of the text that stands there, or of the one that was sent and came as far as the file.
      drop();
      this.setText(draft.text);
    } else {
      const theirs = this.text;
      const { revision } = this;
      drop();
      this.#push(draft.text);
      this.#file = { of: 'file', base: draft.from ?? '', theirs, revision };
      this.#show();
    }
  }

  #show(): void {
    this.apart = this.#file ?? this.#forms[0] ?? null;
  }

  /** Sets the text: from the editor, a form or a drag. */
  setText(text: string, joinWithLast = false): void {
    if (text === this.text || !this.path) return;
    this.#push(text, joinWithLast);
  }

  #push(text: string, joinWithLast = false): void {
    const now = Date.now();
    const last = this.#undo.at(-1);
    if (joinWithLast && last && now - this.#lastEdit < atOnce)
      this.#undo[this.#undo.length - 1] = patch(text, patched(this.text, last));
    else this.#undo.push(patch(text, this.text));
    this.#lastEdit = now;
    this.#redo = [];
    this.#apply(text);
  }

  undo(): void {
    this.#step(this.#undo, this.#redo);
  }

  redo(): void {
    this.#step(this.#redo, this.#undo);
  }

  #step(from: Patch[], to: Patch[]): void {
    const step = from.pop();
    if (step === undefined) return;
    const text = patched(this.text, step);
    to.push(patch(text, this.text));
    this.#lastEdit = 0;
    this.#apply(text);
  }

  #apply(text: string): void {
    this.text = text;
    this.saveState = 'dirty';
    this.#count();
    this.#keep();
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.save(), 400);
    this.onchange();
  }

  #keep(): void {
    if (!this.path) return;
    const { text, revision: base } = this;
    const sent = this.#unanswered === null ? {} : { sent: this.#unanswered };
    const draft = { text, base, from: this.#base, ...sent, at: Date.now() };
    if (!keepDraft(this.#folder, this.path, draft)) page.failure = w.noRoom;
  }

  #count(): void {
    this.undoable = this.#undo.length;
    this.redoable = this.#redo.length;
  }

  /** Changes the file as a form says, which was made of what is seen: through the server, which keeps comments and
   * order; one at a time. What the server does not answer waits. Null when it does not fit any more: then the reader
   * brings both together. */
  edit(edits: EditView[]): Promise<EditedView | null> {
    const { seen } = this;
    if (!seen || !this.path || this.readOnly) return Promise.resolve(null);
    const plain = JSON.parse(JSON.stringify(edits)) as EditView[];
    const since = this.#trail.length;
    const waiting: Queued = {
      edits: plain,
      revision: seen.revision,
      text: seen.text,
      since,
      on: [],
      stood: [],
    };
    for (const n of plain.keys()) this.#link(waiting, n);
    this.waiting = [...this.waiting, waiting];
    this.#keepWaiting();
    return this.#queue(waiting);
  }

  #queue(waiting: Queued): Promise<EditedView | null> {
    const { path } = this;
    const next = this.#editing.then(async () => {
      // The file is another by now: what waits for this one is kept for when it is open again.
      if (path !== this.path) return null;
      const edited = await this.#made(waiting, path);
      if (!edited) this.#own(waiting, false);
      this.waiting = this.waiting.filter((one) => one !== waiting);
      this.#keepWaiting();
      return edited;
    });
    this.#editing = next.catch(() => null);
    return next;
  }

  /** Until what waits now is made. */
  async settled(): Promise<void> {
    await this.#editing;
  }

  #keepWaiting(): void {
    if (!this.path) return;
    const kept = this.waiting.map(({ edits, revision, text }) => ({ edits, revision, text }));
    keepWaiting(this.#folder, this.path, kept);
  }

  async #made(waiting: Queued, path: string | null): Promise<EditedView | null> {
    let { revision } = waiting;
    for (let failures = 0; ;) {
      const { text } = this;
      const edits = waiting.edits.map((edit) => this.#renamed(edit, waiting.since));
      try {
        const edited = await client.edit(text, revision, edits);
        this.held = false;
        if (path !== this.path) return null;
        // Somebody typed meanwhile: the change is made of that.
        if (this.text !== text) continue;
        this.#moved(edited.moved as [string, string][]);
        this.#own(waiting, true);
        // Made of what stood there before somebody else changed the file, and of what stands there now.
        if (this.outside && revision !== waiting.revision) this.outside = { ...this.outside, merged: true };
        this.onedited(edited);
        this.setText(edited.text);
        page.failure = null;
        return edited;
      } catch (error) {
        if (path !== this.path) return null;
        if (!(error instanceof Refused)) {
          // The server is away: it is told by the foot, and tried again.
          this.held = true;
          page.failure = w.waits;
          await pause(again(failures++));
          continue;
        }
        this.held = false;
        if (error.code === 'stale' && error.revision) {
          // Made of an older text: it is made of this one where it still fits.
          revision = error.revision;
          continue;
        }
        if (error.status === 401) {
          this.held = true;
          page.failure = error.message;
          await pause(again(failures++));
          continue;
        }
        const apart = error.code === 'otherwise' && (await this.#part(waiting));
        const words = waiting.edits.map((edit) => (edit.edit === 'set' ? edit.value : null));
        const typed = words.filter((one) => typeof one === 'string').join(', ');
        const said = this.inWords(error.message);
        page.failure = apart || !typed ? said : `${said} ${w.typed(typed)}`;
        return null;
      }
    }
  }

  /** The changes of the value at an address that wait, the first one first. */
  #chain(address: string): Link[] {
    return this.waiting.flatMap((of) =>
      of.edits.flatMap((edit, n) =>
        valued(edit) && this.current(edit.address, of.since) === address ? [{ of, n }] : [],
      ),
    );
  }

  /** A change of a value that another waits to change is made of what that puts there: one hand made both. */
  #link(waiting: Queued, n: number): void {
    const edit = waiting.edits[n];
    if (!valued(edit)) return;
    const chain = this.#chain(this.current(edit.address, waiting.since));
    const last = chain.at(-1);
    const before = last?.of.edits[last.n];
    if (!last || !valued(before)) return;
    const seen = edit.expected ?? null;
    const known = chain.some(({ of, n }) => same((of.edits[n] as Valued).expected ?? null, seen));
    if (!same(becomes(before), seen)) {
      if (!known) return;
      rebase(edit, becomes(before));
    }
    waiting.on[n] = last;
    const first = chain[0]!;
    waiting.stood[n] = first.of.stood[first.n] ?? (first.of.edits[first.n] as Valued).expected ?? null;
  }

  /** What was made of a change that is answered now stands on what it left there. */
  #own(waiting: Queued, made: boolean): void {
    for (const other of this.waiting)
      for (const [n, link] of other.on.entries()) {
        const edit = other.edits[n];
        const mine = link && waiting.edits[link.n];
        if (link?.of !== waiting || !valued(edit) || !valued(mine!)) continue;
        const now = made ? becomes(mine) : (mine.expected ?? null);
        if (!same(edit.expected ?? null, now)) rebase(edit, now);
        other.on[n] = made ? null : (waiting.on[link.n] ?? null);
      }
  }

  /** What stands at an address once all that waits is made; `seen`: what the form shows there. */
  coming(address: string, seen: unknown): unknown {
    let value: unknown = seen ?? null;
    for (const { edits, since } of this.waiting)
      for (const edit of edits) {
        if (!valued(edit)) continue;
        const at = this.current(edit.address, since);
        if (at === address) value = becomes(edit);
        else if (address.startsWith(`${at}.`))
          value = address
            .slice(at.length + 1)
            .split('.')
            .reduce<unknown>(
              (found, key) => (found as Record<string, unknown> | null)?.[key] ?? null,
              becomes(edit),
            );
      }
    return value;
  }

  /** Whether it waits to be taken out. */
  leaving(address: string): boolean {
    return this.waiting.some(({ edits, since }) =>
      edits.some(
        (edit) =>
          (edit.edit === 'remove' || edit.edit === 'remove_all') &&
          this.current(edit.address, since) === address,
      ),
    );
  }

  /** Things of one list, in the order that they have once all that waits is made. */
  ordered<T extends { address: string }>(all: T[]): T[] {
    const order = [...all];
    for (const { edits, since } of this.waiting)
      for (const edit of edits) {
        if (edit.edit !== 'move') continue;
        const from = order.findIndex((one) => one.address === this.current(edit.address, since));
        if (from < 0) continue;
        const before = edit.before ? this.current(edit.before, since) : null;
        const [moved] = order.splice(from, 1);
        const to = before === null ? order.length : order.findIndex((one) => one.address === before);
        order.splice(to < 0 ? from : to, 0, moved!);
      }
    return order;
  }

  /** Where a thing stands by now that stood under this address when so many had moved. */
  current(address: string, since = 0): string {
    let found = address;
    for (const [from, to] of this.#trail.slice(since))
      if (found === from || found.startsWith(`${from}.`) || found.startsWith(`${from}[`))
        found = to + found.slice(from.length);
    return found;
  }

  #moved(all: [from: string, to: string][]): void {
    this.#trail.push(...all);
    for (const [from, to] of all) this.#called.set(to, this.#called.get(from) ?? from);
  }

  /** What things at these addresses are called on the screen, where each is one: that stays while what one says changes
   * here, and with it its address, so that nothing that is being typed beside is lost. */
  called(addresses: string[]): string[] {
    const taken = new Set<string>();
    return addresses.map((address) => {
      let name = this.#called.get(address) ?? address;
      if (taken.has(name)) name = address;
      while (taken.has(name)) name += '+';
      taken.add(name);
      return name;
    });
  }

  /** A change under the addresses that things have now. */
  #renamed(edit: EditView, since: number): EditView {
    const renamed = { ...edit } as Record<string, unknown>;
    for (const key of ['address', 'before'])
      if (typeof renamed[key] === 'string') renamed[key] = this.current(renamed[key], since);
    return renamed as unknown as EditView;
  }

  /** A change of a form that no longer fits stands beside the text, for the reader to bring together. */
  async #part(waiting: Queued): Promise<boolean> {
    for (let failures = 0; ; failures++)
      try {
        const made = waiting.edits.map((edit, n) =>
          waiting.stood[n] === undefined ? edit : ({ ...edit, expected: waiting.stood[n] } as EditView),
        );
        const mine = await client.edit(waiting.text, waiting.revision, made);
        const base = waiting.text;
        this.#forms.push({ of: 'form', base, mine: mine.text, theirs: this.text, revision: null });
        this.#show();
        return true;
      } catch (error) {
        if (error instanceof Refused) return this.#partFrom(waiting);
        await pause(again(failures));
      }
  }

  /** The same where the form showed something else already, which came from outside under the hand that typed: apart are
   * the text with what was there before, with what is there now, and with what was typed. False: there is no such
   * place any more. */
  async #partFrom(waiting: Queued): Promise<boolean> {
    const { seen } = this;
    if (!seen?.file) return false;
    const there = (value: unknown, address: string): EditView => {
      const expected = at(seen.file, address) ?? null;
      return value === null || value === undefined
        ? { edit: 'remove', address, expected }
        : ({ edit: 'set', address, value, expected } as EditView);
    };
    const all = waiting.edits.map((edit) => this.#renamed(edit, waiting.since));
    const valued = all.filter((edit) => edit.edit === 'set' || edit.edit === 'remove');
    if (!valued.length || valued.length < all.length) return false;
    try {
      const before = valued.map((edit) => there(edit.expected, edit.address));
      const after = valued.map((edit) => there(edit.edit === 'set' ? edit.value : null, edit.address));
      const base = await client.edit(seen.text, seen.revision, before);
      const mine = await client.edit(seen.text, seen.revision, after);
      this.#forms.push({ of: 'form', base: base.text, mine: mine.text, theirs: seen.text, revision: null });
      this.#show();
      return true;
    } catch {
      return false;
    }
  }

  /** Mends a problem by the change that the server proposes. */
  fix({ fix }: ProblemView, said = fix?.title ?? ''): boolean {
    const { seen } = this;
    if (!fix || !seen) return false;
    const expected = seen.text.slice(fix.range.from, fix.range.to);
    void this.edit([{ edit: 'replace', range: fix.range, expected, text: fix.text }]);
    page.say(said);
    return true;
  }

  /** Whether what is typed goes into the file now. */
  get #saves(): boolean {
    return !this.#file && !this.gone && !this.readOnly;
  }

  /** Saves what is open, if it is not; one request at a time. */
  save(): Promise<void> {
    const { path } = this;
    if (!path || !this.#saves || this.saveState === 'saved') return Promise.resolve();
    return (this.#saving ??= this.#send(path).finally(() => {
      this.#saving = null;
      if (this.saveState === 'dirty' || this.saveState === 'failed') {
        clearTimeout(this.#saveTimer);
        const wait = this.saveState === 'failed' ? again(this.#failures++) : 200;
        this.#saveTimer = setTimeout(() => void this.save(), wait);
      }
      // Somebody else may have saved it after this save, and before it was answered.
      const late = this.#late;
      this.#late = null;
      if (late !== null && late !== this.revision) void this.#changedOutside(path, late);
    }));
  }

  async #send(path: string): Promise<void> {
    const { text } = this;
    this.saveState = 'saving';
    try {
      const saved = await client.save(path, text, this.revision);
      this.#failures = 0;
      if (saved.outcome === 'changed') {
        this.saveState = 'dirty';
        this.#outside(saved.text, saved.revision);
      } else {
        this.#unanswered = null;
        this.revision = saved.revision;
        this.#base = text;
        this.savedAt = new Date();
        this.saveState = this.text === text ? 'saved' : 'dirty';
        if (this.saveState === 'saved') {
          dropDraft(this.#folder, path);
          keepSteps(this.#folder, path, { revision: saved.revision, undo: this.#undo, redo: this.#redo });
        } else this.#keep();
      }
      // What could not be saved could not be asked about either.
      if (page.failure) this.onchange();
      page.failure = null;
    } catch (error) {
      this.saveState = 'failed';
      this.refused = error instanceof Refused;
      if (!(error instanceof Refused)) {
        // It may have come as far as the file.
        this.#unanswered = text;
        this.#keep();
        return;
      }
      page.failure = error.message;
      if (error.code === 'missing') this.#missing(path);
      if (error.code === 'read_only') this.#writable(false);
    }
  }

  /** Saves now; what was typed while that went on as well. */
  async flush(): Promise<void> {
    do {
      clearTimeout(this.#saveTimer);
      await this.save();
    } while (this.saveState === 'dirty' && this.#saves);
  }

  /** Looks whether the file can be written now: nobody tells when that changes. */
  async look(): Promise<void> {
    const { path } = this;
    if (!path || this.gone) return;
    const file = await client.text(path).catch(() => null);
    if (!file || path !== this.path) return;
    this.#writable(file.writable);
  }

  /** What was typed while it could not be written is saved as soon as it can. */
  #writable(is: boolean): void {
    const lifted = is && this.readOnly;
    this.readOnly = !is;
    if (!lifted) return;
    page.failure = null;
    void this.save();
  }

  /** From now on, while one sees the page: often as long as the file is read-only, so that it is lifted by itself. */
  #keepLooking(path: string): void {
    clearInterval(this.#looks);
    if (typeof document === 'undefined') return;
    let turn = 0;
    this.#looks = setInterval(() => {
      if (path !== this.path) clearInterval(this.#looks);
      else if (!document.hidden && (this.readOnly || ++turn % 3 === 0)) void this.look();
    }, latest);
  }
  #looks: ReturnType<typeof setInterval> | undefined;

  /** Another saved the file while something here was not saved. */
  #outside(theirs: string, revision: string): void {
    if (theirs === this.text || theirs === this.#unanswered) {
      // What was sent from here and never answered: the file has it, and what was typed since comes on top.
      this.revision = revision;
      this.#base = theirs;
      this.#unanswered = null;
      this.#file = null;
      this.saveState = theirs === this.text ? 'saved' : 'dirty';
      if (this.saveState === 'dirty') {
        clearTimeout(this.#saveTimer);
        this.#saveTimer = setTimeout(() => void this.save(), 200);
      }
    } else this.#file = { of: 'file', base: this.#base, theirs, revision };
    this.#show();
  }

  /** The file is gone; looks whether it comes back, of which nobody may tell. */
  #missing(path: string): void {
    if (this.gone) return;
    this.gone = true;
    void (async () => {
      for (;;) {
        await pause(latest);
        if (path !== this.path || !this.gone) return;
        const file = await client.text(path).catch(() => null);
        if (file && path === this.path && this.gone) {
          void this.#changedOutside(path, file.revision);
          return;
        }
      }
    })();
  }

  async #changedOutside(path: string, revision: string | null): Promise<void> {
    if (path !== this.path) return;
    const told = ++this.#told;
    if (revision === null) {
      // Editors replace a file: for a moment there is none.
      await pause(700);
      const gone = await client.text(path).then(
        () => false,
        (error: unknown) => error instanceof Refused && error.code === 'missing',
      );
      if (path === this.path && gone && told === this.#told) this.#missing(path);
      return;
    }
    if (this.gone) {
      // It is back.
      this.gone = false;
      if (revision === this.revision) void this.save();
    }
    if (revision === this.revision) return;
    if (this.#saving) {
      this.#late = revision;
      return;
    }
    let file: FileText;
    for (let failures = 0; ;) {
      const before = this.revision;
      try {
        file = await client.text(path);
        // What was saved from here meanwhile is newer than what was read.
        if (this.revision === before || path !== this.path) break;
      } catch (error) {
        if (error instanceof Refused) return;
        await pause(again(failures++));
        if (told !== this.#told || path !== this.path) return;
      }
    }
    if (path !== this.path || file.revision === this.revision) return;
    if (this.#saving) {
      this.#late = file.revision;
      return;
    }
    this.#writable(file.writable);
    if (this.saveState === 'saved' && !this.#file) {
      // Nothing of ours is at stake: follow the file.
      this.revision = file.revision;
      this.#base = file.text;
      if (file.text !== this.text)
        this.outside = { at: new Date(), merged: this.waiting.length > 0 || !!this.outside?.merged };
      this.#follow(file.text);
    } else this.#outside(file.text, file.revision);
  }

  /** Takes the text of the file; undo leads back. */
  #follow(text: string): void {
    if (text === this.text) return;
    this.#undo.push(patch(text, this.text));
    this.#redo = [];
    this.#lastEdit = 0;
    this.#count();
    this.text = text;
    this.onchange();
  }

  /** Ends a division: with our text, theirs, or one made of both. */
  resolve(text: string): void {
    const { apart } = this;
    if (!apart) return;
    apart.done?.();
    if (apart.of !== 'file') {
      this.#forms.shift();
      this.#show();
      this.setText(text);
      return;
    }
    this.#file = null;
    this.#show();
    this.revision = apart.revision;
    this.#base = apart.theirs;
    if (text === apart.theirs) {
      this.saveState = 'saved';
      if (this.path) dropDraft(this.#folder, this.path);
      this.#follow(text);
    } else {
      this.saveState = 'dirty';
      if (text !== this.text) this.setText(text);
      else this.#keep();
      void this.save();
    }
  }

  /** Writes a file that is gone anew, with what stands here. */
  writeAnew(): void {
    this.gone = false;
    this.revision = null;
    this.saveState = 'dirty';
    page.failure = null;
    void this.save();
  }
}

export const doc = new Document();
