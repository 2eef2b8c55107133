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
  | 'word'
  | 'number'
  | 'switches'
  | 'levels'
  | 'assent'
  | 'conditions'
  | 'lines'
  | 'steps'
  | 'seats'
  | 'variants'
  | 'wants'
  | 'about'
  | 'options'
  | 'state'
  | 'states'
  | 'node'
  | 'strike';

export interface Spec {
  key: string;
  kind: FieldKind;
  label: string;
  /** Of a word: what there is. */
  of?: string[];
  /** Of a question: the kinds that it belongs to. */
  kinds?: string[];
  /** Whether the thing cannot do without: nothing stands there until somebody says what, and it is marked. */
  must?: boolean;
}

const field = (key: string, kind: FieldKind, label = w.fields[key] ?? key, of?: string[]): Spec => ({
  key,
  kind,
  label,
  ...(of ? { of } : {}),
});

/** A field that has to be filled. */
const must = (spec: Spec): Spec => ({ ...spec, must: true });

/** A field that only questions of some kinds have. */
const asked = (kinds: string, spec: Spec): Spec => ({ ...spec, kinds: kinds.split(' ') });

export const questionKinds = [
  'possible',
  'certain',
  'blockers',
  'movers',
  'price',
  'share',
  'trust',
  'view',
  'deadline',
  'said',
];
export const claimKinds = [
  'fact',
  'statement',
  'hope',
  'expectation',
  'assessment',
  'conditional',
  'demand',
  'offer',
  'threat',
  'promise',
  'denial',
  'prediction',
];
export const tieKinds = ['alliance', 'partnership', 'friendly', 'neutral', 'strained', 'hostile'];
const note = field('note', 'prose');
/** What an option and an act can say of itself alike. */
const conditions = [field('begins_if', 'conditions'), field('ends_if', 'conditions')];
const scale = [field('levels', 'steps'), field('unit', 'line')];
const only = [field('only_in', 'variants'), field('lever.cost', 'number', w.fields.lever)];
const then = [
  field('then.on', 'switches', w.fields.thenOn),
  field('then.off', 'switches', w.fields.thenOff),
  field('then.levels', 'levels', w.fields.thenLevels),
];
/** What everything that rests on claims can say of itself. */
export const spoken: Spec[] = [field('says', 'line'), field('says_not', 'line'), note];
/** Of an option, beside its text, how it can be moved, and how sure that is. */
export const ofOption: Spec[] = [...scale, ...conditions, ...only, ...spoken];

/** Of a claim, what few need; of a source in the same way. */
export const ofSource: Spec[] = [
  field('grade', 'line'),
  field('interest', 'line'),
  field('anonymous', 'flag'),
  field('confidence', 'share'),
  note,
];
export const ofClaim: Spec[] = [
  field('contradicts', 'claims'),
  field('heard', 'lines'),
  field('reported_by', 'line'),
  ...ofSource,
];

/** How sure grades make, where a case says nothing else. */
export const usualGrades: Record<string, number> = {
  A: 1,
  B: 0.9,
  C: 0.7,
  D: 0.5,
  E: 0.2,
  F: 0.5,
  1: 1,
  2: 0.85,
  3: 0.65,
  4: 0.4,
  5: 0.15,
  6: 0.5,
};

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
  outcome: kind('outcome', 'name', [field('name', 'line'), must(field('on', 'formula', w.fields.states))], {
    grounded: false,
  }),
  define: kind(
    'define',
    'says',
    [
      field('says', 'line'),
      field('says_not', 'line'),
      must(field('that', 'formula')),
      field('otherwise', 'formula', w.fields.elseThat),
      field('confidence', 'share'),
    ],
    {},
  ),
  question: kind(
    'question',
    'ask',
    [
      field('ask', 'prose'),
      must(field('kind', 'word', w.fields.kind, questionKinds)),
      asked('possible certain blockers price share trust view', field('outcome', 'outcome')),
      asked('possible certain share', field('given', 'outcome')),
      asked('deadline said', field('about', 'about')),
      asked(
        'possible certain blockers price share trust view said',
        field('concept', 'word', w.fields.concept, ['nash', 'gmr', 'smr', 'seq', 'sseq', 'sim']),
      ),
      asked('view', field('view', 'actor')),
      asked('movers', field('from', 'state')),
      asked('trust', field('strike', 'strike')),
      note,
    ],
    { fresh: { kind: 'possible' } },
  ),
  tie: kind(
    'tie',
    'kind',
    [
      must(field('between', 'pair')),
      must(field('kind', 'word', w.fields.kind, tieKinds)),
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
    field('lapses', 'date'),
    field('clauses', 'count'),
    field('status', 'word', w.fields.status, [
      'draft',
      'initialled',
      'signed',
      'in force',
      'lapsed',
      'suspended',
    ]),
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
    [
      field('title', 'line'),
      must(field('on', 'date')),
      field('until', 'date'),
      field('expected', 'flag'),
      field('actors', 'actors'),
      field('count', 'count'),
      note,
    ],
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
    must(field('on', 'date')),
    field('until', 'date'),
    must(field('outcome', 'outcome')),
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
      must(field('confidence', 'share')),
      note,
    ],
    { grounded: false },
  ),
  act: kind('act', 'text', [
    field('text', 'line'),
    must(field('parties', 'actors')),
    field('begins', 'assent'),
    field('ends', 'assent'),
    ...conditions,
    field('with', 'formula'),
    ...scale,
    ...only,
    field('confidence', 'share'),
    field('says', 'line'),
    note,
  ]),
  deadline: kind('deadline', 'title', [
    field('title', 'line'),
    must(field('on', 'date')),
    field('unless', 'formula'),
    ...then,
    note,
  ]),
  chance: kind('chance', 'text', [
    field('text', 'line'),
    field('on', 'date'),
    field('likelihood', 'share'),
    ...then,
    note,
  ]),
  assembly: kind('assembly', 'id', [must(field('seats', 'seats'))], { grounded: false }),
  said: kind('said', 'says', [
    must(field('kind', 'word', w.fields.kind, ['threat', 'promise', 'demand', 'offer'])),
    must(field('by', 'actor')),
    must(field('to', 'actors')),
    field('if', 'formula'),
    must(field('then', 'formula', w.fields.thenSaid)),
    field('lever.cost', 'number', w.fields.lever),
    note,
  ]),
  reading: kind(
    'reading',
    'title',
    [field('title', 'line'), field('keeps', 'claims'), field('drops', 'claims')],
    {
      grounded: false,
    },
  ),
  variant: kind('variant', 'title', [field('title', 'line'), note], { grounded: false }),
  view: kind('view', 'id', [note], { grounded: false, ids: false }),
  lever: kind('lever', 'wish', [must(field('cost', 'number')), note], { ids: false }),
  move: kind(
    'move',
    'from',
    [
      must(field('parties', 'actors')),
      must(field('from', 'node')),
      must(field('to', 'states', w.fields.to_states)),
    ],
    { ids: false, grounded: false },
  ),
};

/** Moves of one actor, in graph form. */
export const moves: Kind = kind(
  'move',
  'from',
  [must(field('from', 'node')), must(field('to', 'states', w.fields.to_states))],
  { ids: false, grounded: false },
);

/** Evidence that is struck. */
export const ofStrike: Spec[] = [
  field('claims', 'claims'),
  field('speakers', 'speakers'),
  field('kinds', 'kinds'),
  field('sources', 'sources'),
  field('assumptions', 'flag'),
];
/** What is never on in a version. */
export const unavailable: Spec = field('unavailable', 'options', w.overlay.unavailable);
/** Of an act, what a version can change. */
export const ofTerms: Spec[] = [
  field('text', 'line'),
  field('parties', 'actors'),
  field('begins', 'assent'),
  field('ends', 'assent'),
  ...conditions,
  field('with', 'formula'),
];
/** Of a deadline that the case has, the same; one of the version alone needs what any deadline does. */
export const ofDeadline: Spec[] = [
  field('title', 'line'),
  field('on', 'date'),
  field('unless', 'formula'),
  ...then,
];

/** Another meaning of a name. */
export const ofMeaning: Spec[] = [field('that', 'formula')];

/** Moves taken away from one actor. */
export const cannot: Kind = kind(
  'cannot',
  'from',
  [field('from', 'formula'), field('to', 'formula', w.fields.to_states), note],
  {
    ids: false,
  },
);

/** Doubts of one actor. */
export const doubts: Record<string, Kind> = {
  order: kind('order', 'first', [must(field('first', 'wishes')), must(field('share', 'share')), note], {
    ids: false,
  }),
  instead: kind(
    'instead',
    'that',
    [
      must(field('of', 'wish')),
      must(field('that', 'formula')),
      must(field('share', 'share')),
      field('unknown', 'flag'),
      note,
    ],
    {
      ids: false,
    },
  ),
  type: kind(
    'type',
    'name',
    [
      field('name', 'line'),
      field('id', 'line'),
      must(field('share', 'share')),
      must(field('prefers', 'wants')),
      note,
    ],
    {
      ids: false,
    },
  ),
};
