// Every key of the case format has a field of the forms, or stands in the list of those that have none, with the reason.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { things, moves, cannot, doubts, ofOption, ofClaim, ofSource, ofStrike, ofTerms, ofDeadline, spoken } =
  await load('lib/things.ts');
const root = resolve(fileURLToPath(new URL('../../..', import.meta.url)));
const src = (...names) =>
  names.map((name) => readFileSync(join(root, 'web/src/components', name), 'utf8')).join('\n');

/** Keys of a kind of thing: its fields, what every thing says of its grounds, and what stands in the named sources. */
const grounds = ['because', 'assumption', 'proposed', ...spoken.map((spec) => spec.key)];
const of = (kind) => [
  ...kind.fields.map((spec) => spec.key.split('.')[0]),
  ...(kind.grounded ? grounds : []),
];
const keys = (specs) => specs.map((spec) => spec.key.split('.')[0]);
const form = src('FormPane.svelte');
const wishSource = src('form/Wish.svelte') + readFileSync(join(root, 'web/src/lib/forms.ts'), 'utf8');
const wish = [...grounds, 'id'];

/** By section: keys that fields are made of, and sources of forms that name the others. */
const offered = {
  'The case file': [['format', ...Object.keys(things), 'source', 'claim', 'actor', 'rule'], form],
  '[case]': [[], form + src('form/Grades.svelte')],
  '[case.grades]': [[...'ABCDEF123456'], ''],
  'A source': [keys(ofSource), src('SourcePane.svelte')],
  'A claim': [keys(ofClaim), src('SourcePane.svelte')],
  'A group of evidence': [of(things.together), ''],
  'An actor': [Object.keys(doubts), form + src('Wishes.svelte', 'form/Ranking.svelte')],
  'An option': [[...keys(ofOption), ...grounds], form],
  'A condition': [grounds, src('form/Conditions.svelte')],
  'A lever': [['cost'], ''],
  'A statement': [[...wish], wishSource + form],
  'As near as possible': [[], src('form/Wish.svelte', 'Wishes.svelte')],
  'The rest of the chance': [[], src('form/Rest.svelte')],
  'A weighed statement': [wish, wishSource],
  'A ranking': [grounds, src('form/Ranking.svelte')],
  'A move taken away': [of(cannot), ''],
  'A move': [of(moves), ''],
  'Another order': [of(doubts.order), ''],
  'Another statement': [of(doubts.instead), ''],
  'A type of actor': [of(doubts.type), ''],
  'A body': [of(things.body), ''],
  'An instrument': [of(things.instrument), ''],
  'A track': [of(things.track), ''],
  'An act': [of(things.act), ''],
  'Who must agree': [[], src('form/Assent.svelte')],
  'A chance event': [of(things.chance), ''],
  'What is switched': [['on', 'off', 'levels'], ''],
  'An assembly': [of(things.assembly), ''],
  'A deadline': [of(things.deadline), ''],
  'A reading': [of(things.reading), ''],
  'A saying': [of(things.said), ''],
  'A lever on a wish': [of(things.lever), src('form/Things.svelte')],
  'A move of several': [of(things.move), ''],
  'A tie': [of(things.tie), ''],
  'An event': [of(things.event), ''],
  'An effect': [of(things.effect), ''],
  'A definition': [of(things.define), ''],
  'An outcome': [of(things.outcome), ''],
  'A rule': [
    [...grounds],
    src('form/Rule.svelte') + form + readFileSync(join(root, 'web/src/lib/forms.ts'), 'utf8'),
  ],
  '[status_quo]': [[], form + src('form/State.svelte')],
  '[graph]': [[], form],
  'A question': [of(things.question), ''],
  'A state': [[], src('form/State.svelte')],
  'What is struck': [keys(ofStrike), ''],
  'A variant': [of(things.variant), src('form/Overlay.svelte')],
  'What an overlay drops': [[], src('form/Overlay.svelte')],
  'What an overlay changes': [[], src('form/Overlay.svelte')],
  'A changed statement': [wish, wishSource],
  'Terms of an act': [[...keys(ofTerms), ...grounds], ''],
  'Another deadline': [[...keys(ofDeadline), ...grounds], ''],
  'What an overlay adds': [[], src('form/Overlay.svelte')],
  'An added statement': [wish, wishSource],
  'A view': [of(things.view), src('form/Overlay.svelte')],
  'An observation': [of(things.observed), ''],
};

/** Without a form, and why. */
const without = {
  'The case file': { format: 'set when a case is made; there is one version' },
  'An event': { deaths: 'estimates come with imported data; by hand they are written in the text' },
  'A source': { text: 'the text itself is pasted, and its place chosen by the program' },
};

test('every key of the format has a field', () => {
  assert.ok(readdirSync(join(root, 'docs')).includes('case-file.md'));
  const doc = readFileSync(join(root, 'docs/case-file.md'), 'utf8').split('## All keys')[1];
  const sections = doc.split(/^### /m).slice(1);
  assert.ok(sections.length > 50);
  const lacking = sections.flatMap((section) => {
    const title = section.slice(0, section.indexOf('\n'));
    const [named, source] = offered[title] ?? [[], ''];
    return [...section.matchAll(/^\| `([^`]+)`/gm)]
      .map(([, key]) => key)
      .filter(
        (key) =>
          !named.includes(key) &&
          !new RegExp(`\\b${key}\\b`).test(source) &&
          without[title]?.[key] === undefined,
      )
      .map((key) => `${title}: ${key}`);
  });
  assert.deepEqual(lacking, []);
});
