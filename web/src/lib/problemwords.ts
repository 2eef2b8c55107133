// What is wrong with a case and what to do about it by form, by the code of the problem: every one that there is.
export interface Told {
  /** What is wrong, where the program's own sentence is about how the file is written. */
  says?: string;
  /** What to do by form. */
  todo: string;
  /** Whether what the program advises can be said in words, too: which name was meant, which there are. */
  hint?: boolean;
  /** Whether it can be mended in the text only. */
  text?: boolean;
  /** Where the sentence of the program says more than the code: other words, and another field. */
  where?: { on: RegExp; says?: string; todo: string; at?: string }[];
}

const noFile = 'Take another file, or begin a new case on Home.';
const foreign = 'Open it in the program that wrote it, mend it there, and import it again on Home.';
const byText = 'It can be mended in the text only: the form waits until it is readable.';
const rephrase = 'Choose it anew from the list under the field: what is chosen there always fits.';

/** By code: every one that there is. */
export const told: Record<string, Told> = {
  E0101: { says: 'The file of this case is not there.', todo: noFile, text: true },
  E0102: { says: 'This is a folder without a case in it.', todo: noFile, text: true },
  E0103: {
    says: 'The file cannot be read.',
    todo: 'Look whether you may read it, and open it again.',
    text: true,
  },
  E0104: { says: 'The file is too large for a case.', todo: noFile, text: true },
  E0105: {
    says: 'The file is no text that the page can read.',
    todo: 'Save it as UTF-8 in the program that wrote it.',
    text: true,
  },
  E0106: { says: 'This file is of another program, and no case.', todo: foreign, text: true },
  E0110: { says: 'The text is not readable here.', todo: byText, text: true },
  E0111: {
    says: 'There are more problems of the same kind, which are not listed.',
    todo: 'Mend those that are listed first.',
  },
  E0112: { says: 'This file is of another program, and no case.', todo: foreign, text: true },
  E0201: {
    says: 'Something stands here that a case does not have.',
    todo: 'If it is a slip of the pen, mend the word in the text; else take it out there.',
    text: true,
  },
  E0202: {
    todo: 'Fill the field that is still empty.',
    where: [
      {
        on: /lacks `actor`/,
        says: 'Nobody takes part yet.',
        todo: 'Add the first actor in the form.',
        at: 'actor',
      },
      { on: /^The case file lacks/, todo: 'Add it in the text.' },
    ],
  },
  E0203: { says: 'What stands here is of another kind than the field.', todo: 'Write it anew in the field.' },
  E0204: { says: 'This is none of the words that can be chosen here.', todo: 'Choose one of the list.' },
  E0205: {
    says: 'This cannot be an id.',
    todo: 'Rename it: small letters, digits and single hyphens; the name for readers can be anything.',
  },
  E0206: { todo: 'Write the day as 2023-03-07; where only the month or year is known, 2023-03 or 2023.' },
  E0207: { todo: 'Write the words anew by hand: they carry characters that are not seen.' },
  E0208: {
    says: 'This number cannot stand here.',
    todo: 'Write a number that fits: a share between 0 and 1, a count in whole numbers.',
  },
  E0209: {
    says: 'The case was written for another version of this program.',
    todo: 'Take a newer program, or set the version in the text to 1.',
    text: true,
  },
  E0210: {
    says: 'It must say what it is in exactly one way.',
    todo: 'Fill one of the ways, and empty the others.',
  },
  E0211: {
    says: 'A case has either options or a list of states, and this belongs to the other kind.',
    todo: 'Take it out here.',
  },
  E0212: {
    says: 'The text of this source lies outside the folder of the case.',
    todo: 'Paste the text into the source again: then it is kept beside the case.',
  },
  E0213: {
    says: 'This needs at least one entry.',
    todo: 'Choose one at least, or take the whole thing out.',
  },
  E0214: { says: 'This is no grade.', todo: 'Write a letter from A to F and a digit from 1 to 6, as B2.' },
  E0301: { todo: 'Choose another, or add what is named.', hint: true },
  E0302: { todo: 'Rename one of the two.' },
  E0303: { todo: 'Let one of these names stand for something without the others.' },
  E0304: { todo: 'Take one out.' },
  E0401: { says: 'This condition cannot be read.', todo: rephrase },
  E0402: { says: 'Something with levels is used as if it had none, or the other way round.', todo: rephrase },
  E0403: {
    says: 'This count of seats does not add up.',
    todo: 'Look at who has how many seats in the assembly, and whose votes are counted here.',
  },
  E0404: {
    says: 'What is switched here is not clear.',
    todo: 'Choose options and acts, so or not so, all of them together; each once.',
  },
  E0501: { todo: 'Leave out what changes no answer, or make two cases of it.' },
  E0502: {
    says: 'This actor wants in two ways at once.',
    todo: 'Keep its wishes, its weights or its ranking, and take the others out.',
  },
  E0503: { todo: 'Say under Actors what each of them can do.' },
  E0504: {
    says: 'This rank says something about more or fewer options than there are.',
    todo: 'Take it out of the ranking, and choose in words what belongs there.',
  },
  E0505: { says: 'This is no state of the case.', todo: 'Choose what is done there, and what is not.' },
  E0506: { todo: 'Choose another state, or take the moves out.' },
  E0510: { todo: 'Change where it starts, or the rule.' },
  E0511: {
    says: 'This version, or what this actor sees, cannot be applied to the case as it is.',
    todo: 'Look at each change of it: what it names must be there, and where it starts must obey the rules.',
  },
  E0512: { todo: 'Use smaller weights.' },
  E0513: {
    says: 'A strong wish stands after one that is not strong.',
    todo: 'Move it up, before all that are not strong.',
  },
  E0514: {
    todo: 'Choose the kind again, and fill the fields that it shows.',
  },
  E0515: {
    says: 'The rules contradict each other: nothing is possible any more.',
    todo: 'Weaken or remove one of the rules.',
  },
  E0516: { todo: 'Add what is missing to a rank, or let what is in no rank come last.' },
  E0517: { todo: 'Leave it in one of the ranks.' },
  E0521: {
    says: 'The chances here do not fit together.',
    todo: 'Make them smaller: together they are at most 1, and what they leave is the chance of what is written.',
  },
  E0522: {
    says: 'Who must agree does not fit the parties.',
    todo: 'Name parties of the act, ask for at most as many as there are, or for nobody where nobody can.',
  },
  E0523: {
    says: 'Who begins this act cannot switch what is switched with it.',
    todo: 'Ask for the owner’s agreement too, or take it out of what is switched with it.',
  },
  E0524: { todo: 'A condition looks at what is so before: ask for something that can be so without it.' },
  E0525: {
    todo: 'Say what the date switches beside, or where nothing happens.',
    where: [
      {
        on: /past cannot be known/,
        todo: 'Say under Question which day the case describes.',
        at: 'case.as_of',
      },
    ],
  },
  E0526: {
    says: 'The name of this account does not say which account it is.',
    todo: 'Name claims that contradict others, one of each pair.',
  },
  E0527: {
    says: 'What holds with the rest of the chance does not fit.',
    todo: 'Set how sure it is, and what holds else; together the chances make 1.',
  },
  E0528: {
    todo: 'Choose another concept at the question, or none.',
  },
  E0601: { todo: 'Select the words in the source again: what is selected there is always found.' },
  E0602: { todo: 'Choose the sentence in the source.' },
  E0603: {
    says: 'The text of this source is not where it is said to be.',
    todo: 'Paste the text into the source again.',
  },
  E0701: { says: 'This file of another program cannot be read.', todo: foreign, text: true },
  E0702: {
    says: 'This file of another program is not as that program writes it.',
    todo: foreign,
    text: true,
  },
  E0703: {
    says: 'This file of another program names something that it does not have.',
    todo: foreign,
    text: true,
  },
  E0704: {
    says: 'This file of another program says that actors see differently, which means something else there.',
    todo: foreign,
    text: true,
  },
  E0705: { says: 'A ranking in this file of another program is not complete.', todo: foreign, text: true },
  E0706: { says: 'This file of another program is too large.', todo: foreign, text: true },
  E0707: { says: 'This game of another program has a fault.', todo: foreign, text: true },
  E0708: { says: 'This game of another program is too large.', todo: foreign, text: true },
  E0709: { says: 'This table of another program has a fault.', todo: foreign, text: true },
  N0501: { todo: 'Say under Start what is done today.' },
  N0502: { todo: 'What is reported is right; simplify rules and conditions to see the rest.' },
  N0503: { todo: 'That is a finding about the case; or its rules say more than they should.' },
  N0504: {
    says: 'No answer uses yet that a wish is strong, or that its direction is unknown.',
    todo: 'Put what matters more first; for a direction that is not known, try the contrary in a version.',
  },
  N0505: { todo: 'Begin with what is done, as “Launch an air strike”, not “Air strike”.' },
  N0506: { todo: 'Say under Doubt what the actor wants else.' },
  N0601: { todo: 'Nothing to do, when the source was only consulted.' },
  N0602: { todo: 'Nothing to do: headings and signatures are no sentences.' },
  N0603: {
    says: 'Something here is only proposed: no answer depends on it.',
    todo: 'Take it by removing its mark in the text, or delete it there.',
  },
  N0604: { todo: 'Give the other one an option too, or make it an act of both.' },
  N0605: { todo: 'If something changes on that day, add a date on which it does.' },
  N0606: { todo: 'Make a claim of what the case should rest on; else nothing to do.' },
  W0305: { todo: 'Rename one of the two.' },
  W0501: { todo: 'Say who wants it or what it needs, or remove it.' },
  W0502: { says: 'This wish never decides anything.', todo: 'Remove it, or change it or its place.' },
  W0503: { says: 'This rule removes nothing.', todo: 'Remove it, or say what it was meant to forbid.' },
  W0504: { todo: 'Weaken the rules, or remove the option.' },
  W0505: { todo: 'Compare what the outcome is with the rules.' },
  W0506: { todo: 'Use the name or remove it.' },
  W0507: { todo: 'Say what this actor wants.' },
  W0508: {
    says: 'Nobody can get there from today one step after the other: a rule lies between.',
    todo: 'Say under Acts what several do together, in the place of their single options.',
  },
  W0509: { todo: 'Give each a name of its own: answers name them by it.' },
  W0510: {
    says: 'A rule locks an actor in: what it has begun it cannot end alone.',
    todo: 'Where the text says “once”, make it a condition of the option instead of a rule.',
  },
  W0511: {
    says: 'The actor can fulfil this condition itself in the same move: it delays nothing.',
    todo: 'What must stay together is a rule; what needs a pause is another’s deed or a date.',
  },
  W0512: { todo: 'If they are one package, switch one with the other, or make one act of both.' },
  W0513: {
    says: 'A rule keeps this act from beginning while something is on.',
    todo: 'Where the act itself ends that, add it, not so, to what is switched with it.',
  },
  W0514: { todo: 'A condition looks at what is so before: ask for what somebody can bring about before.' },
  W0515: { todo: 'What a past date has done belongs into the start; what happened is no longer expected.' },
  W0516: { todo: 'What happened after the date of the case moves that date on, or is still expected.' },
  W0601: {
    says: 'This rests on no claim, and is not marked as your own assumption.',
    todo: 'Choose a claim that it rests on, or mark it as an assumption.',
  },
  W0602: { todo: 'Choose it where it matters: at a wish, an option or a rule.' },
  W0603: { todo: 'Write in your own words what the sentence says, or remove the claim.' },
  W0604: {
    says: 'Sentences of this source are counted in another way than before.',
    todo: 'Look which sentence the claim is from; a quote of some words makes it sure.',
  },
  W0605: { todo: 'Say what the name stands for without its grounds.' },
  W0606: {
    says: 'This wish rests on what is said of somebody else.',
    todo: 'Choose a claim about this actor, or mark the wish as your own assumption.',
  },
  W0607: {
    says: 'A claim says “if”, and the rule made of it says “only if”.',
    todo: 'Where something becomes possible once something else is so, make it a condition of the option.',
  },
  W0608: { todo: 'Let what the claim concludes from carry a wish or a condition.' },
  W0609: {
    says: 'Quotes are held against no text: the text of their source is not here.',
    todo: 'Paste the text into the source.',
  },
  W0610: {
    todo: 'Say at one of the claims that it contradicts the other, or when each of them holds.',
  },
  W0701: {
    says: 'The wishes in this file of another program are left out: its rankings are made by hand.',
    todo: 'Nothing to do.',
    text: true,
  },
};
