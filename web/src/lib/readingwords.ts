// Texts of reading: the bar, the keys, the form of a new case from a text. What a proposal says comes from the server.
import { counted } from './strings';

const fields: Record<string, string> = {
  says: 'In your words',
  text: 'In words',
  name: 'Name',
  title: 'Title',
  kind: 'Kind',
  speaker: 'Speaker',
};

export const r = {
  title: 'Proposals',
  show: 'Proposals of the text',
  reading: 'Reading the text …',
  missing: 'There is no text to read: the case names none, or the file is not in this folder.',
  decided: (n: number, of: number) => `${n} of ${counted(of, 'sentence', 'sentences')} decided`,
  begin: (decided: number) => (decided ? 'Go on deciding' : 'Decide'),
  done: 'Every sentence is decided.',
  of: (sentence: number) => `Proposals for sentence ${sentence}`,
  lookTwice: 'look twice',
  there: (n: number) => `${n} in the case`,
  refusedHere: (n: number) => `${n} refused`,
  bringBack: 'Bring back',
  bringBackAll: (n: number) => `Bring back ${n} refused`,
  take: 'Take',
  refuse: 'Refuse',
  edit: 'Edit, then take',
  all: (n: number, kinds: string) => (n === 1 ? `Take 1 of the ${kinds}` : `Take all ${n} ${kinds}`),
  way: 'How',
  taken: (words: string, progress: string) => `Taken. ${words} ${progress}.`,
  refused: (progress: string) => `Refused. ${progress}.`,
  back: 'Brought back.',
  earlier: 'Earlier sentences',
  later: 'Later sentences',
  noRoom: 'The browser has no room to remember what was refused: it is until the page is closed.',
  field: (key: string) => fields[key] ?? key,
  keys: [
    ['Tab', 'take'],
    ['⌫', 'refuse'],
    ['↑ ↓', 'move'],
    ['2 … 9', 'take another way'],
    ['⇧ Enter', 'take all of this kind'],
    ['⇧ ⌫', 'refuse all of this kind'],
    ['F2', 'edit before taking'],
    ['Ctrl Z', 'undo'],
    ['Esc', 'leave'],
  ] as [string, string][],
  /** For screen readers, where a proposal has the focus. */
  keysSaid:
    'Tab or Enter takes it, Backspace refuses it, arrows move, a digit takes it another way, Shift and Enter takes all of this kind, F2 edits it first, Control and Z undoes, Escape leaves.',
  answer: 'Answer so far',
  newCase: {
    titleHint: 'Without one: the title of the text.',
    author: 'Author, if none is named there',
    date: 'Date, if none stands there',
    dateHint: '2023-03-07, 2023-03 or 2023',
    file: 'Choose a text file',
    fileHint: 'Paste it, or drop a .txt or .md file.',
    kept: 'It stays on this machine: it is read here, by rules.',
    tooLong: 'The text is larger than 4 MiB: give a part of it.',
  },
};
