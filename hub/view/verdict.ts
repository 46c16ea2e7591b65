// What counts is said by commit statuses of the connector's identity. A job of any pipeline can
// post statuses too, as the Build service: theirs are letters, never verdicts.
import { statusGenre } from "../../core/run/letter.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";

export type Verdict = {
  readonly state: "succeeded" | "failed" | "pending";
  /** Phase and cause, as the connector put it. */
  readonly text: string;
  readonly at: string;
  readonly by: string;
};

/** The newest status of one name; `name` is `<environment>` or `<delivery>/<environment>`. */
export function verdictOf(statuses: readonly CommitStatus[], name: string): Verdict | undefined {
  const newest = statuses
    .filter(({ context }) => context.genre === statusGenre && context.name === name)
    .filter(({ createdBy }) => createdBy?.descriptor?.startsWith("svc.") !== true)
    .sort((a, b) => b.id - a.id)[0];
  if (newest === undefined) return undefined;
  const { state, description, creationDate, createdBy } = newest;
  return {
    state: state === "succeeded" || state === "pending" ? state : "failed",
    text: description ?? "",
    at: creationDate,
    by: createdBy?.displayName ?? "",
  };
}
