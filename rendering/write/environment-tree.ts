import { posix } from "node:path";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { compareManifests, type Comparison } from "../../core/diff/compare-manifests.ts";
import type { Problem } from "../../core/errors.ts";
import { manifestsIn } from "../../core/render/manifests-in.ts";
import { objectChanges } from "../../core/render/object-changes.ts";
import type { ObjectChanges } from "../../core/render/object-changes.ts";
import {
  indexFolder,
  indexPath,
  ownershipIndexText,
  parseOwnershipIndex,
} from "../../core/render/ownership-index.ts";
import type { OwnershipIndex, Provenance } from "../../core/render/ownership-index.ts";
import { boundedObjects } from "../../core/render/origins.ts";
import { planTree } from "../../core/render/plan-tree.ts";
import type { TreeFile, TreePlan } from "../../core/render/tree-plan.ts";
import type { FinishedEnvironment } from "../finish-environment.ts";
import { sha256 } from "../../clients/sha256.ts";
import { otherApps } from "./other-apps.ts";
import { readTree } from "./read-tree.ts";
import { fluxgateVersion } from "../version.ts";
import { isKustomizationPath } from "../../core/manifests/kustomization-file.ts";

/** An environment's files as they are in the output folder and as they are to be. */
export type EnvironmentTree = {
  readonly finished: FinishedEnvironment;
  readonly index: OwnershipIndex;
  readonly existing: readonly TreeFile[];
  /** The index that is there already. */
  readonly before: OwnershipIndex | undefined;
  readonly plan: TreePlan;
};

type Options = {
  readonly delivery: Delivery;
  readonly outputFolder: string;
  /** The only ones that were rendered; absent: all. */
  readonly apps?: readonly string[];
  readonly toolVersions: Readonly<Record<string, string>>;
  readonly provenance: Pick<Provenance, "source" | "run" | "configuration">;
  readonly allowEmpty?: boolean;
  readonly adopt?: boolean;
};

/** Plans what putting an environment's files into the output folder writes and deletes. */
export function environmentTree(rendering: FinishedEnvironment, options: Options): EnvironmentTree {
  const { outputFolder, delivery, apps, allowEmpty = false, adopt = false } = options;
  const existing = readTree(outputFolder, rendering.environment.path);
  const before = ownIndex(existing, delivery);
  const kept = otherApps({ apps, before, existing });
  const finished = { ...rendering, files: [...rendering.files, ...kept.files] };
  const index = indexOf(finished, options);
  const rendered = finished.files.map(({ path, text }) => ({ path, text, sha256: sha256(text) }));
  const plan = planTree({ existing, rendered, index, allowEmpty, adopt });
  const problems = [...kept.problems, ...plan.problems];
  return { finished, index, existing, before, plan: { ...plan, problems } };
}

/** A path of an environment's folder, under the output folder. */
export function placeOf({ finished }: Pick<EnvironmentTree, "finished">, path: string): string {
  return posix.join(finished.environment.path, path);
}

/** A problem with the file's path under the output folder. */
export function inFolderOf(tree: Pick<EnvironmentTree, "finished">, problem: Problem): Problem {
  const { file } = problem;
  return file ? { ...problem, file: placeOf(tree, file) } : problem;
}

/** Against what this delivery had there; undefined where it had nothing yet. */
export function diffOf({ existing, finished, before }: EnvironmentTree): Comparison | undefined {
  if (before === undefined) return undefined;
  const owned = existing.filter(({ path }) => path in before.files);
  return compareManifests(manifestsIn(owned), manifestsIn(finished.files));
}

/** What the files mean that this delivery owned or takes over, before and after. */
export function changesOf({ existing, finished, before, plan }: EnvironmentTree): ObjectChanges {
  const owned = new Set([...Object.keys(before?.files ?? {}), ...plan.deletes, ...plan.writes]);
  const old = existing.filter(({ path }) => owned.has(path) && !path.startsWith(`${indexFolder}/`));
  const others = existing.filter((file) => isKustomizationPath(file.path) && !owned.has(file.path));
  const after = [...others, ...finished.files.filter(({ path }) => isKustomizationPath(path))];
  return objectChanges(old, finished.files, { before: existing, after });
}

/** The files to write by their path under the output folder; the index apart. */
export function writesOf(tree: EnvironmentTree): {
  readonly files: readonly (readonly [string, string])[];
  readonly index: readonly (readonly [string, string])[];
} {
  const { finished, index, plan } = tree;
  const texts = new Map(finished.files.map(({ path, text }) => [path, text]));
  const own = indexPath(index.delivery);
  const files = plan.writes.filter((path) => path !== own);
  return {
    files: files.map((path) => [placeOf(tree, path), texts.get(path) ?? ""] as const),
    index: plan.writes.includes(own) ? [[placeOf(tree, own), ownershipIndexText(index)]] : [],
  };
}

function ownIndex(existing: readonly TreeFile[], delivery: Delivery): OwnershipIndex | undefined {
  const path = indexPath(delivery.name);
  const file = existing.find((each) => each.path === path);
  return file && parseOwnershipIndex(file.text, path).index;
}

function indexOf(finished: FinishedEnvironment, made: Options): OwnershipIndex {
  const { environment, files, images, inputsDigest, configurationCommit, variablesDigest } =
    finished;
  const owned = files.map(({ path, text, app, identity }) => {
    return [path, { app, ...(identity ? { identity } : {}), sha256: sha256(text) }] as const;
  });
  const configuration = configurationCommit && {
    ...made.provenance.configuration,
    commit: configurationCommit,
  };
  const used = images
    .filter(({ uses, tag, digest }) => uses > 0 && (tag ?? digest) !== undefined)
    .map(({ name, tag = "", digest }) => [name, digest ? `${tag}@${digest}` : tag] as const);
  return {
    apiVersion: "fluxgate.dev/v1",
    kind: "OwnershipIndex",
    delivery: made.delivery.name,
    environment: environment.name,
    files: Object.fromEntries(owned),
    provenance: {
      ...made.provenance,
      ...(configuration ? { configuration } : {}),
      tools: { fluxgate: fluxgateVersion, ...made.toolVersions },
      images: Object.fromEntries(used),
      inputsDigest,
      ...(variablesDigest === undefined ? {} : { variablesDigest }),
      origins: {
        apps: finished.apps,
        objects: boundedObjects(
          files.flatMap(({ path, origin }) => (origin === undefined ? [] : [[path, origin]])),
        ),
      },
    },
  };
}
