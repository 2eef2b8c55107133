// Problems of a case in the words of the forms: what is wrong, what to do in the form, and which field it is about. What
// the program says of the file as it is written stands beside it, for those who read files.
import { actorsOf, inWords, switchesOf, wordsOf } from './forms';
import { isTable, parts, text, type FileView } from './file';
import { parse, names as namesIn } from './formula';
import { w } from './formwords';
import { told } from './problemwords';
import { t } from './strings';
import type { ProblemView } from './types';

/** What keys of the file are called in the forms. */
const fields: Record<string, string> = {
  ...t.answer.kinds,
  ...w.fields,
  ...w.ruleOf,
  as_of: t.write.asOf,
  strength: t.write.strong,
  needs: w.needs,
  because: w.restsOn,
  assumption: t.write.assumption,
  prefers: w.ways.prefers ?? '',
  weighs: w.ways.weighs ?? '',
  ranking: w.ways.ranking ?? '',
  order: w.kinds.order?.[0] ?? '',
  instead: w.kinds.instead?.[0] ?? '',
  type: w.kinds.type?.[0] ?? '',
  then: w.switched,
  at: w.sentence,
};

/** The words for what stands between backticks in a sentence of the program. */
function naming(file: FileView | null): (token: string) => string {
  const known = new Map<string, string>();
  const words = wordsOf(file);
  for (const one of [...switchesOf(file), ...words]) known.set(one.id, one.label);
  for (const one of actorsOf(file)) known.set(one.id, one.name);
  for (const table of [
    'outcome',
    'define',
    'question',
    'claim',
    'source',
    'body',
    'instrument',
    'variant',
    'deadline',
    'act',
    'chance',
    'observed',
    'reading',
    'said',
    'together',
  ])
    for (const { key, value } of parts<unknown>(file, table)) {
      const said = isTable(value)
        ? ['name', 'title', 'ask', 'says', 'text'].map((one) => text(value[one])).find(Boolean)
        : '';
      if (said && !known.has(key)) known.set(key, said);
    }
  return (token) => {
    const found = known.get(token);
    if (found) return w.quoted(found);
    const tree = parse(token);
    if (tree && namesIn(tree).length && namesIn(tree).every((id) => known.has(id)))
      return w.quoted(inWords(token, words));
    const rule = /^(never|always) (.+)$/.exec(token);
    if (rule) return w.quoted(`${inWords(rule[2] ?? '', words)}: ${w.ruleOf[rule[1] ?? '']}`);
    const set = /^([\w.-]+) (?:=|<|>|<=|>=) "?([^"]*)"?$/.exec(token);
    if (set) {
      const [, key = '', value = ''] = set;
      const called = fields[key] ?? known.get(key) ?? key;
      return w.quoted(`${called}: ${inWords(value, words) || value}`);
    }
    const field = fields[token];
    return w.quoted(field ?? token.replace(/^"|"$/g, ''));
  };
}

/** A sentence of the program without signs of the file. */
export function inForms(sentence: string, file: FileView | null): string {
  const name = naming(file);
  return sentence
    .replace(/`([^`]+)`/g, (_, token: string) => name(token))
    .replace(/\[\[?([a-z_]+)(?:\.[\w.-]+)?\]\]?/g, (_, table: string) =>
      w.quoted(w.kinds[table]?.[0] ?? w.tables[table] ?? table),
    );
}

/** What a mending does; one that only moves signs of the file about is done as it is proposed. */
export function fixInWords(title: string, file: FileView | null): string {
  const said = inForms(title, file);
  return /[{}[\]=`]/.test(said) ? w.asProposed : said;
}

export interface InWords {
  says: string;
  todo: string;
  /** Whether the form can do nothing about it. */
  text: boolean;
  /** The field, where it is another than the place in the file says. */
  at?: string;
}

/** A problem in words. */
export function problemInWords(
  problem: Pick<ProblemView, 'code' | 'message' | 'hint'>,
  file: FileView | null,
): InWords {
  const one = told[problem.code];
  const hint = problem.hint ?? '';
  const where = one?.where?.find(({ on }) => on.test(problem.message));
  if (where)
    return {
      says: where.says ?? inForms(problem.message, file),
      todo: where.todo,
      text: false,
      ...(where.at ? { at: where.at } : {}),
    };
  const kept = one?.hint && /^(Did you mean|The only|The [a-z ]+ are) /.test(hint);
  return {
    says: one?.says ?? inForms(problem.message, file),
    todo: kept ? inForms(hint, file) : (one?.todo ?? ''),
    text: one?.text ?? false,
  };
}

/** What stands at a place of the text, as an address of places: `actor.az.prefers[2].that`. */
export function addressAt(text: string, offset: number): string {
  const counts = new Map<string, number>();
  let table = '';
  let key = '';
  let from = 0;
  let valueAt = 0;
  const path = (dotted: string): string =>
    (dotted.match(/"[^"]*"|[^.\s]+/g) ?? [])
      .map((one) => one.replace(/^"|"$/g, ''))
      .reduce((at, step) => {
        const next = at ? `${at}.${step}` : step;
        const count = counts.get(next);
        return count === undefined ? next : `${next}[${count - 1}]`;
      }, '');
  for (const line of text.split('\n')) {
    if (from > offset) break;
    const list = /^\s*\[\[\s*([^\]]+?)\s*\]\]/.exec(line);
    const single = /^\s*\[\s*([^[\]]+?)\s*\]/.exec(line);
    const pair = /^\s*((?:[\w-]+|"[^"]*")(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=/.exec(line);
    if (list?.[1]) {
      const steps = list[1].split('.');
      const parent = path(steps.slice(0, -1).join('.'));
      const whole = parent ? `${parent}.${steps.at(-1)}` : (steps.at(-1) ?? '');
      counts.set(whole, (counts.get(whole) ?? 0) + 1);
      table = `${whole}[${(counts.get(whole) ?? 1) - 1}]`;
      key = '';
    } else if (single?.[1]) {
      table = path(single[1]);
      key = '';
    } else if (pair?.[1] && !open(text.slice(valueAt, from), key)) {
      key = path(pair[1]);
      valueAt = from + pair[0].length;
    }
    from += line.length + 1;
  }
  const base = [table, key].filter(Boolean).join('.');
  return key && offset > valueAt ? base + within(text.slice(valueAt, offset)) : base;
}

/** Whether a value that began is not at its end. */
const open = (value: string, key: string): boolean => key !== '' && nesting(value).length > 0;

interface Level {
  list: boolean;
  at: number;
  key: string;
}
/** The lists and tables that are open at the end of a part of a value. */
function nesting(value: string): Level[] {
  const levels: Level[] = [];
  const tokens = /"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|#[^\n]*|[\w.-]+\s*=|[[\]{},]/g;
  for (const [token] of value.matchAll(tokens)) {
    const top = levels.at(-1);
    if (token === '[' || token === '{') levels.push({ list: token === '[', at: 0, key: '' });
    else if (token === ']' || token === '}') levels.pop();
    else if (token === ',' && top?.list) top.at++;
    else if (token.endsWith('=') && top && !top.list) top.key = token.slice(0, -1).trim();
  }
  return levels;
}
const within = (value: string): string =>
  nesting(value)
    .map((level) => (level.list ? `[${level.at}]` : level.key ? `.${level.key}` : ''))
    .join('');
