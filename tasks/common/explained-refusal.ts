import {
  parsePermissionRefusal,
  permissionHint,
} from "../../clients/azure-devops/permission-refusal.ts";
import { causeText, FluxgateError, HttpError, TerminalError } from "../../core/errors.ts";

/** Of a write into a repository: only a refusal is explained. */
type Write = { readonly what: string; readonly repository: string };

/** Of a read that nothing can be decided without: silence of the service ends the task too. */
type Read = {
  readonly what: string;
  /** As in `View builds on the pipeline of CI (Pipelines, its Security)`. */
  readonly right: string;
  readonly unanswered: { readonly code: string; readonly hint: string };
};

/**
 * What the service refused, with the right that it asks for; any other error as it is, or, of a read,
 * as the reason why this stops. `what` as in `write to !3`.
 */
export function explainedRefusal(error: unknown, of: Write | Read): unknown {
  const message = `Failed to ${of.what}: ${causeText(error)}`;
  if ("right" in of) {
    if (!(error instanceof FluxgateError)) return error;
    // What may not be seen is not found.
    const isRefused = error instanceof HttpError && [401, 403, 404].includes(error.status);
    const refused = {
      code: "permission-missing",
      hint: `Allow the build service identity ${of.right}.`,
    };
    return new TerminalError(message, { ...(isRefused ? refused : of.unanswered), cause: error });
  }
  if (!(error instanceof HttpError) || error.status !== 403) return error;
  const right = parsePermissionRefusal(error.message);
  const hint =
    right === undefined
      ? `Allow the build service identity Contribute to pull requests on ${of.repository} (Project settings > Repositories > Security).`
      : permissionHint(right, of.repository);
  return new TerminalError(message, { code: "permission-missing", hint });
}
