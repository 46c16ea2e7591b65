/** Numbers from 0 to 1 that are the same in every run (Lehmer's generator); the seed is in a failure. */
export function randomFrom(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
