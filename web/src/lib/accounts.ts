// An account of a case whose claims contradict each other.

/** Whether somebody gave it a name: else its id is made of the claims that it keeps, and its title of what they say. */
export const isNamed = ({ id }: { id: string }): boolean => !id.startsWith('keeps-');
