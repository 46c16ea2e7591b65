// From a change of a Kustomization's condition to the status on its commit, side by side with Flux'
// own provider `azuredevops` in the same cluster. Of the real form that provider is the real
// notification-controller; of the embedded form it is a double and no peer.
import { connectKubernetes } from "../../../clients/kubernetes/connect.ts";
import type { GitStatus } from "../../../sandbox/azure-devops/repository.ts";
import { gitPush } from "../../../sandbox/test/support/git-push.ts";
import { startLoop, type Loop } from "../../start/start-loop.ts";
import { pause, until } from "./bench-loop.ts";
import type { Row } from "./count-calls.ts";

const deployments = 25;
const name = "delay-dev";
const resource = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations";

export async function measureStatusDelay(form: "embedded" | "real"): Promise<readonly Row[]> {
  const loop = await startLoop({
    seed: {
      organisation: "fabrikam",
      projects: [
        { name: "shop", repositories: [{ name: "manifests", files: { "dev/map.yaml": map(0) } }] },
      ],
    },
    pipelines: { definitions: [] },
    form,
    manifests: {
      repository: "manifests",
      interval: "2s",
      kustomizations: [{ name, path: "dev", environment: "dev" }],
    },
  });
  const stop = new AbortController();
  try {
    await loop.flux.apply(
      provider(loop)
        .map((one) => JSON.stringify(one))
        .join("\n---\n"),
    );
    const applied = watchApplied(loop, stop.signal);
    const delays: { ours: number; flux: number | undefined }[] = [];
    for (let count = 1; count <= deployments; count += 1) {
      const url = `${loop.sandbox.organisationUrl}/shop/_git/manifests`;
      const commit = await gitPush(url, { files: { "dev/map.yaml": map(count) }, as: "admin" });
      const at = await until("Flux to apply it", async () => applied.get(commit));
      const own = await until("the connector's status", async () => find(loop, commit, "fluxgate"));
      // Flux' own may not come at all for a commit that was passed by.
      await pause(1_500);
      const theirs = find(loop, commit, "fluxcd");
      delays.push({ ours: own - at, flux: theirs === undefined ? undefined : theirs - at });
    }
    return rowsOf(form, delays);
  } finally {
    stop.abort();
    await loop.close();
  }
}

type Delay = { readonly ours: number; readonly flux: number | undefined };

function rowsOf(form: "embedded" | "real", delays: readonly Delay[]): readonly Row[] {
  const ours = delays.map((one) => one.ours);
  const what = `condition → status, ${form} Flux`;
  const own: readonly Row[] = [
    { what: `${what}, p50`, measured: Math.round(part(ours, 0.5)), budget: 150, unit: "ms" },
    { what: `${what}, p99`, measured: Math.round(part(ours, 0.99)), budget: 1_000, unit: "ms" },
  ];
  if (form === "embedded") return own;
  const theirs = delays.flatMap(({ flux }) => flux ?? []);
  const said = `Flux' own provider (${theirs.length} of ${delays.length} commits)`;
  const shares = [
    ["p50", 0.5],
    ["p99", 0.99],
  ] as const;
  return [
    ...own,
    ...shares.map(([name, share]) => ({
      ...{ what: `  ${said}, ${name}`, measured: Math.round(part(theirs, share)), unit: "ms" },
    })),
    ...shares.map(([name, share]) => ({
      what: `  this connector's of that, ${name}`,
      ...{ measured: part(ours, share) / part(theirs, share), budget: 1, unit: "of it" },
    })),
  ];
}

function part(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Commit → when this process saw that the Kustomization is Ready at it, ms since 1970. */
function watchApplied({ flux }: Loop, signal: AbortSignal): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  const kubernetes = connectKubernetes({ kubeconfig: flux.kubeconfig });
  const query = { timeoutSeconds: 300 };
  const onEvent = ({ object }: { readonly object: unknown }) => {
    const { metadata, status } = object as Kustomization;
    const ready = status?.conditions?.find(({ type }) => type === "Ready")?.status === "True";
    const commit = /sha1:(.*)$/.exec(status?.lastAppliedRevision ?? "")?.[1];
    if (metadata.name !== name || !ready || commit === undefined) return;
    if (!seen.has(commit)) seen.set(commit, Date.now());
  };
  void (async () => {
    while (!signal.aborted) {
      await kubernetes.watch(resource, { query, signal, onEvent }).catch(() => pause(200));
    }
  })();
  return seen;
}

type Kustomization = {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly lastAppliedRevision?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
};

/** When the success of the Kustomization was posted, ms since 1970. */
function find({ sandbox }: Loop, commit: string, genre: string): number | undefined {
  const [repository] = sandbox.organisation().projects.flatMap(({ repositories }) => repositories);
  const isWanted = ({ state, context }: GitStatus) =>
    state === "succeeded" && context.genre === genre && /kustomization\//i.test(context.name);
  const found = repository?.statuses.get(commit)?.find(isWanted);
  return found && Date.parse(found.creationDate);
}

function provider({ sandbox }: Loop): readonly object[] {
  const flux = { namespace: "flux-system" };
  const notification = "notification.toolkit.fluxcd.io/v1beta3";
  return [
    {
      ...{ apiVersion: "v1", kind: "Secret", metadata: { name: "delay-token", ...flux } },
      stringData: { token: "sandbox-connector" },
    },
    {
      ...{ apiVersion: notification, kind: "Provider", metadata: { name: "delay", ...flux } },
      spec: {
        type: "azuredevops",
        secretRef: { name: "delay-token" },
        address: `${sandbox.organisationUrl}/shop/_git/manifests`,
      },
    },
    {
      ...{ apiVersion: notification, kind: "Alert", metadata: { name: "delay", ...flux } },
      spec: { providerRef: { name: "delay" }, eventSources: [{ kind: "Kustomization", name }] },
    },
  ];
}

function map(count: number): string {
  const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: delay, namespace: default }\n";
  return `${head}data: { count: "${count}" }\n`;
}
