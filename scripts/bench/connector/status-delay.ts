// From a change of a Kustomization's condition to the status on its commit, side by side with Flux'
// own provider `azuredevops` in the same cluster, and with Azure/gitops-connector where a folder of it is
// named. Of the real form that provider is the real notification-controller, which also sends its events
// to gitops-connector; of the embedded form it is a double and no peer.
import { connectKubernetes } from "../../../clients/kubernetes/connect.ts";
import type { GitStatus } from "../../../sandbox/azure-devops/repository.ts";
import { gitPush } from "../../../sandbox/test/support/git-push.ts";
import { startLoop, type Loop } from "../../start/start-loop.ts";
import { pause, until } from "./bench-loop.ts";
import type { Row } from "./count-calls.ts";
import { itsStatus, startGitopsConnector } from "./gitops-connector.ts";

const deployments = 25;
const name = "delay-dev";
const resource = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations";

/** @param gitopsConnector folder `src` of a checkout of Azure/gitops-connector */
export async function measureStatusDelay(
  form: "embedded" | "real",
  gitopsConnector?: string,
): Promise<readonly Row[]> {
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
  const project = `${loop.sandbox.organisationUrl}/shop`;
  const other =
    gitopsConnector === undefined
      ? undefined
      : await startGitopsConnector(gitopsConnector, { project, repository: "manifests" });
  try {
    const objects = [
      ...notifications("delay", { type: "azuredevops", address: `${project}/_git/manifests` }),
      ...(other ? notifications("delay-other", { type: "generic", address: other.address }) : []),
    ];
    await loop.flux.apply(objects.map((one) => JSON.stringify(one)).join("\n---\n"));
    const applied = watchApplied(loop, stop.signal);
    const delays: Delay[] = [];
    for (let count = 1; count <= deployments; count += 1) {
      const url = `${loop.sandbox.organisationUrl}/shop/_git/manifests`;
      const commit = await gitPush(url, { files: { "dev/map.yaml": map(count) }, as: "admin" });
      const at = await until("Flux to apply it", async () => applied.get(commit));
      const own = await until("the connector's status", async () => find(loop, commit, isOurs));
      // Flux' own may not come at all for a commit that was passed by.
      await pause(1_500);
      const since = (isWanted: Wanted) => {
        const found = find(loop, commit, isWanted);
        return found === undefined ? [] : [found - at];
      };
      delays.push({ ours: own - at, flux: since(isOfFlux), other: since(isOfOther) });
    }
    return form === "embedded" ? ownRows(form, delays) : allRows(delays, other !== undefined);
  } finally {
    stop.abort();
    other?.close();
    await loop.close();
  }
}

/** Milliseconds; none for a commit that had no status of it. */
type Delay = {
  readonly ours: number;
  readonly flux: readonly number[];
  readonly other: readonly number[];
};

function ownRows(form: "embedded" | "real", delays: readonly Delay[]): readonly Row[] {
  const ours = delays.map((one) => one.ours);
  const what = `condition → status, ${form} Flux`;
  return [
    { what: `${what}, p50`, measured: Math.round(part(ours, 0.5)), budget: 150, unit: "ms" },
    { what: `${what}, p99`, measured: Math.round(part(ours, 0.99)), budget: 1_000, unit: "ms" },
  ];
}

function allRows(delays: readonly Delay[], isOtherHere: boolean): readonly Row[] {
  return [
    ...ownRows("real", delays),
    ...besideRows("Flux' own provider", { delays, theirs: delays.map(({ flux }) => flux) }),
    ...(isOtherHere
      ? besideRows("Azure/gitops-connector", { delays, theirs: delays.map(({ other }) => other) })
      : []),
  ];
}

function besideRows(
  peer: string,
  of: { readonly delays: readonly Delay[]; readonly theirs: readonly (readonly number[])[] },
): readonly Row[] {
  const ours = of.delays.map((one) => one.ours);
  const theirs = of.theirs.flat();
  const said = `${peer} (${theirs.length} of ${ours.length} commits)`;
  const shares = [
    ["p50", 0.5],
    ["p99", 0.99],
  ] as const;
  return [
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

type Wanted = (status: GitStatus) => boolean;

const isOurs: Wanted = ({ context: { genre, name } }) =>
  genre === "fluxgate" && /kustomization\//i.test(name);
const isOfFlux: Wanted = ({ context: { genre, name } }) =>
  genre === "fluxcd" && /kustomization\//i.test(name);
const isOfOther: Wanted = ({ context: { genre, name } }) =>
  genre === itsStatus.genre && name === itsStatus.name;

/** When the success of the Kustomization was posted, ms since 1970. */
function find({ sandbox }: Loop, commit: string, isWanted: Wanted): number | undefined {
  const [repository] = sandbox.organisation().projects.flatMap(({ repositories }) => repositories);
  const found = repository?.statuses
    .get(commit)
    ?.find((status) => status.state === "succeeded" && isWanted(status));
  return found && Date.parse(found.creationDate);
}

function notifications(
  called: string,
  spec: { readonly type: string; readonly address: string },
): readonly object[] {
  const metadata = { name: called, namespace: "flux-system" };
  const apiVersion = "notification.toolkit.fluxcd.io/v1beta3";
  return [
    {
      ...{ apiVersion: "v1", kind: "Secret", metadata },
      stringData: { token: "sandbox-connector" },
    },
    { apiVersion, kind: "Provider", metadata, spec: { ...spec, secretRef: { name: called } } },
    {
      ...{ apiVersion, kind: "Alert", metadata },
      spec: { providerRef: { name: called }, eventSources: [{ kind: "Kustomization", name }] },
    },
  ];
}

function map(count: number): string {
  const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: delay, namespace: default }\n";
  return `${head}data: { count: "${count}" }\n`;
}
