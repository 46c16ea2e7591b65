// Environments by the names that teams give them, in the order of promotion.
const ranks: readonly RegExp[] = [
  /^(dev|develop|development)$/,
  /^(ci|int|integration)$/,
  /^(test|testing|tst|qa|sit)$/,
  /^(uat|acceptance|acc|demo)$/,
  /^(stg|stage|staging|preprod|pre-prod|preproduction|pre)$/,
  /^(prd|prod|production|live)$/,
];

/** Whether a word is one of those that environments are usually called by. */
export function isEnvironmentWord(word: string): boolean {
  return ranks.some((rank) => rank.test(word));
}

/** Earliest first, by the word in each (`eu-test`); what nobody knows comes before production. */
export function inOrderOfPromotion(names: Iterable<string>): readonly string[] {
  const rankOf = (name: string) => {
    const word = environmentIn(name) ?? name;
    const rank = ranks.findIndex((each) => each.test(word));
    return rank < 0 ? ranks.length - 1.5 : rank;
  };
  return [...new Set(names)].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
}

/** `shop-dev-vars` → dev: the last part that is an environment's word. */
export function environmentIn(text: string): string | undefined {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .findLast(isEnvironmentWord);
}
