/** Where the two differ, by layout: what the difference says, and why it stays. */
export const knownDifferences: Readonly<Record<string, RegExp>> = {
  // Flux adds that it could not clean up either, which it has no need to here.
  "a-file": /^they: .*not a directory remove .*not a directory\n {2}we: .*not a directory$/,
};
