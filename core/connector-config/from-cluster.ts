import {
  parseRepositoryUrl,
  sameRepository,
  type RepositoryAddress,
} from "../azure-devops/urls.ts";
import type { FluxObject, GitRepository, Kustomization } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";

/** A draft of the connector's configuration, and what a person has to look at. */
export type ConnectorDraft = { readonly config: object; readonly notes: readonly string[] };

type Source = {
  readonly name: string;
  readonly address: RepositoryAddress;
  readonly branch: string;
};
type Found = { readonly source: Source; readonly one: Kustomization; readonly labelled: boolean };

const label = "fluxgate.dev/environment";
// Folders that hold environments rather than being one.
const above =
  /^(apps?|clusters?|deploy(ments?)?|env(ironment)?s?|infra(structure)?|k8s|manifests)$/;

/** What one cluster's GitRepositories and Kustomizations say. It begins as an observer. */
export function connectorFromCluster(of: {
  readonly flux: readonly FluxObject[];
  readonly cluster: string;
  readonly kubeconfig?: string;
}): ConnectorDraft {
  const { flux, cluster, kubeconfig } = of;
  const notes: string[] = [];
  const sources = sourcesOf(flux, notes);
  const kept = ofOneOrganisation([...sources.values()], notes);
  const found = flux.flatMap((one): Found[] => {
    if (one.kind !== "Kustomization") return [];
    const source = sources.get(fluxKey(one.source));
    if (source === undefined || !kept.includes(source)) {
      notes.push(`${fluxKey(one)} is left out: its source is none of these repositories`);
      return [];
    }
    return [{ source, one, labelled: one.labels[label] !== undefined }];
  });
  const environments = grouped(found, ({ source, one }) =>
    JSON.stringify([source.name, nameOf(one)]),
  );
  return {
    config: {
      ...{ apiVersion: "fluxgate.dev/v1", kind: "ConnectorConfig", mode: "observe" },
      azureDevOps: {
        organisationUrl: kept[0]?.address.organisationUrl ?? "https://dev.azure.com/CHANGE-ME",
      },
      repositories: [...new Map(kept.map((one) => [one.name, one])).values()].map((one) => ({
        ...{ name: one.name, project: one.address.project, repository: one.address.repository },
        branch: one.branch,
      })),
      clusters: [{ name: cluster, ...(kubeconfig === undefined ? {} : { kubeconfig }) }],
      environments: [...environments.values()].map((members) =>
        environmentOf(members, { cluster, notes }),
      ),
    },
    notes,
  };
}

function environmentOf(
  members: readonly Found[],
  { cluster, notes }: { readonly cluster: string; readonly notes: string[] },
): object {
  const [first] = members;
  const name = first === undefined ? "" : nameOf(first.one);
  const unlabelled = members.filter(({ labelled }) => !labelled);
  if (unlabelled.length > 0) {
    notes.push(`${name} is a guess by the path: look at its name, its path and its objects`);
  }
  return {
    ...{ name, repository: first?.source.name, path: commonFolder(members.map((m) => m.one.path)) },
    clusters: [{ name: cluster }],
    ...(unlabelled.length === 0 ? {} : { objects: unlabelled.map(({ one }) => fluxKey(one)) }),
  };
}

function sourcesOf(flux: readonly FluxObject[], notes: string[]): ReadonlyMap<string, Source> {
  const known: Source[] = [];
  const sources = new Map<string, Source>();
  for (const one of flux) {
    if (one.kind !== "GitRepository") continue;
    const address = parseRepositoryUrl(one.url);
    const branch = branchOf(one);
    if (address === undefined || branch === undefined) {
      const why = address === undefined ? "is not in Azure Repos" : "follows no branch";
      notes.push(`${fluxKey(one)} is left out: it ${why}`);
      continue;
    }
    const same = known.find(
      (each) => each.branch === branch && sameRepository(each.address, address),
    );
    const source = same ?? { name: freeName(known, one.name), address, branch };
    if (same === undefined) known.push(source);
    sources.set(fluxKey(one), source);
  }
  return sources;
}

function branchOf({ ref }: GitRepository): string | undefined {
  const pinned = ref.commit ?? ref.semver ?? ref.tag;
  if (ref.name !== undefined) return /^refs\/heads\/(.+)$/.exec(ref.name)?.[1];
  return pinned === undefined ? (ref.branch ?? "master") : undefined;
}

// One connector signs in to one organisation.
function ofOneOrganisation(sources: readonly Source[], notes: string[]): readonly Source[] {
  const groups = grouped(sources, ({ address }) => address.organisationUrl);
  const [most, ...others] = [...groups].toSorted(([, a], [, b]) => b.length - a.length);
  for (const [url] of others) notes.push(`${url} is left out: a connector serves one organisation`);
  return most?.[1] ?? [];
}

function nameOf({ labels, path, name }: Kustomization): string {
  const part = path.split("/").find((one) => one !== "" && !above.test(one));
  return configName(labels[label] ?? part ?? name);
}

function configName(text: string): string {
  const name = text.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  return name.slice(0, 50).replace(/^-+|-+$/g, "") || "environment";
}

function freeName(known: readonly Source[], wanted: string): string {
  const name = configName(wanted);
  const taken = new Set(known.map((one) => one.name));
  for (let number = 1; ; number += 1) {
    const one = number === 1 ? name : `${name.slice(0, 46)}-${number}`;
    if (!taken.has(one)) return one;
  }
}

function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split("/"));
  const end = first.findIndex((part, index) => others.some((other) => other[index] !== part));
  return (end < 0 ? first : first.slice(0, end)).join("/");
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}
