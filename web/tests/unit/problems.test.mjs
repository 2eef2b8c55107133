// Problems in the words of the forms: every code that there is, and nothing of how a file is written.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { load } from './modules.mjs';

const { told } = await load('lib/problemwords.ts');
const { problemInWords, addressAt, fixInWords, inForms } = await load('lib/problems.ts');
const root = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/** Signs of the file: keys and tables, quotes and backticks. */
const signs = /`|\[\[?[a-z_]+[.\]]|\w+ = ["[{\d]|\.toml|TOML|--\w|detente /;

test('every code is told in words, and none besides', () => {
  const codes = readdirSync(join(root, 'docs/diagnostics'))
    .map((name) => /^([EWN]\d{4})\.md$/.exec(name)?.[1])
    .filter(Boolean);
  assert.ok(codes.length > 80);
  assert.deepEqual(Object.keys(told).sort(), codes.sort());
  for (const [code, { says, todo, where = [] }] of Object.entries(told)) {
    assert.ok(todo, code);
    for (const one of [{ says, todo }, ...where])
      for (const words of [one.says ?? '', one.todo]) assert.doesNotMatch(words, signs, code);
  }
});

test('whatever is said of a wrong file is told without signs of the file', () => {
  const folder = join(root, 'tests/malformed');
  const files = readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.expected'));
  let count = 0;
  for (const name of files) {
    const problems = readFileSync(join(folder, String(name)), 'utf8').matchAll(
      /^([EWN]\d{4}) \w+[^:\n]*?(?:at [\d:]+)?: (.*)\n(?: {2}see.*\n)*(?: {2}help: (.*)\n)?(?:(?: {2}see.*\n)* {2}fix: (.*))?/gm,
    );
    for (const [, code, message, hint, fix] of problems) {
      count++;
      const said = problemInWords({ code, message, hint: hint ?? null }, null);
      for (const words of [said.says, said.todo, fixInWords(fix ?? '', null)])
        assert.doesNotMatch(words, signs, `${name} ${code}: ${message} ${words}`);
    }
  }
  assert.ok(count > 300, String(count));
});

test('names stand for ids, and fields for keys', () => {
  const file = {
    value: {
      actor: { port: { name: 'The port', option: { sell: { text: 'Sell the quay' } } } },
      deadline: { end: { title: 'The lease ends' } },
    },
    keys: {},
  };
  const say = (message, hint = null, code = 'E0301') => problemInWords({ code, message, hint }, file);
  assert.deepEqual(say('There is no option `port.sall`.', 'Did you mean `port.sell`?'), {
    says: 'There is no option “port.sall”.',
    todo: 'Did you mean “The port: Sell the quay”?',
    text: false,
  });
  assert.equal(inForms('write `port.sell`', file), 'write “The port: Sell the quay”');
  assert.equal(
    inForms('`not port.sell` and `end`', file),
    '“not: The port: Sell the quay” and “The lease ends”',
  );
  assert.equal(say('x', 'An act is introduced by [act.ID].').todo, 'Choose another, or add what is named.');
});

test('what stands at a place of the text', () => {
  const text = `format = 1
[case]
title = "T"
[actor.a]
name = "A"
option.x = { text = "X", begins_if = ["b.y", { that = "HERE1" }] }
[[actor.a.prefers]]
that = "a.x"
[[actor.a.prefers]]
# of the second
that = "HERE2"
[actor.a.prefers.nearest]
of = "HERE3"
[[actor.a.type]]
id = "t"
prefers = [
  { that = "a.x" },
  { that = "HERE4", because = ["c1", "HERE5"] },
]
[variant.v]
add.prefers.a = [{ that = "HERE6" }]
[status_quo]
levels = { "a.x" = "HERE7" }
`;
  for (const [mark, address] of [
    ['HERE1', 'actor.a.option.x.begins_if[1].that'],
    ['HERE2', 'actor.a.prefers[1].that'],
    ['HERE3', 'actor.a.prefers[1].nearest.of'],
    ['HERE4', 'actor.a.type[0].prefers[1].that'],
    ['HERE5', 'actor.a.type[0].prefers[1].because[1]'],
    ['HERE6', 'variant.v.add.prefers.a[0].that'],
    ['"T"', 'case.title'],
  ])
    assert.equal(addressAt(text, text.indexOf(mark)), address, mark);
  assert.equal(addressAt(text, text.indexOf('[case]') + 2), 'case');
  assert.match(addressAt(text, text.indexOf('HERE7')), /^status_quo\.levels/);
});
