// Small cases and answers as the server sends them, with only what a test is about.

export const actor = (id, name, options = []) => ({ id, name, code: id.toUpperCase(), options, wishes: [] });

/** A row of an answer under the concepts nash and seq: verdicts as bits, best steps as positions. */
export const row = (number, more = {}) => ({
  number: String(number),
  ordinal: number + 1,
  name: `Outcome ${number}`,
  named: false,
  on: [],
  ranks: [1, 1],
  stable: [3, 3],
  equilibrium: 3,
  leaves: [null, null],
  fate: 0,
  ...more,
});

export const answer = (outcomes, more = {}) => ({
  concepts: ['nash', 'seq'],
  feasible: String(outcomes.length),
  equilibria: [String(outcomes.filter((o) => o.equilibrium & 1).length), '0'],
  headline: 'So it is.',
  questions: [],
  outcomes,
  cut: false,
  structure: [],
  status_quo: 0,
  moves: [],
  moves_left_out: null,
  holds: [],
  limits: [],
  not_used: [],
  said: {
    actors: ['North', 'South'].map((name) => ({
      stay: `${name} stays`,
      held: `${name} is kept`,
      go: `${name} goes`,
      unknown: `${name}?`,
    })),
    fates: ['It lasts', 'North goes', 'South is kept'],
    gone: 'Gone',
    concepts: [{ id: 'nash', name: 'Nash stability', word: 'Nash', lasts: 'It lasts.' }],
    nash: 'It lasts',
    stable: 'Stable',
    left: 'left',
    count: '2 last.',
  },
  took_ms: 1,
  ...more,
});

export const caseOf = (more = {}) => ({
  actors: [actor('a', 'North', [0]), actor('b', 'South', [1])],
  options: [
    { id: 'a.open', text: 'Open the road', actor: 0, address: 'actor.a.option.open', claims: [] },
    { id: 'b.lift', text: 'Lift the ban', actor: 1, address: 'actor.b.option.lift', claims: [] },
  ],
  definitions: [{ id: 'deal', words: 'The deal holds', formula: 'a.open and b.lift' }],
  rules: [],
  claims: [],
  variants: [],
  ...more,
});
