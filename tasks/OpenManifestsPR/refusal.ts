import {
  notFoundHint,
  parsePermissionRefusal,
  permissionHint,
  rightsToPropose,
} from "../../clients/azure-devops/permission-refusal.ts";
import type { RepositoryAddress } from "../../core/azure-devops/urls.ts";
import { causeText, HttpError, TerminalError } from "../../core/errors.ts";

/** Says what was being done when the service refused, and what to grant. `what` is a verb phrase. */
export async function explainRefusals<T>(
  { address }: { readonly address: Pick<RepositoryAddress, "project" | "repository"> },
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof HttpError ? codeOf(error) : undefined;
    if (code === undefined) throw error;
    const hint = hintOf(code, error, `repository ${address.project}/${address.repository}`);
    const options = hint === undefined ? { code } : { code, hint };
    throw new TerminalError(`Failed to ${what}: ${causeText(error)}`, { ...options, cause: error });
  }
}

function hintOf(code: string, error: unknown, place: string): string | undefined {
  if (code === "repository-not-found") return notFoundHint(place);
  if (code !== "permission-missing") return undefined;
  const said = parsePermissionRefusal(error instanceof Error ? error.message : "");
  return permissionHint(said ?? { permission: rightsToPropose, identity: undefined }, place);
}

function codeOf(error: HttpError): string | undefined {
  if (error.status === 403) return "permission-missing";
  if (error.status === 404) return "repository-not-found";
  return error.status >= 400 && error.status < 500 && error.code !== "not-signed-in"
    ? "pull-request-refused"
    : undefined;
}
