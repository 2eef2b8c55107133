// Why the server refused a change, in the words of the forms: no address of the file in it.
import { messageOf, Refused } from './client';
import type { FileView } from './file';
import { w } from './formwords';
import { labels } from './labels';
import { inForms } from './problems';

/** The last step of an address: an id. */
const last = (address: string): string => address.split(/[.[]/).at(-1)?.replace(/[\]"]/g, '') ?? address;

export function refusalInWords(message: string, file: FileView | null): string {
  const [, token = '', rest = ''] = /`([^`]+)`(.*)$/s.exec(message) ?? [];
  const what = (): string => labels(file).at(token) || w.somewhere;
  if (message.startsWith('there is a `')) return w.taken(last(token), labels(file).at(token));
  if (rest.startsWith(' is no id')) return w.noId(token);
  if (rest.startsWith(' is not what it was')) return w.otherwise(what());
  if (message.startsWith('the file has nothing at')) return w.nothingThere(what());
  return inForms(message, file);
}

/** What went wrong, whatever it was. */
export const refused = (error: unknown, file: FileView | null): string =>
  error instanceof Refused ? refusalInWords(error.message, file) : messageOf(error);
