import { parseLetter } from "../../core/run/letter.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";

/** A letter is open while nothing newer of the same context and address has closed it. */
export function isOpen(letter: CommitStatus, all: readonly CommitStatus[]): boolean {
  if (letter.state !== "pending" || parseLetter(letter) === undefined) return false;
  return !all.some(
    ({ context, targetUrl, id }) =>
      context.name === letter.context.name && targetUrl === letter.targetUrl && id > letter.id,
  );
}
