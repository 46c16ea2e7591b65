import { leavesOpen } from "../http.ts";

type Writing<T> = {
  readonly send: () => Promise<T>;
  /** What the request would have made, if it is there; undefined when it certainly is not. */
  readonly look: () => Promise<T | undefined>;
  /** Milliseconds before each further attempt. */
  readonly pauses?: readonly number[];
};

/**
 * Sends what must not be done twice. Where a failure leaves open whether it was done, it looks before
 * it sends again.
 */
export async function writeOnce<T>(writing: Writing<T>): Promise<T> {
  const { send, look, pauses = [250, 1000, 4000, 10_000, 20_000] } = writing;
  for (let attempt = 0; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!leavesOpen(error)) throw error;
      const made = await look();
      if (made !== undefined) return made;
      const pause = pauses[attempt];
      if (pause === undefined) throw error;
      await new Promise((resume) => setTimeout(resume, pause));
    }
  }
}
