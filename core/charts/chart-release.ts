import {
  type Identity,
  identityKey,
  identityOf,
  type KubernetesObject,
} from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import type { AppliedObject } from "../merge/merge-finding.ts";
import { canonical, valueAt } from "../diff/values.ts";
import { type ChartOrigin, chartOrigin, type RepositoryCharts } from "./chart-origin.ts";
import { releaseValues } from "./release-values.ts";

/** An object as it is applied; `isUnbuilt`: a kustomization makes something else of it. */
export type ReleaseObject = AppliedObject & { readonly isUnbuilt?: boolean };

/** A HelmRelease with all that decides what its chart renders, as far as the repository tells. */
export type ChartRelease = {
  readonly key: string;
  readonly identity: Identity;
  readonly file: string;
  readonly object: KubernetesObject;
  readonly origin: ChartOrigin;
  readonly releaseName: string;
  /** Where it is installed. */
  readonly namespace: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly notKnown: readonly string[];
  /** Keys of the objects that were read for it: sources, ConfigMaps, Secrets. */
  readonly uses: readonly string[];
  readonly isUnbuilt: boolean;
};

/** The releases among the objects that are applied to one cluster. */
export function chartReleases(
  objects: readonly ReleaseObject[],
  charts: RepositoryCharts,
): readonly ChartRelease[] {
  const releases = objects.filter(({ object }) => isRelease(object));
  if (releases.length === 0) return [];
  const known = new Map(objects.map(({ object }) => [typeKey(object), object]));
  const find = (kind: string, namespace: string, name: string) =>
    known.get(`${kind}/${namespace}/${name}`);
  return releases.map(({ object, file, isUnbuilt = false }): ChartRelease => {
    const identity = identityOf(object);
    const spec = isRecord(object["spec"]) ? object["spec"] : {};
    const { namespace } = identity;
    const { origin, read } = chartOrigin(spec, {
      namespace,
      charts,
      find: (source) => find(source.kind, source.namespace, source.name),
    });
    const given = releaseValues(spec, {
      namespace,
      find: (kind, name) => find(kind, namespace, name),
    });
    const target = textAt(spec, "targetNamespace");
    return {
      ...{ key: identityKey(identity), identity, file, object, origin },
      releaseName: textAt(spec, "releaseName") ?? [target ?? [], identity.name].flat().join("-"),
      namespace: target ?? namespace,
      values: given.values,
      isUnbuilt,
      notKnown: given.notKnown,
      uses: [
        ...[...read, ...given.read].map((each) => identityKey(identityOf(each))),
        ...(origin.kind === "folder" ? [`Chart/${origin.path}`] : []),
      ],
    };
  });
}

/** Equal for releases that render the same, given the same chart. */
export function releaseInputs(release: ChartRelease): string {
  const { origin, releaseName, namespace, values, object, notKnown } = release;
  const further = ["postRenderers", "commonMetadata"].map(
    (field) => valueAt(object, `spec.${field}`) ?? null,
  );
  return canonical([origin, releaseName, namespace, values, further, notKnown]);
}

function isRelease({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === "HelmRelease" && apiVersion.startsWith("helm.toolkit.fluxcd.io/");
}

function typeKey(object: KubernetesObject): string {
  const { kind, namespace, name } = identityOf(object);
  return `${kind}/${namespace}/${name}`;
}

function textAt(spec: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = spec[field];
  return typeof value === "string" && value !== "" ? value : undefined;
}
