/** One mutant in how many is tried: all of a large folder take hours. */
export const oneIn = Number(process.env["MUTANTS_ONE_IN"] ?? 1);

/** Always the same ones of the same code. */
export function isInSample(id: string): boolean {
  return Number(id) % oneIn === 0;
}
