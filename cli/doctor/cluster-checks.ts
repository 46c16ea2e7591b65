import { askAccess, askWhoAmI } from "../../clients/kubernetes/access.ts";
import { connectKubernetes, type Kubernetes } from "../../clients/kubernetes/connect.ts";
import { HttpError } from "../../core/errors.ts";
import { objectsAt, textAt, textsAt } from "../../core/flux/read-json.ts";
import { fluxKinds } from "../../core/flux/kinds/flux-kinds.ts";
import type { Check } from "./check.ts";
import { Failure } from "./check.ts";
import { clockCheck } from "./clock-check.ts";
import { accessChecks } from "./access-checks.ts";

export type ClusterTarget = {
  readonly name: string;
  /** Absent: the cluster that this process runs in. */
  readonly kubeconfig: string | undefined;
  readonly fluxNamespace: string;
  /** All that the connector may read; absent: the whole cluster. */
  readonly namespaces: readonly string[] | undefined;
  readonly nudge: boolean;
  /** Whose rights are asked for; absent: those of the kubeconfig. */
  readonly as: string | undefined;
};

const definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/** Whether a cluster answers, which Flux runs there, and whether the connector may look. */
export function clusterChecks(target: ClusterTarget): readonly Check[] {
  const { name, kubeconfig, as } = target;
  let open: Kubernetes | undefined;
  const kubernetes = () =>
    (open ??= connectKubernetes(kubeconfig === undefined ? {} : { kubeconfig }));
  let who = as ?? "the connector's identity";
  return [
    {
      name: `kubeconfig of ${name}`,
      essential: true,
      remedy: "Correct the file, or run this where the connector runs.",
      test: async () => `${kubeconfig ?? "in-cluster"} leads to ${kubernetes().server}`,
    },
    {
      name: "Kubernetes API",
      essential: true,
      remedy: "Check the kubeconfig, the network and the API server's allowed addresses.",
      test: async () => {
        const version = textAt(await kubernetes().call("/version"), "gitVersion") ?? "unknown";
        const me = await askWhoAmI(kubernetes());
        who = as ?? me ?? who;
        return `answers, version ${version}${me === undefined ? "" : `, and knows you as ${me}`}`;
      },
    },
    clockCheck(`clock of ${name}`, {
      ours: () => Date.now(),
      theirs: () => Promise.resolve(kubernetes().serverTime()),
    }),
    {
      name: "Flux version",
      lost: "nothing but this line",
      remedy: `Grant get on customresourcedefinitions, or list on deployments in ${target.fluxNamespace}; name Flux's namespace with --flux-namespace.`,
      test: () => readFluxVersion(kubernetes(), target.fluxNamespace),
    },
    {
      name: "kinds of Flux",
      remedy: "Install Flux 2.0 or newer.",
      test: () => readServedKinds(kubernetes()),
    },
    ...accessChecks({
      nudge: target.nudge,
      namespaces: target.namespaces,
      ask: (action) => askAccess(kubernetes(), action, as),
      who: () => who,
    }),
  ];
}

// The definitions carry it as Flux' own install does; some packagings leave it to the deployments.
async function readFluxVersion(kubernetes: Kubernetes, namespace: string): Promise<string> {
  const names = Object.values(fluxKinds).map(({ group, resource }) => `${resource}.${group}`);
  const label = "app.kubernetes.io/version";
  const found = new Set<string>();
  for (const name of names) {
    const one = await kubernetes.call(`${definition}/${name}`).catch(unlessRefused);
    const version = textsAt(one, "metadata", "labels")[label];
    if (version !== undefined) found.add(version);
  }
  if (found.size > 0) return [...found].join(", ");
  const at = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/deployments`;
  const list = await kubernetes.call(`${at}?labelSelector=app.kubernetes.io%2Fpart-of%3Dflux`);
  for (const item of objectsAt(list, "items")) {
    const version = textsAt(item, "metadata", "labels")[label];
    if (version !== undefined) found.add(version);
  }
  if (found.size > 0) return `${[...found].join(", ")} in ${namespace}`;
  throw new Failure("absent", `no Flux that tells its version was found in ${namespace}`);
}

function unlessRefused(error: unknown): undefined {
  if (error instanceof HttpError && [403, 404].includes(error.status)) return undefined;
  throw error;
}

// Discovery is open to everybody who may sign in.
async function readServedKinds(kubernetes: Kubernetes): Promise<string> {
  const served: string[] = [];
  const missing: string[] = [];
  for (const { group, versions, resource, optional } of Object.values(fluxKinds)) {
    const version = await findServed(kubernetes, { group, versions, resource });
    if (version !== undefined) served.push(`${resource} ${version}`);
    else if (!optional) missing.push(`${resource}.${group}`);
  }
  if (missing.length === 0) return served.join(", ");
  throw new Failure("absent", `not served: ${missing.join(", ")}`);
}

async function findServed(
  kubernetes: Kubernetes,
  of: { readonly group: string; readonly versions: readonly string[]; readonly resource: string },
): Promise<string | undefined> {
  for (const version of of.versions) {
    const list = await kubernetes.call(`/apis/${of.group}/${version}`).catch((error: unknown) => {
      if (error instanceof HttpError && error.status === 404) return undefined;
      throw error;
    });
    const names = objectsAt(list, "resources").map((one) => textAt(one, "name"));
    if (names.includes(of.resource)) return version;
  }
  return undefined;
}
