import { TerminalError } from "../../core/errors.ts";

/** What every failure of making the modules is. */
export function kubeBuildFailed(cause: string): TerminalError {
  return new TerminalError(`Failed to build Flux's and Kubernetes' own code: ${cause}`, {
    code: "kube-build-failed",
    hint: "Install Go 1.26 or newer, see that its module proxy can be reached, and run again.",
  });
}
