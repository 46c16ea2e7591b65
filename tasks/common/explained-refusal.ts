import {
  parsePermissionRefusal,
  permissionHint,
} from "../../clients/azure-devops/permission-refusal.ts";
import { causeText, HttpError, TerminalError } from "../../core/errors.ts";

/** What a refused write asks for; any other error as it is. `what` as in `write to !3`. */
export function explainedRefusal(
  error: unknown,
  of: { readonly what: string; readonly repository: string },
): unknown {
  if (!(error instanceof HttpError) || error.status !== 403) return error;
  const right = parsePermissionRefusal(error.message);
  const hint =
    right === undefined
      ? `Allow the build service identity Contribute to pull requests on ${of.repository} (Project settings > Repositories > Security).`
      : permissionHint(right, of.repository);
  const code = "permission-missing";
  return new TerminalError(`Failed to ${of.what}: ${causeText(error)}`, {
    code,
    hint,
  });
}
