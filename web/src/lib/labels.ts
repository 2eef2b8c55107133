// What things of the file are called, for people: every kind by its own words, and what stands at any address.
import {
  actorsOf,
  inWords,
  optionsOf,
  rulesOf,
  ruleWords,
  statesOf,
  wishesOf,
  wordsOf,
  type Wished,
} from './forms';
import { at, isTable, keyed, text, texts, type FileView } from './file';
import type { Word } from './formula';
import { w } from './formwords';

type Table = Record<string, unknown>;

/** An id where there is no name beside it: `upper-house` is “Upper house”. */
export const fromId = (id: string): string => {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Which field names a thing, of tables of things with ids. */
const names = ['name', 'title', 'ask', 'text', 'says', 'quote'];

export interface Labels {
  /** An actor by its name. */
  actor: (id: string) => string;
  /** A thing of a kind of the forms (`tie`, `act`); `alone`: whether it stands under the actor whose it is. */
  thing: (kind: string, id: string, value: Table, alone?: boolean) => string;
  /** What stands at an address; empty where nothing is known of such a place. */
  at: (address: string) => string;
}

/** The steps of an address, those between quotes and brackets without them. */
const steps = (address: string): string[] =>
  [...address.matchAll(/"([^"]*)"|\[([^\]]*)\]|([^."[\]]+)/g)].map(
    ([, quoted, key, plain]) => quoted ?? (key === undefined ? undefined : `[${key}]`) ?? plain ?? '',
  );

export function labels(file: FileView | null): Labels {
  const once = <T>(make: () => T): (() => T) => {
    let made: { value: T } | null = null;
    return () => (made ??= { value: make() }).value;
  };
  const actors = once(() => actorsOf(file));
  const words = once((): Word[] => wordsOf(file));
  const wishes = once((): Wished[] => wishesOf(file));
  const states = once(() => statesOf(file));
  const actor = (id: string): string => actors().find((one) => one.id === id)?.name ?? fromId(id);
  const stateName = (id: string): string => states().find((one) => one.value === id)?.label ?? id;
  const said = (formula: unknown): string => inWords(text(formula), words());

  function thing(kind: string, id: string, value: Table, alone = false): string {
    switch (kind) {
      case 'tie':
        return (
          [texts(value.between).map(actor).join(' – '), text(value.kind)].filter(Boolean).join(': ') ||
          (w.kinds.tie?.[1] ?? id)
        );
      case 'effect':
        return [
          said(value.when),
          text(value.text) ||
            (value.becomes
              ? `${texts(value.tie).map(actor).join(' – ')}: ${text(value.becomes)}`
              : `${actor(text(value.leaves) || text(value.joins))}, ${named('body', text(value.body))}`),
        ].join(': ');
      case 'cannot':
        return w.fromTo(said(value.from), said(value.to));
      case 'said':
        return w.saying(
          text(value.kind),
          actor(text(value.by)),
          texts(value.to).map(actor),
          said(value.then),
        );
      case 'view':
        return actor(id);
      case 'lever':
        return w.leverOf(
          actor(text(value.actor)),
          wishes().find((one) => one.actor === value.actor && one.id === value.wish)?.label ??
            text(value.wish),
          text(value.cost),
        );
      case 'move': {
        const to = texts(value.to).map(stateName);
        const from = stateName(text(value.from));
        if (!from && !to.length) return w.kinds.move?.[1] ?? id;
        return alone ? w.movesOf(from, to) : w.jointOf(texts(value.parties).map(actor), from, to);
      }
      case 'order':
        return (
          texts(value.first)
            .map((wish) => wishes().find((one) => one.id === wish)?.words ?? wish)
            .join(', ') ||
          (w.kinds.order?.[1] ?? id)
        );
      case 'instead':
        return said(value.that);
      case 'define':
        return text(value.says) || w.named(id, said(value.that));
      case 'assembly':
        return fromId(id);
      case 'rule':
        return text(value.says) || ruleWords(value, words());
      default:
        return names.map((name) => text(value[name])).find(Boolean) ?? id;
    }
  }

  /** A thing by its table and id. */
  function named(table: string, id: string): string {
    const value = at(file, `${table}.${id}`);
    return thing(table, id, isTable(value) ? value : { that: value, text: value });
  }

  /** What a field is called. */
  const field = (key: string): string => w.fields[key] ?? w.ways[key] ?? '';

  /** What a version, or the eyes of an actor, change at a place of theirs. */
  function ofVersion(kind: string, id: string, rest: string[]): string {
    const [first = '', second = ''] = rest;
    const changes: Record<string, string> = {
      strike: w.overlay.strike,
      unavailable: w.overlay.unavailable,
      change: w.overlay.changed,
      define: w.overlay.meanings,
      act: w.overlay.terms,
      deadline: w.overlay.dates,
      status_quo: w.overlay.start,
    };
    const added: Record<string, string> = { rule: w.overlay.rules, cannot: w.overlay.taken };
    const dropped: Record<string, string> = { rule: w.overlay.droppedRules, prefers: w.overlay.dropped };
    const what =
      first === 'add'
        ? (added[second] ?? w.overlay.further)
        : first === 'drop'
          ? dropped[second]
          : changes[first];
    if (!rest.length && at(file, `${kind}.${id}`) === undefined) return '';
    const whole = named(kind, id);
    if (kind === 'view') return what ? w.inPart(what, w.asSeenBy(whole)) : w.asSeenBy(whole);
    return what ? w.inPart(what, w.inVersion(whole)) : w.versionOf(whole);
  }

  /** What stands under an actor. */
  function ofActor(address: string, id: string, rest: string[]): string {
    const [list = '', key = ''] = rest;
    const whose = actor(id);
    if (!list) return whose;
    if (list === 'option') {
      const option = optionsOf(file).find((one) => one.id === `${id}.${key}`);
      return option ? w.of(whose, option.text) : whose;
    }
    const place = /^actor\.[^.[]+\.[^.[]+\[[^\]]*\]/.exec(address)?.[0] ?? '';
    const wish = wishes().find((one) => one.address === keyed(file, place));
    if (wish) return wish.label;
    const value = place ? at(file, keyed(file, place)) : undefined;
    const kind = w.kinds[list]?.[1];
    if (isTable(value)) return w.of(whose, thing(list, key, value, true));
    if (list === 'ranking') return w.rankingOf(whose);
    return (kind ?? field(list)) ? w.of(whose, kind ?? field(list)) : whose;
  }

  function where(address: string): string {
    const [table = '', id = '', ...rest] = steps(address);
    switch (table) {
      case 'actor':
        return ofActor(address, id, rest);
      case 'variant':
      case 'view':
        return ofVersion(table, id, rest);
      case 'assembly':
        return rest[1] ? w.seatsIn(actor(rest[1]), fromId(id)) : w.assemblyOf(fromId(id));
      case 'status_quo':
        return w.startsAt;
      case 'graph':
        return rest[0] ? stateName(rest[0]) : w.lastState;
      case 'case':
        return field(id) || (w.tables.case ?? '');
      case 'rule': {
        const rule = rulesOf(file).find((one) => address.startsWith(one.address));
        return rule ? rule.label : (w.kinds.rule?.[1] ?? w.tables.rule ?? '');
      }
      default: {
        const place = id.startsWith('[') ? keyed(file, `${table}${id}`) : `${table}.${id}`;
        const value = at(file, place);
        const kind = w.kinds[table]?.[1] ?? w.singular[table];
        if (!kind || value === undefined) return '';
        return w.kindOf(kind, thing(table, id, isTable(value) ? value : { that: value, text: value }));
      }
    }
  }
  return { actor, thing, at: where };
}
