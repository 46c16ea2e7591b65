import { TerminalError } from "../../core/errors.ts";

/** Why a folder holds no merge that could be compared; `head` is the commit that it is at, if any. */
export function noMerge(folder: string, head: string | undefined): TerminalError {
  const why =
    head === undefined ? `${folder} is no checkout` : "the checkout lacks the commit before";
  return new TerminalError(`Failed to compare the merge: ${why}`, {
    code: "merge-base-missing",
    hint:
      head === undefined
        ? "Let a checkout step with fetchDepth: 2 come before."
        : "Check out with fetchDepth: 2 or more.",
  });
}
