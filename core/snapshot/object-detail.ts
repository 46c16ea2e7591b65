// What version 2 says of a Flux object beside its phase.
import type { FluxObject } from "../flux/flux-object.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { fluxIndex } from "../flux/flux-index.ts";

export type ObjectDetail = {
  /** Keys (`fluxKey`) of what applied it, and of where its files come from. */
  readonly appliedBy?: string;
  readonly source?: string;
  readonly dependsOn?: readonly string[];
  readonly conditions?: readonly ConditionDetail[];
  /** How many objects it applied; absent where Flux does not list them. */
  readonly applied?: number;
  /** Of a Kustomization: the folder that it applies, and whether it deletes what leaves that. */
  readonly path?: string;
  readonly prune?: boolean;
  /** Fields of the object itself that change what git has, e.g. `postBuild`. */
  readonly gitIsNotAll?: readonly string[];
};

/** Its message is left out: it may quote what not everybody in the organisation may read. */
export type ConditionDetail = {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly since?: string;
};

// Fields of a Kustomization that make what is applied differ from what its folder has.
const changing = [
  ...["postBuild", "patches", "images", "components", "commonMetadata"],
  ...["targetNamespace", "namePrefix", "nameSuffix"],
];

const mostConditions = 10;
const mostReferences = 20;

/** @param all the objects of its cluster */
export function objectDetail(object: FluxObject, all: readonly FluxObject[]): ObjectDetail {
  const [parent] = fluxIndex(all).parents.get(fluxKey(object)) ?? [];
  return {
    ...(parent === undefined ? {} : { appliedBy: fluxKey(parent) }),
    conditions: object.conditions
      .slice(0, mostConditions)
      .map(({ type, status, reason, lastTransitionTime }) => ({
        ...{ type, status, reason },
        ...(lastTransitionTime === undefined ? {} : { since: lastTransitionTime }),
      })),
    ...applierDetail(object),
  };
}

function applierDetail(object: FluxObject): ObjectDetail {
  switch (object.kind) {
    case "Kustomization": {
      const { dependsOn, inventory, buildSpec, path, prune } = object;
      const changesGit = changing.filter((field) => Object.hasOwn(buildSpec, field));
      return {
        source: fluxKey(object.source),
        ...references(dependsOn.map(fluxKey)),
        ...{ applied: inventory.length, path, prune },
        ...(changesGit.length === 0 ? {} : { gitIsNotAll: changesGit }),
      };
    }
    case "HelmRelease": {
      const { dependsOn, inventory, chart, chartRef } = object;
      const source = chart?.source ?? chartRef;
      return {
        ...(source === undefined ? {} : { source: fluxKey(source) }),
        ...references(dependsOn.map(fluxKey)),
        // helm-controller lists what it applied since Flux 2.8; an empty release does not exist.
        ...(inventory.length === 0 ? {} : { applied: inventory.length }),
        gitIsNotAll: ["chart"],
      };
    }
    case "ImageUpdateAutomation":
      return { source: fluxKey(object.source) };
    case "ImagePolicy":
      return { source: fluxKey(object.repository) };
    case "ImageRepository":
    case "GitRepository":
    case "OCIRepository":
    case "ExternalArtifact":
    case "HelmRepository":
    case "HelmChart":
      return {};
  }
}

function references(keys: readonly string[]): ObjectDetail {
  return keys.length === 0 ? {} : { dependsOn: keys.slice(0, mostReferences) };
}
