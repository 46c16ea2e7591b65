import { TerminalError } from "../../../core/errors.ts";

/** What every failure of an update is: no file was changed. */
export function updateFailed(cause: string, hint: string): TerminalError {
  return new TerminalError(
    `Failed to update Flux's and Kubernetes' code: ${cause}. Nothing was changed`,
    { code: "kube-update-failed", hint },
  );
}
