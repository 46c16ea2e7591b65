import type { WorkloadIdentityCredential } from "@azure/identity";
import { TerminalError, causeText } from "../core/errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

// The admission webhook of Azure workload identity puts these into the pod.
const names = ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_FEDERATED_TOKEN_FILE"];

export function hasWorkloadIdentity(env: Environment): boolean {
  return names.every((name) => Boolean(env[name]));
}

/**
 * Tokens of the pod's workload identity. Not the library's default chain: it would also try whoever is
 * signed in on the machine. @throws TerminalError when the pod has none
 */
export function workloadToken(env: Environment, scope: string): () => Promise<string> {
  const absent = names.filter((name) => !env[name]);
  if (absent.length > 0) throw failed(`the pod lacks ${absent.join(", ")}`);
  let credential: WorkloadIdentityCredential | undefined;
  return async () => {
    try {
      credential ??= await identityOfPod();
      return (await credential.getToken(scope)).token;
    } catch (cause) {
      throw failed(causeText(cause).split("\n")[0] ?? "", cause);
    }
  };
}

// Most connectors sign in otherwise, and the library is a tenth of what a start reads.
async function identityOfPod(): Promise<WorkloadIdentityCredential> {
  const library = await import("@azure/identity");
  return new library.WorkloadIdentityCredential();
}

function failed(why: string, cause?: unknown): TerminalError {
  return new TerminalError(`Failed to get a token from the workload identity: ${why}`, {
    code: "workload-identity",
    hint: "Check the pod's label, the service account's client id and the federated credential.",
    cause,
  });
}
