// What an account of a case is called whose claims contradict each other: by its name, else by what it takes to be so.
import { w } from './formwords';
import type { CaseView } from './types';

type Account = NonNullable<CaseView['accounts']>['list'][number];

/** Whether nobody gave it a name: then it is called by its id, which is made of the claims that it keeps. */
export const isNamed = ({ id, title }: Pick<Account, 'id' | 'title'>): boolean =>
  !(id.startsWith('keeps-') && title.toLowerCase() === id.toLowerCase());

/** At most so many claims stand in a name. */
const most = 2;

export function accountName(
  account: Account,
  claims: Pick<CaseView['claims'][number], 'id' | 'says' | 'quote'>[],
): string {
  if (isNamed(account)) return account.title;
  const said = account.keeps.map((id) => {
    const claim = claims.find((one) => one.id === id);
    const words = (claim?.says || claim?.quote || '').replace(/[.\s]+$/, '');
    return words ? w.quoted(words) : w.claimCalled(id);
  });
  return w.ifSo(said.slice(0, most), Math.max(0, said.length - most));
}
