import { WorkloadIdentityCredential } from "@azure/identity";
import { InputError, TerminalError, causeText } from "../../core/errors.ts";
import type { ConnectorConfig } from "../../core/connector-config/config.ts";

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
    return { kind: "bearer", token: workloadToken(env) };
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

// Not the library's default chain: it would also try whoever is signed in on the machine.
function workloadToken(env: Readonly<Record<string, string | undefined>>): () => Promise<string> {
  // The admission webhook of Azure workload identity puts these into the pod.
  const absent = ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE"].filter(
    (name) => !env[name],
  );
  if (absent.length > 0) throw failed(`the pod lacks ${absent.join(", ")}`);
  const credential = new WorkloadIdentityCredential();
  return async () => {
    try {
      return (await credential.getToken(scope)).token;
    } catch (cause) {
      throw failed(causeText(cause).split("\n")[0] ?? "", cause);
    }
  };
}

function failed(why: string, cause?: unknown): TerminalError {
  return new TerminalError(`Failed to get a token from the workload identity: ${why}`, {
    code: "workload-identity",
    hint: "Check the pod's label, the service account's client id and the federated credential.",
    cause,
  });
}
