import { HttpError } from "../core/errors.ts";

const tries = 3;
const pauseMs = 700;

/**
 * Asks again before something is believed that ends the process or closes a repository: one odd answer
 * does not. @throws what the last try threw
 */
export async function insist<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      // Without any answer it was asked again already.
      const unanswered = error instanceof HttpError && error.status === 0;
      if (unanswered || attempt >= tries) throw error;
      await new Promise((resume) => setTimeout(resume, pauseMs));
    }
  }
}
