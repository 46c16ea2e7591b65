import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { ensureCluster } from "../../scripts/tools/cluster.ts";
import { changed } from "../kube/server-case.ts";
import { serverCases } from "../kube/server-cases.ts";
import { richObjects } from "./rich-objects.ts";

/** A right object of each built-in kind that is served, and fully written ones of the usual kinds. */
export function builtInBases(): readonly KubernetesObject[] {
  const rich = Object.values(richObjects).flatMap((texts) =>
    texts.map((text) => {
      const object = parse(text) as KubernetesObject;
      const name = object.metadata.name.replace("fuzz", "chance");
      return { ...object, metadata: { ...object.metadata, name } };
    }),
  );
  return [...serverCases.map(({ valid }) => changed(valid)), ...rich];
}

const flux = (group: string, kind: string, spec: string) =>
  changed(
    `{ apiVersion: ${group}.toolkit.fluxcd.io/${group === "notification" ? "v1beta3" : group === "helm" ? "v2" : "v1"}, kind: ${kind}, metadata: { name: chance, namespace: default }, spec: { ${spec} } }`,
  );
const interval = "interval: 10m, suspend: true";

/** One of each kind of Flux's that has rules or patterns of its own; none of them acts. */
export const fluxBases: readonly KubernetesObject[] = [
  flux("source", "GitRepository", `${interval}, url: "https://a.b/c", ref: { branch: main }`),
  flux("source", "OCIRepository", `${interval}, url: "oci://a.b/c", ref: { tag: a }`),
  flux("source", "HelmRepository", `${interval}, url: "https://a.b/c"`),
  flux("source", "Bucket", `${interval}, bucketName: a, endpoint: a.b`),
  flux(
    "source",
    "HelmChart",
    `${interval}, chart: a, sourceRef: { kind: HelmRepository, name: a }`,
  ),
  flux(
    "kustomize",
    "Kustomization",
    `${interval}, prune: true, path: ./a, sourceRef: { kind: GitRepository, name: a }, patches: [{ patch: "a", target: { kind: Deployment } }], postBuild: { substitute: { a: b } }`,
  ),
  flux(
    "helm",
    "HelmRelease",
    `${interval}, chart: { spec: { chart: a, sourceRef: { kind: HelmRepository, name: a } } }, install: { remediation: { retries: 1 } }`,
  ),
  flux("notification", "Provider", `suspend: true, type: slack, channel: a`),
  flux(
    "notification",
    "Alert",
    `suspend: true, providerRef: { name: a }, eventSources: [{ kind: Kustomization, name: "*" }]`,
  ),
];

/** The definitions of Flux's kinds that the cluster has. */
export async function fluxDefinitions(): Promise<readonly KubernetesObject[]> {
  const folder = join(await ensureCluster(), "crds");
  return readdirSync(folder).map(
    (file) => parse(readFileSync(join(folder, file), "utf8")) as KubernetesObject,
  );
}
