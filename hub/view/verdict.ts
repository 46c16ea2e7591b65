// What counts is said by commit statuses of the connector's identity.
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import { latestReported } from "../../core/run/statuses.ts";
import { reportersOf } from "./connector-statuses.ts";
import type { Tone } from "./tone.ts";

export type Verdict = {
  readonly state: "succeeded" | "failed" | "pending";
  /** Phase and cause, as the connector put it. */
  readonly text: string;
  readonly at: string;
  readonly by: string;
};

/** The newest status of one name; `name` is `<environment>` or `<delivery>/<environment>`. */
export function verdictOf(statuses: readonly CommitStatus[], name: string): Verdict | undefined {
  const newest = latestReported(statuses, { name, reporters: reportersOf(statuses) });
  if (newest === undefined) return undefined;
  const { state, description, creationDate, createdBy } = newest;
  return {
    state: state === "succeeded" || state === "pending" ? state : "failed",
    text: description ?? "",
    at: creationDate,
    by: createdBy?.displayName ?? "",
  };
}

const tones = { succeeded: "good", failed: "bad", pending: "running" } as const;

/**
 * A verdict as it is shown of a commit.
 * @param isConfirmed false: whose statuses count is not known, and anybody can post under these names
 */
export function shownVerdict(
  verdict: Verdict | undefined,
  isConfirmed: boolean,
): { readonly tone: Tone; readonly text: string } {
  if (verdict === undefined) return { tone: "plain", text: "nothing said about it" };
  const text = verdict.text === "" ? verdict.state : verdict.text;
  if (!isConfirmed) return { tone: "warning", text: `unconfirmed: ${text}` };
  return { tone: tones[verdict.state], text };
}
