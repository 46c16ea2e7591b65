import { runProcess } from "../clients/run-process.ts";
import { TerminalError } from "../core/errors.ts";
import type { Check } from "./doctor-check.ts";

type Target = {
  readonly kubeconfig: string;
  readonly fluxNamespace: string;
  readonly env: Readonly<Record<string, string>>;
};

// What the connector lists and watches: group, version and resource.
const watched = [
  ["source.toolkit.fluxcd.io", "v1", "gitrepositories"],
  ["kustomize.toolkit.fluxcd.io", "v1", "kustomizations"],
  ["helm.toolkit.fluxcd.io", "v2", "helmreleases"],
] as const;

/** Whether a cluster answers, which Flux runs there, and whether the connector may look. */
export function kubernetesChecks(target: Target): readonly Check[] {
  return [
    {
      name: "Kubernetes API",
      essential: true,
      remedy: "Check the kubeconfig, the network and that kubectl is on PATH.",
      test: async () => {
        const { gitVersion = "unknown" } = (await raw(target, "/version")) as Version;
        return `answers, version ${gitVersion}`;
      },
    },
    {
      name: "Flux version",
      remedy: `Grant list on deployments in ${target.fluxNamespace}, or name Flux's namespace with --flux-namespace.`,
      test: async () => {
        const { items = [] } = (await raw(
          target,
          `/apis/apps/v1/namespaces/${encodeURIComponent(target.fluxNamespace)}/deployments?labelSelector=app.kubernetes.io%2Fpart-of%3Dflux`,
        )) as DeploymentList;
        const versions = items.map((item) => item.metadata?.labels?.["app.kubernetes.io/version"]);
        const known = [...new Set(versions.filter((version) => version !== undefined))];
        if (known.length === 0) throw new Error(`no Flux found in ${target.fluxNamespace}`);
        return `${known.join(", ")} in ${target.fluxNamespace}`;
      },
    },
    ...watched.map(([group, version, resource]): Check => ({
      name: `list ${resource}`,
      remedy: `Install Flux, or grant get, list and watch on ${resource}.${group} to the connector.`,
      test: async () => {
        await raw(target, `/apis/${group}/${version}/${resource}?limit=1`);
        return "allowed";
      },
    })),
    {
      name: "list pods",
      remedy:
        "Grant get, list and watch on pods: without it the cause of a failing rollout stays unknown.",
      test: async () => {
        await raw(target, "/api/v1/pods?limit=1");
        return "allowed";
      },
    },
  ];
}

type Version = { readonly gitVersion?: string };
type DeploymentList = {
  readonly items?: readonly {
    readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  }[];
};

async function raw({ kubeconfig, env }: Target, path: string): Promise<unknown> {
  const { code, stdout, stderr } = await runProcess({
    command: "kubectl",
    args: ["--kubeconfig", kubeconfig, "--request-timeout=15s", "get", "--raw", path],
    cwd: process.cwd(),
    env,
    limits: { timeoutMs: 30_000, maxOutput: 8 * 1024 * 1024 },
  });
  if (code === 0) return JSON.parse(stdout) as unknown;
  const said = stderr.trim().split("\n").at(-1) ?? "";
  throw new TerminalError(said.replace(/^error: /i, "") || `kubectl ended with ${code}`, {
    code: "kubernetes-refused",
  });
}
