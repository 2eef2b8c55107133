// What the forms know of each kind of thing: its fields, in the order in which one fills them.
import { w } from './formwords';

export type FieldKind =
  | 'line'
  | 'prose'
  | 'date'
  | 'count'
  | 'share'
  | 'flag'
  | 'formula'
  | 'outcome'
  | 'actor'
  | 'actors'
  | 'pair'
  | 'body'
  | 'claims'
  | 'sources'
  | 'kinds'
  | 'speakers'
  | 'wish'
  | 'wishes'
  | 'word';

export interface Spec {
  key: string;
  kind: FieldKind;
  label: string;
  /** Of a word: what there is. */
  of?: string[];
}

const field = (key: string, kind: FieldKind, label = w.fields[key] ?? key, of?: string[]): Spec => ({
  key,
  kind,
  label,
  ...(of ? { of } : {}),
});

export const claimKinds = ['fact', 'statement', 'hope', 'expectation', 'assessment', 'conditional'];
export const tieKinds = ['alliance', 'partnership', 'friendly', 'neutral', 'strained', 'hostile'];
const note = field('note', 'prose');

export interface Kind {
  /** The table or list in the file. */
  table: string;
  /** Which field names it. */
  name: string;
  fields: Spec[];
  /** What a new one holds beside its name. */
  fresh: Record<string, unknown>;
  /** Whether it rests on claims. */
  grounded: boolean;
  /** Whether it has an id in the file. */
  ids: boolean;
}

const kind = (
  table: string,
  name: string,
  fields: Spec[],
  { fresh = {}, grounded = true, ids = true }: Partial<Pick<Kind, 'fresh' | 'grounded' | 'ids'>> = {},
): Kind => ({ table, name, fields, fresh, grounded, ids });

export const things: Record<string, Kind> = {
  outcome: kind('outcome', 'name', [field('name', 'line'), field('on', 'formula', w.fields.states)], {
    fresh: { on: 'true' },
    grounded: false,
  }),
  define: kind(
    'define',
    'says',
    [field('says', 'line'), field('says_not', 'line'), field('that', 'formula')],
    {
      fresh: { that: 'true' },
    },
  ),
  question: kind(
    'question',
    'ask',
    [
      field('ask', 'prose'),
      field('kind', 'word', w.fields.kind, [
        'possible',
        'certain',
        'blockers',
        'movers',
        'price',
        'share',
        'trust',
        'view',
      ]),
      field('outcome', 'outcome'),
      field('concept', 'word', w.fields.concept, ['nash', 'gmr', 'smr', 'seq', 'sseq', 'sim']),
      field('view', 'actor'),
      note,
    ],
    { fresh: { kind: 'possible' } },
  ),
  tie: kind(
    'tie',
    'kind',
    [
      field('between', 'pair'),
      field('kind', 'word', w.fields.kind, tieKinds),
      field('mending', 'flag'),
      note,
    ],
    { ids: false },
  ),
  body: kind('body', 'name', [field('name', 'line'), field('members', 'actors'), note]),
  instrument: kind('instrument', 'title', [
    field('title', 'line'),
    field('parties', 'actors'),
    field('signed', 'date'),
    field('until', 'date'),
    field('clauses', 'count'),
    field('status', 'word', w.fields.status, ['draft', 'initialled', 'signed', 'in force', 'lapsed']),
    note,
  ]),
  track: kind('track', 'title', [
    field('title', 'line'),
    field('convenor', 'actor'),
    field('parties', 'actors'),
    note,
  ]),
  event: kind(
    'event',
    'title',
    [field('title', 'line'), field('on', 'date'), field('until', 'date'), field('actors', 'actors'), note],
    { ids: false },
  ),
  effect: kind(
    'effect',
    'text',
    [
      field('when', 'formula'),
      field('text', 'prose'),
      field('body', 'body'),
      field('leaves', 'actor'),
      field('joins', 'actor'),
      field('tie', 'pair'),
      field('becomes', 'word', w.fields.becomes, tieKinds),
      note,
    ],
    { ids: false },
  ),
  observed: kind('observed', 'title', [
    field('title', 'line'),
    field('on', 'date'),
    field('until', 'date'),
    field('outcome', 'outcome'),
    note,
  ]),
  together: kind(
    'together',
    'title',
    [
      field('title', 'line'),
      field('claims', 'claims'),
      field('speakers', 'speakers'),
      field('kinds', 'kinds'),
      field('sources', 'sources'),
      field('assumptions', 'flag'),
      field('confidence', 'share'),
      note,
    ],
    { fresh: { confidence: 0.8 }, grounded: false },
  ),
  variant: kind('variant', 'title', [field('title', 'line'), note], { grounded: false }),
};

/** Doubts of one actor. */
export const doubts: Record<string, Kind> = {
  order: kind('order', 'first', [field('first', 'wishes'), field('share', 'share'), note], {
    fresh: { share: 0.2 },
    ids: false,
  }),
  instead: kind(
    'instead',
    'that',
    [field('of', 'wish'), field('that', 'formula'), field('share', 'share'), note],
    {
      fresh: { share: 0.2 },
      ids: false,
    },
  ),
};
