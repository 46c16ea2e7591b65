// The command line of `npm run kube -- update`.
import { parseArgs } from "node:util";
import { updateFailed } from "./update-failed.ts";

export type UpdateOptions = {
  /** `1.37`, whose newest patch is meant, or `1.37.2`. */
  readonly kubernetes: string;
  /** `2.9` or `2.9.4`. */
  readonly flux: string;
  /** Asks and resolves, writes nothing. */
  readonly dryRun: boolean;
  /** Moves the pins, and says by which commands the files that follow are generated. */
  readonly pinsOnly: boolean;
};

/** @throws TerminalError with code "kube-update-failed" */
export function parseUpdateOptions(args: readonly string[]): UpdateOptions {
  const values = valuesOf(args);
  return {
    kubernetes: versionOf("--kubernetes", values.kubernetes),
    flux: versionOf("--flux", values.flux),
    dryRun: values["dry-run"],
    pinsOnly: values["pins-only"],
  };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        kubernetes: { type: "string" },
        flux: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        "pins-only": { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw wrongCommandLine(error instanceof Error ? error.message : String(error));
  }
}

function versionOf(option: string, value: string | undefined): string {
  if (value === undefined) throw wrongCommandLine(`${option} is missing`);
  if (/^\d+\.\d+(\.\d+)?$/.test(value)) return value;
  throw wrongCommandLine(`${option} ${value} is not a version such as 1.37 or 1.37.2`);
}

function wrongCommandLine(cause: string) {
  return updateFailed(
    cause,
    "Run `npm run kube -- update --kubernetes 1.37 --flux 2.9 [--dry-run | --pins-only]`.",
  );
}
