// Completion in the text of a case: keys where a key stands, ids where a value stands.
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { session } from './session.svelte';
import { claimKinds, questionKinds, tieKinds } from './things';

const keys = [
  'title',
  'as_of',
  'question',
  'limits',
  'author',
  'note',
  'source',
  'at',
  'says',
  'speaker',
  'reported_by',
  'kind',
  'quote',
  'name',
  'text',
  'because',
  'assumption',
  'moves',
  'members',
  'parties',
  'signed',
  'clauses',
  'status',
  'convenor',
  'between',
  'mending',
  'on',
  'actors',
  'when',
  'body',
  'leaves',
  'tie',
  'becomes',
  'that',
  'confidence',
  'strength',
  'unknown',
  'id',
  'never',
  'always',
  'at_most_one',
  'exactly_one',
  'option',
  'requires',
  'ask',
  'outcome',
  'concept',
  'from',
  'view',
  'unavailable',
  'strike',
  'status_quo',
  'says_not',
  'until',
  'publisher',
  'date',
  'url',
];
/** Values that a key takes one of. */
const values: Record<string, string[]> = {
  kind: [...claimKinds, ...questionKinds, ...tieKinds],
  becomes: tieKinds,
  concept: ['nash', 'gmr', 'smr', 'seq', 'sseq', 'sim'],
  status: ['draft', 'initialled', 'signed', 'in force', 'lapsed'],
  strength: ['strong'],
  moves: ['both', 'on_only', 'off_only'],
};

/** Whether what stands before the cursor has begun a comment: a `#` outside of texts. */
export function isComment(before: string): boolean {
  let quote = '';
  for (let at = 0; at < before.length; at++) {
    const c = before[at];
    if (quote) {
      if (c === '\\' && quote === '"') at++;
      else if (c === quote) quote = '';
    } else if (c === '"' || c === "'") quote = c;
    else if (c === '#') return true;
  }
  return false;
}

export function complete(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[\w.-]+/);
  if (!word && !context.explicit) return null;
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  // In a comment one writes prose.
  if (isComment(before)) return null;
  const view = session.caseView;
  const inString = (before.match(/"/g)?.length ?? 0) % 2 === 1;
  const key = /([\w-]+)\s*=\s*[^=]*$/.exec(before)?.[1] ?? '';
  const options: Completion[] = [];
  if (inString && /^(because|claims)$/.test(key)) {
    for (const claim of view?.claims ?? [])
      options.push({ label: claim.id, detail: claim.says.slice(0, 60) });
  } else if (inString && key === 'source') {
    for (const source of view?.sources ?? [])
      options.push({ label: source.id, detail: source.title.slice(0, 60) });
  } else if (inString && key === 'speaker') {
    for (const speaker of view?.speakers ?? []) options.push({ label: speaker });
  } else if (inString && values[key]) {
    for (const value of values[key]) options.push({ label: value });
  } else if (inString && !/^(says|title|name|text|note|question|ask|author|quote|says_not)$/.test(key)) {
    for (const option of view?.options ?? []) options.push({ label: option.id, detail: option.text });
    for (const definition of view?.definitions ?? [])
      options.push({ label: definition.id, detail: definition.words });
    for (const actor of view?.actors ?? []) options.push({ label: actor.id, detail: actor.name });
    for (const word of ['and', 'or', 'not', 'implies', 'iff']) options.push({ label: word });
  } else if (!inString && !before.includes('=')) {
    for (const name of keys) options.push({ label: name });
  }
  return options.length ? { from: word?.from ?? context.pos, options, validFor: /^[\w.-]*$/ } : null;
}
