// The order of promotion stands in fluxgate.yaml, in another repository that the viewer may not
// see. Usual names have an order of their own; others come between testing and production.
const ranks: readonly RegExp[] = [
  /^(sandbox|local|playground)/,
  /^dev/,
  /^(int|ci)/,
  /^(test|tst|qa|sit)/,
  /^(uat|acc|stag|stg|pre-?prod|preview|canary)/,
  /^prod|^prd|^live/,
];

/** For sorting environments by name. */
export function byPromotion(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(name: string): number {
  const found = ranks.findIndex((form) => form.test(name));
  return found < 0 ? 3.5 : found;
}
