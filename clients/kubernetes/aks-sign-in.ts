// AKS without local accounts: `az aks get-credentials` writes a kubeconfig that runs kubelogin, which
// no image of ours has. In a pod with a workload identity its token is taken instead. UNVERIFIED
// against AKS itself (docs/unverified.md, 30).
import type { RequestOptions } from "node:https";
import type { KubeConfig, User } from "@kubernetes/client-node";
import { hasWorkloadIdentity, workloadToken } from "../workload-identity.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Gives a token for a scope of Entra ID. */
type TokenOf = (env: Environment, scope: string) => () => Promise<string>;

// The application that all AKS clusters with Entra ID have in common; kubeconfigs name it too.
const usualServer = "6dae42f8-4368-4678-94ff-3960e28e3630";
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Signs in by workload identity where the kubeconfig would run kubelogin, and the pod has one. */
export function signInToAks(
  config: KubeConfig,
  env: Environment,
  tokenOf: TokenOf = workloadToken,
) {
  if (!hasWorkloadIdentity(env)) return;
  const tokens = new Map<string, () => Promise<string>>();
  config.users = config.users.map((user) => {
    const server = serverOf(user);
    if (server === undefined) return user;
    tokens.set(user.name, tokenOf(env, `${server}/.default`));
    // Whatever else it says would be asked first.
    return { name: user.name };
  });
  config.addAuthenticator({
    isAuthProvider: ({ name }) => tokens.has(name),
    applyAuthentication: async ({ name }: User, options: RequestOptions) => {
      const token = await tokens.get(name)?.();
      options.headers = { ...options.headers, Authorization: `Bearer ${token ?? ""}` };
    },
  });
}

function serverOf({ exec }: User): string | undefined {
  const { command = "", args } = (exec ?? {}) as { command?: unknown; args?: unknown };
  if (typeof command !== "string" || !/(^|[\\/])kubelogin(\.exe)?$/.test(command)) return undefined;
  const list = Array.isArray(args) ? args.map(String) : [];
  const at = list.indexOf("--server-id");
  const named = at < 0 ? undefined : list[at + 1];
  return named !== undefined && guid.test(named) ? named : usualServer;
}
