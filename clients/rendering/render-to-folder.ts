import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkNames } from "../../core/delivery/delivery.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { InputError } from "../../core/errors.ts";
import { diffManifests } from "../../core/diff/diff-manifests.ts";
import type { ManifestsDiff } from "../../core/diff/diff-manifests.ts";
import { manifestsIn } from "../../core/render/manifests-in.ts";
import type { Problem } from "../../core/errors.ts";
import { isKustomization } from "../../core/render/existing-objects.ts";
import { objectChanges } from "../../core/render/object-changes.ts";
import type { ObjectChanges } from "../../core/render/object-changes.ts";
import {
  indexFolder,
  indexPath,
  ownershipIndexText,
  parseOwnershipIndex,
} from "../../core/render/ownership-index.ts";
import type { OwnershipIndex, Provenance } from "../../core/render/ownership-index.ts";
import { planTree } from "../../core/render/plan-tree.ts";
import type { TreeFile, TreePlan } from "../../core/render/tree-plan.ts";
import { renderResultFile } from "../../core/render/render-result.ts";
import type { RenderedEnvironment, RenderResult } from "../../core/render/render-result.ts";
import { checkedVersion } from "../schemas/known-schemas.ts";
import { staleReferences } from "../../core/render/stale-references.ts";
import type { FinishedEnvironment } from "./finish-environment.ts";
import { sha256 } from "./inputs-digest.ts";
import { otherApps } from "./other-apps.ts";
import { readTree } from "./read-tree.ts";
import { renderEnvironments } from "./render-environments.ts";
import type { RenderOptions } from "./render-options.ts";
import { fluxgateVersion } from "./version.ts";
import { writeTree } from "./write-tree.ts";

export type FolderOptions = RenderOptions & {
  /** Where the environments' folders lie or are to lie. */
  readonly outputFolder: string;
  readonly provenance: Pick<Provenance, "source" | "run" | "configuration">;
  /** Whether an environment may end up with nothing. */
  readonly allowEmpty?: boolean;
  /** Take over files that nobody owns where the render writes the same path or object. */
  readonly adopt?: boolean;
  /** Plan only. */
  readonly dryRun?: boolean;
};

export type FolderReport = {
  readonly result: RenderResult;
  /** With a cache: why each environment was or was not rendered again. */
  readonly explanations: readonly string[];
  readonly isolation: string | undefined;
  readonly toolVersions: Readonly<Record<string, string>>;
  readonly plans: readonly {
    readonly environment: string;
    readonly plan: TreePlan;
    readonly changes: () => ObjectChanges;
    /** Against what this delivery had there; undefined where it had nothing yet. */
    readonly diff: () => ManifestsDiff | undefined;
    /** Kustomizations of others that list a file which is deleted. */
    readonly stale: readonly Problem[];
  }[];
};

/**
 * Renders environments into a folder: `<environment path>/<app>/…`, the ownership index beside it
 * and render-result.json. All or nothing: a problem anywhere leaves the folder as it was.
 * @throws InputError with all problems.
 */
export async function renderToFolder(options: FolderOptions): Promise<FolderReport> {
  const { delivery, dryRun = false } = options;
  const outputFolder = resolve(options.outputFolder);
  const { environments, toolVersions, explanations, isolation } = await renderEnvironments(options);
  const trees = await Promise.all(
    environments.map(async (rendering) => {
      const folder = join(outputFolder, rendering.environment.path);
      const existing = await readTree(outputFolder, rendering.environment.path);
      const before = ownIndex(existing, delivery);
      const kept = otherApps({ apps: options.apps, before, existing });
      const finished = { ...rendering, files: [...rendering.files, ...kept.files] };
      const index = indexOf(finished, { delivery, toolVersions, provenance: options.provenance });
      const rendered = finished.files.map(({ path, text }) => ({
        path,
        text,
        sha256: sha256(text),
      }));
      const allowEmpty = options.allowEmpty ?? false;
      const plan = planTree({
        existing,
        rendered,
        index,
        allowEmpty,
        adopt: options.adopt ?? false,
      });
      const problems = [...kept.problems, ...plan.problems];
      return { finished, folder, index, existing, before, plan: { ...plan, problems } };
    }),
  );
  const problems = trees.flatMap((tree) =>
    tree.plan.problems.map((problem) => inFolderOf(tree, problem)),
  );
  if (problems.length > 0) throw new InputError(problems, { code: "render-refused" });
  const result: RenderResult = {
    apiVersion: "fluxgate.dev/v1",
    kind: "RenderResult",
    delivery: delivery.name,
    environments: trees.map(({ finished }) => summaryOf(finished, delivery)),
  };
  if (!dryRun) {
    const writes = new Map(trees.flatMap(writesOf));
    writes.set(join(outputFolder, renderResultFile), `${JSON.stringify(result, undefined, 2)}\n`);
    for (const [path, text] of highLevelFiles(outputFolder, environments)) writes.set(path, text);
    await writeTree(outputFolder, {
      writes,
      deletes: trees.flatMap(({ folder, plan }) => plan.deletes.map((path) => join(folder, path))),
      clears: highLevelFolders(outputFolder, trees).filter((folder) => existsSync(folder)),
    });
  }
  return {
    result,
    explanations,
    isolation,
    toolVersions,
    plans: trees.map((tree) => ({
      environment: tree.finished.environment.name,
      plan: tree.plan,
      changes: () => changesOf(tree),
      diff: () => diffOf(tree),
      stale: staleReferences(tree.existing, tree.plan).map((each) => inFolderOf(tree, each)),
    })),
  };
}

type Tree = {
  readonly finished: FinishedEnvironment;
  readonly folder: string;
  readonly index: OwnershipIndex;
  readonly existing: readonly TreeFile[];
  /** The index that is there already. */
  readonly before: OwnershipIndex | undefined;
  readonly plan: TreePlan;
};

function inFolderOf({ finished }: Pick<Tree, "finished">, problem: Problem): Problem {
  const { file } = problem;
  return file ? { ...problem, file: join(finished.environment.path, file) } : problem;
}

function ownIndex(existing: readonly TreeFile[], delivery: Delivery): OwnershipIndex | undefined {
  const path = indexPath(delivery.name);
  const file = existing.find((each) => each.path === path);
  return file && parseOwnershipIndex(file.text, path).index;
}

function diffOf({ existing, finished, before }: Tree): ManifestsDiff | undefined {
  if (before === undefined) return undefined;
  const owned = existing.filter(({ path }) => path in before.files);
  return diffManifests(manifestsIn(owned), manifestsIn(finished.files));
}

// What the files mean that this delivery owned or takes over, before and after.
function changesOf({ existing, finished, before, plan }: Tree): ObjectChanges {
  const owned = new Set([...Object.keys(before?.files ?? {}), ...plan.deletes, ...plan.writes]);
  const old = existing.filter(({ path }) => owned.has(path) && !path.startsWith(`${indexFolder}/`));
  const others = existing.filter((file) => isKustomization(file) && !owned.has(file.path));
  return objectChanges(old, finished.files, { before: existing, after: others });
}

function writesOf({ finished, folder, index, plan }: Tree): readonly (readonly [string, string])[] {
  const texts = new Map(finished.files.map(({ path, text }) => [path, text]));
  texts.set(indexPath(index.delivery), ownershipIndexText(index));
  return plan.writes.map((path) => [join(folder, path), texts.get(path) ?? ""] as const);
}

function indexOf(
  { environment, files, images, inputsDigest, configurationCommit }: FinishedEnvironment,
  made: {
    readonly delivery: Delivery;
    readonly toolVersions: Readonly<Record<string, string>>;
    readonly provenance: FolderOptions["provenance"];
  },
): OwnershipIndex {
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
    },
  };
}

function summaryOf(finished: FinishedEnvironment, { validate }: Delivery): RenderedEnvironment {
  const { environment, files, images, inputsDigest, highLevel, warnings } = finished;
  return {
    name: environment.name,
    path: environment.path,
    autoComplete: environment.pullRequest.autoComplete,
    images,
    objects: files.flatMap(({ app, path, identity }) =>
      identity ? [{ app, file: path, identity }] : [],
    ),
    inputsDigest,
    highLevel: highLevel.map(({ app }) => app),
    warnings,
    validation: {
      kubernetesVersion: checkedVersion(environment.kubernetesVersion),
      checks: checkNames.filter((name) => !validate.off.includes(name)),
    },
  };
}

// Of the apps that the delivery has or had there; other deliveries' results stay.
function highLevelFolders(outputFolder: string, trees: readonly Tree[]): readonly string[] {
  return trees.flatMap(({ finished, before }) => {
    const folder = join(outputFolder, "high-level", finished.environment.name);
    const files = [...finished.files, ...Object.values(before?.files ?? {})];
    return [...new Set(files.map(({ app }) => app))].map((app) => join(folder, app));
  });
}

function highLevelFiles(
  outputFolder: string,
  environments: readonly FinishedEnvironment[],
): readonly (readonly [string, string])[] {
  return environments.flatMap(({ environment, highLevel }) =>
    highLevel.map(({ app, texts }) => {
      const path = join(outputFolder, "high-level", environment.name, app, "result.yaml");
      const text = texts
        .map((each) => each.text.replace(/^---\s*\n/, "").trimEnd())
        .join("\n---\n");
      return [path, `${text}\n`] as const;
    }),
  );
}
