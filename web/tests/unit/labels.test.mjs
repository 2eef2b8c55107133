// What things of the file and refusals of the server are called: in words, and never by an address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { labels, fromId } = await load('lib/labels.ts');
const { refusalInWords } = await load('lib/refusals.ts');
const { Unreached, client, messageOf } = await load('lib/client.ts');
const { t } = await load('lib/strings.ts');

const file = {
  value: {
    case: { title: 'Port', question: 'Who has it?' },
    source: { note: { title: 'A note' } },
    claim: { c01: { source: 'note', says: 'The port will not sell.' } },
    actor: {
      city: {
        name: 'The city',
        option: { buy: { text: 'Buy the quay' }, sue: 'Go to court' },
        prefers: [{ that: 'port.sell' }],
        type: [{ id: 'hawk', name: 'A hard one', prefers: [{ that: 'city.sue' }] }],
        cannot: [{ from: 'city.buy', to: 'true' }],
      },
      port: { name: 'The port', option: { sell: { text: 'Sell the quay' } } },
    },
    assembly: { 'upper-house': { seats: { city: 3, greens: 4 } } },
    rule: [{ never: 'city.buy' }],
    outcome: { deal: { name: 'A deal', on: 'city.buy' } },
    question: { q: { ask: 'Is there a deal?', outcome: 'deal' } },
    tie: [{ between: ['city', 'port'], kind: 'hostile' }],
    together: { one: { title: 'One witness', claims: ['c01'] } },
    variant: {
      v: { title: 'Without the court', unavailable: ['city.sue'], drop: { prefers: { city: ['w'] } } },
    },
    view: { port: {} },
    status_quo: { on: ['city.buy'], levels: { 'city.tariff': 3 } },
    graph: { states: ['s1'], names: { s1: 'Peace' } },
  },
  keys: {
    'actor.city.prefers': ['~w1'],
    'actor.city.type': ['hawk'],
    'actor.city.cannot': ['~k'],
    rule: ['~r1'],
    tie: ['~t1'],
  },
};

test('what stands at any address is told in words', () => {
  const called = labels(file);
  for (const [address, words] of Object.entries({
    'assembly.upper-house.seats.city': 'the seats of The city in the assembly “Upper house”',
    'assembly.upper-house.seats.greens': 'the seats of Greens in the assembly “Upper house”',
    'assembly.upper-house': 'the assembly “Upper house”',
    'actor.city': 'The city',
    'actor.city.option.sue': 'The city: Go to court',
    'actor.city.prefers[~w1]': 'The city: The port: Sell the quay',
    'actor.city.prefers[0].that': 'The city: The port: Sell the quay',
    'actor.city.type[hawk].prefers[0]': 'The city: A hard one',
    'actor.city.cannot[~k]': 'The city: from The city: Buy the quay to always',
    'rule[~r1]': 'The city: Buy the quay: never happens',
    'outcome.deal': 'an outcome: A deal',
    'question.q.outcome': 'a question: Is there a deal?',
    'tie[~t1].between[0]': 'a tie: The city – The port: hostile',
    'claim.c01': 'a claim: The port will not sell.',
    'source.note': 'a source: A note',
    'together.one.claims[0]': 'a group of evidence: One witness',
    'variant.v': 'the version “Without the court”',
    'variant.v.unavailable[0]': 'What cannot be done, in the version “Without the court”',
    'variant.v.drop.prefers.city[0]': 'Wishes that fall, in the version “Without the court”',
    'view.port.add.rule[0]': 'Further rules, as The port sees it',
    'status_quo.on[0]': 'where it stands today',
    'status_quo.levels."city.tariff"': 'where it stands today',
    'graph.names.s1': 'Peace',
    'case.question': 'Question',
    'nowhere.at.all': '',
  }))
    assert.equal(called.at(address), words, address);
  assert.equal(fromId('upper-house'), 'Upper house');
});

test('a refusal says what is meant by its name, and what to do', () => {
  for (const [message, words] of [
    [
      'there is a `actor.city.option.sue` already',
      '“sue” is taken already: The city: Go to court. Choose another id.',
    ],
    [
      'there is a `claim.c01` already',
      '“c01” is taken already: a claim: The port will not sell. Choose another id.',
    ],
    ['there is a `variant.w` already', '“w” is taken already. Choose another id.'],
    [
      '`actor.city.name` is not what it was: it is "x" now',
      'This was changed by somebody else meanwhile, and not from here: The city: Name. Look at it, and change it again.',
    ],
    ['the file has nothing at `outcome.deal`', 'This is there no more: an outcome: A deal.'],
    ['the file has nothing at `lever[3].what`', 'This is there no more: a part of the case.'],
  ])
    assert.equal(refusalInWords(message, file), words);
  const noId = refusalInWords('`My Town` is no id: small letters and digits, words joined by `-`', file);
  assert.match(noId, /^“My Town” cannot be an id/);
  assert.doesNotMatch(noId, /`/);
});

test('a line that breaks is told in words, wherever it breaks; that one stopped asking is told as it is', async () => {
  const real = globalThis.fetch;
  const answers = [
    () => Promise.reject(new TypeError('Failed to fetch')),
    () => Promise.reject(new TypeError('NetworkError when attempting to fetch resource.')),
    () => Promise.resolve({ ok: true, json: () => Promise.reject(new TypeError('network error')) }),
    () =>
      Promise.resolve({ ok: false, status: 502, text: () => Promise.reject(new TypeError('Load failed')) }),
    () =>
      Promise.resolve({
        ok: true,
        json: () => Promise.reject(new SyntaxError('Unexpected end of JSON input')),
      }),
  ];
  try {
    for (const answer of answers) {
      globalThis.fetch = answer;
      for (const ask of [
        client.cases,
        () => client.save('a', '', null),
        () => client.why({}, '0', 'a', 'nash'),
      ])
        await assert.rejects(ask, (error) => error instanceof Unreached && messageOf(error) === t.unreached);
    }
    globalThis.fetch = () => Promise.reject(new DOMException('stopped', 'AbortError'));
    await assert.rejects(client.cases, (error) => error.name === 'AbortError');
  } finally {
    globalThis.fetch = real;
  }
});
