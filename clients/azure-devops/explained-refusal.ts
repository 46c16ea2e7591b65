import {
  parsePermissionRefusal,
  permissionHint,
  type PermissionRefusal,
} from "./permission-refusal.ts";
import { causeText, FluxgateError, HttpError, TerminalError } from "../../core/errors.ts";

/** Of a write into a repository: only a refusal is explained. */
type Write = {
  readonly what: string;
  /** As in `repository shop/manifests`, `the code repository`. */
  readonly repository: string;
  /** What it asks for, where the service does not say. */
  readonly right?: PermissionRefusal;
};

/** Of a read that nothing can be decided without: silence of the service ends the task too. */
type Read = {
  readonly what: string;
  /** Whose runs have to be seen, as in `this pipeline`. */
  readonly pipeline: string;
  readonly unanswered: { readonly code: string; readonly hint: string };
};

/**
 * What the service refused, with the right that it asks for, of whom and where; any other error as it
 * is, or, of a read, as the reason why this stops. `what` as in `write to !3`.
 */
export function explainedRefusal(error: unknown, of: Write | Read): unknown {
  const message = `Failed to ${of.what}: ${causeText(error)}`;
  const said = parsePermissionRefusal(error instanceof Error ? error.message : "");
  const code = "permission-missing";
  if ("pipeline" in of) {
    if (!(error instanceof FluxgateError)) return error;
    // What may not be seen is not found.
    const isRefused = error instanceof HttpError && [401, 403, 404].includes(error.status);
    const right = said ?? { permission: "View builds", identity: undefined };
    const refused = { code, hint: permissionHint(right, of.pipeline) };
    return new TerminalError(message, { ...(isRefused ? refused : of.unanswered), cause: error });
  }
  if (!(error instanceof HttpError) || error.status !== 403) return error;
  const usual = { permission: "Contribute to pull requests", identity: undefined };
  const right = said ?? of.right ?? usual;
  return new TerminalError(message, { code, hint: permissionHint(right, of.repository) });
}
