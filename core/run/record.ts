// The pull request's property `Fluxgate.Run`: what machines need to know of it, as one JSON value.
// Written after older runs are retired, so its presence says that the task got through.

export const runRecordProperty = "Fluxgate.Run";

export type RunRecord = {
  readonly delivery: string;
  readonly environment: string;
  readonly build: number;
  readonly attempt: number;
  /** The carrier: head of the run's branch. */
  readonly commit: string;
  /** Of the rendered files; equal renders have equal digests. */
  readonly contentDigest: string;
  /** Whether all of the change was compared; absent: an older version does not say. */
  readonly complete?: boolean;
  /** Of the variables that were read at render time; absent: none, or an older version. */
  readonly variablesDigest?: string;
};

export function writeRunRecord(record: RunRecord): string {
  return JSON.stringify(record);
}

/** @returns undefined when the property is absent or was written by something else. */
export function parseRunRecord(text: string | undefined): RunRecord | undefined {
  try {
    const value = JSON.parse(text ?? "null") as Partial<RunRecord> | null;
    const whole =
      typeof value?.commit === "string" &&
      typeof value.contentDigest === "string" &&
      typeof value.build === "number";
    return whole ? (value as RunRecord) : undefined;
  } catch {
    return undefined;
  }
}
