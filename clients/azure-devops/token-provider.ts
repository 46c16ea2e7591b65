import { InputError } from "../../core/errors.ts";
import type { ConnectorConfig } from "../../core/connector-config/config.ts";
import { workloadToken } from "../workload-identity.ts";

// Azure DevOps' application id in Entra ID.
const scope = "499b84ac-1321-427f-aa17-267ca6975798/.default";

/**
 * What the connector signs in with: a personal access token or bearer from FLUXGATE_TOKEN, or the
 * pod's workload identity. @throws InputError or TerminalError when none is there.
 */
export function tokenProvider(
  { authentication }: Pick<ConnectorConfig["azureDevOps"], "authentication">,
  env: Readonly<Record<string, string | undefined>>,
): { readonly kind: "pat" | "bearer"; readonly token: () => Promise<string> } {
  if (authentication === "workload-identity") {
    return { kind: "bearer", token: workloadToken(env, scope) };
  }
  const token = env["FLUXGATE_TOKEN"]?.trim() ?? "";
  if (token === "") {
    throw new InputError([{ message: "the environment variable FLUXGATE_TOKEN is empty" }], {
      code: "token-missing",
      hint: "Set it to a token of the connector's identity, or use authentication: workload-identity.",
    });
  }
  return { kind: authentication, token: () => Promise.resolve(token) };
}
