// The file that is open: its text with undo, and saving it without losing what others saved.
import { client, messageOf, Refused } from './client';
import { dropDraft, keepDraft, readDraft } from './drafts';
import { page } from './page.svelte';
import { t } from './strings';
import type { EditView, FileText, ProblemView } from './types';

export type SaveState = 'saved' | 'dirty' | 'saving' | 'failed';

/** Changes of one hand within this time are undone together. */
const together = 800;

class Document {
  /** For a moment another than the address names, while that is fetched. */
  path = $state<string | null>(null);
  text = $state('');
  revision = $state<string | null>(null);
  saveState = $state<SaveState>('saved');
  savedAt = $state<Date | null>(null);
  /** What somebody else saved meanwhile. */
  conflict = $state<{ text: string; revision: string } | null>(null);
  undoable = $state(0);
  redoable = $state(0);
  /** What follows from another text. */
  onchange: () => void = () => {};

  #undo: string[] = [];
  #redo: string[] = [];
  #lastEdit = 0;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> | null = null;
  #stopWatching: (() => void) | null = null;

  /** Opens `file`, with what was typed and not saved when it was last open. */
  open(path: string, file: FileText): void {
    this.#stopWatching?.();
    this.path = path;
    this.text = file.text;
    this.revision = file.revision;
    page.failure = file.utf8 ? null : t.notUtf8;
    this.#undo = [];
    this.#redo = [];
    this.#count();
    this.saveState = 'saved';
    this.conflict = null;
    const draft = readDraft(path);
    if (draft && draft.text !== file.text) {
      this.text = draft.text;
      this.saveState = 'dirty';
      if (draft.base === file.revision) void this.save();
      else this.conflict = { text: file.text, revision: file.revision };
    }
    this.#stopWatching = client.watch(path, (revision) => void this.#changedOutside(revision));
  }

  /** Sets the text: from the editor, a form or a drag. */
  setText(text: string, joinWithLast = false): void {
    if (text === this.text || !this.path) return;
    const now = Date.now();
    if (!(joinWithLast && now - this.#lastEdit < together)) this.#undo.push(this.text);
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

  #step(from: string[], to: string[]): void {
    const text = from.pop();
    if (text === undefined) return;
    to.push(this.text);
    this.#lastEdit = 0;
    this.#apply(text);
  }

  #apply(text: string): void {
    this.text = text;
    this.saveState = 'dirty';
    this.#count();
    if (this.path) keepDraft(this.path, { text, base: this.revision });
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.save(), 400);
    this.onchange();
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
      page.failure = messageOf(error);
      return false;
    }
  }

  /** Mends a problem by the change that the server proposes. */
  fix({ fix }: ProblemView): boolean {
    if (!fix) return false;
    this.setText(this.text.slice(0, fix.range.from) + fix.text + this.text.slice(fix.range.to));
    page.say(fix.title);
    return true;
  }

  /** Saves what is open, if it is not; one request at a time. */
  save(): Promise<void> {
    const { path } = this;
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
    const { text } = this;
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
      if (page.failure) this.onchange();
      page.failure = null;
    } catch (error) {
      this.saveState = 'failed';
      if (error instanceof Refused) page.failure = error.message;
    }
  }

  /** Saves now; what was typed while that went on as well. */
  async flush(): Promise<void> {
    do {
      clearTimeout(this.#saveTimer);
      await this.save();
    } while (this.saveState === 'dirty' && !this.conflict);
  }

  async #changedOutside(revision: string): Promise<void> {
    const { path } = this;
    if (revision === this.revision || this.#saving || !path) return;
    const file = await client.text(path);
    if (file.revision === this.revision || this.#saving || path !== this.path) return;
    if (this.saveState === 'saved' && !this.conflict) {
      // Nothing of ours is at stake: follow the file.
      this.revision = file.revision;
      this.#follow(file.text);
    } else if (file.text !== this.text) {
      this.conflict = { text: file.text, revision: file.revision };
    }
  }

  /** Takes the text of the file; undo leads back. */
  #follow(text: string): void {
    this.#undo.push(this.text);
    this.#count();
    this.text = text;
    this.onchange();
  }

  /** Ends a conflict: with our text, theirs, or one made by hand. */
  resolve(text: string): void {
    const { conflict } = this;
    if (!conflict) return;
    this.revision = conflict.revision;
    this.conflict = null;
    if (text === conflict.text) {
      this.saveState = 'saved';
      if (this.path) dropDraft(this.path);
      this.#follow(text);
    } else {
      this.saveState = 'dirty';
      if (text !== this.text) this.setText(text);
      void this.save();
    }
  }
}

export const doc = new Document();
