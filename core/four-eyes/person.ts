// Who is who: one person may have several identities, mail addresses and spellings.

/** Somebody, as the service or git names them. */
export type Someone = {
  readonly name: string;
  /** Ids of identities, sign-in names and mail addresses. */
  readonly accounts: readonly string[];
};

/** What the configuration knows of somebody: accounts that are one person's, or a machine's. */
export type KnownPerson = Someone & { readonly bot?: boolean };

/**
 * Whether two may be one person: by an account that they share, by the configuration, or by a name.
 * Errs to yes: two of one name are taken for one.
 */
export function mayBeSame(
  one: Someone,
  other: Someone,
  people: readonly KnownPerson[] = [],
): boolean {
  if (share(one, other) || (bare(one.name) !== "" && bare(one.name) === bare(other.name)))
    return true;
  return people.some((person) => share(person, one) && share(person, other));
}

export function isBot(one: Someone, people: readonly KnownPerson[]): boolean {
  return people.some((person) => person.bot === true && share(person, one));
}

/** The person of the configuration whose account it is. */
export function knownPerson(
  account: string,
  people: readonly KnownPerson[],
): KnownPerson | undefined {
  return people.find((person) => share(person, { name: "", accounts: [account] }));
}

function share(one: Someone, other: Someone): boolean {
  const own = new Set(one.accounts.map(bare).filter((account) => account !== ""));
  return other.accounts.some((account) => own.has(bare(account)));
}

function bare(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}
