import { join, resolve } from "node:path";
import { checkNames } from "../../core/delivery/delivery.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { InputError, problemText } from "../../core/errors.ts";
import type { Comparison } from "../../core/diff/compare-manifests.ts";
import type { Problem } from "../../core/errors.ts";
import type { ObjectChanges } from "../../core/render/object-changes.ts";
import type { Provenance } from "../../core/render/ownership-index.ts";
import type { TreePlan } from "../../core/render/tree-plan.ts";
import { renderResultFile } from "../../core/render/render-result.ts";
import type { RenderedEnvironment, RenderResult } from "../../core/render/render-result.ts";
import { sha256 } from "../../clients/sha256.ts";
import { checkedVersion } from "../checks/schemas/known-schemas.ts";
import { staleReferences } from "../../core/render/stale-references.ts";
import { rootAt } from "../inputs/contained-files.ts";
import {
  changesOf,
  diffOf,
  environmentTree,
  inFolderOf,
  placeOf,
  writesOf,
} from "./environment-tree.ts";
import type { EnvironmentTree } from "./environment-tree.ts";
import type { FinishedEnvironment } from "../finish-environment.ts";
import { fileState } from "./file-state.ts";
import { runWhileLocked } from "./folder-lock.ts";
import { highLevelChange } from "./high-level-files.ts";
import { renderEnvironments } from "../render-environments.ts";
import type { RenderOptions } from "../render-options.ts";
import { journalFolder, readJournal } from "./write-journal.ts";
import { finishWriting, writeTree } from "./write-tree.ts";
import type { BeforeStep } from "./write-tree.ts";

type MadeFrom = Pick<Provenance, "source" | "run" | "configuration">;

export type FolderOptions = RenderOptions & {
  /** Where the environments' folders lie or are to lie. */
  readonly outputFolder: string;
  /** Asked for while the tools run. */
  readonly provenance: MadeFrom | Promise<MadeFrom>;
  /** Whether an environment may end up with nothing. */
  readonly allowEmpty?: boolean;
  /** Take over files that nobody owns where the render writes the same path or object. */
  readonly adopt?: boolean;
  /** Plan only. */
  readonly dryRun?: boolean;
  /** Also write what OpenManifestsPR reads: the result, as render-result.json. */
  readonly withResult?: boolean;
  /** Told to OpenManifestsPR by the result. */
  readonly source?: RenderResult["source"];
  /** Tests stop the process at a step of the writing. */
  readonly beforeStep?: BeforeStep;
};

export type FolderReport = {
  readonly result: RenderResult;
  /** What an interrupted render left, and with a cache why what was rendered again; for people. */
  readonly explanations: readonly string[];
  readonly isolation: string | undefined;
  readonly toolVersions: Readonly<Record<string, string>>;
  readonly plans: readonly {
    readonly environment: string;
    readonly plan: TreePlan;
    /** With the template where it is known. */
    readonly warnings: readonly Problem[];
    readonly changes: () => ObjectChanges;
    /** Against what this delivery had there; undefined where it had nothing yet. */
    readonly diff: () => Comparison | undefined;
    /** Kustomizations of others that list a file which is deleted. */
    readonly stale: readonly Problem[];
  }[];
};

/**
 * Renders environments into a folder: `<environment path>/<app>/…` and the ownership index beside
 * it. All or nothing: a problem anywhere leaves the folder as it was, and what a kill interrupts is
 * finished by the next render into it.
 * @throws InputError with all problems.
 */
export async function renderToFolder(options: FolderOptions): Promise<FolderReport> {
  const { dryRun = false, beforeStep = () => {} } = options;
  const outputFolder = resolve(options.outputFolder);
  const rendered = await renderEnvironments(options);
  const { environments, toolVersions } = rendered;
  const provenance = await options.provenance;
  const plan = () => planned(environments, { ...options, provenance, toolVersions, outputFolder });
  if (dryRun) {
    demandFinished(outputFolder);
    return reportOf(plan(), { options, rendered, repairs: [] });
  }
  return runWhileLocked(outputFolder, async () => {
    beforeStep("begin");
    const isRepaired = finishWriting(outputFolder, beforeStep);
    const trees = plan();
    const repairs = isRepaired
      ? [
          `A render into ${outputFolder} was interrupted before: what it had begun was finished first`,
        ]
      : [];
    const report = reportOf(trees, { options, rendered, repairs });
    write(trees, { ...options, outputFolder, beforeStep, result: report.result });
    return report;
  });
}

type Rendered = Awaited<ReturnType<typeof renderEnvironments>>;

function planned(
  environments: readonly FinishedEnvironment[],
  options: FolderOptions & Pick<Rendered, "toolVersions"> & { readonly provenance: MadeFrom },
): readonly EnvironmentTree[] {
  const trees = environments.map((each) => environmentTree(each, options));
  const problems = trees.flatMap((tree) => {
    const found = tree.plan.problems.map((problem) => inFolderOf(tree, problem));
    // Why there is nothing: hooks that were left out, say.
    const isEmpty = found.length > 0 && tree.finished.files.length === 0;
    return isEmpty ? [...found, ...tree.finished.warnings] : found;
  });
  if (problems.length > 0) throw new InputError(problems, { code: "render-refused" });
  return trees;
}

// What lies there now is neither the old render nor the new one.
function demandFinished(outputFolder: string): void {
  if (readJournal(join(outputFolder, journalFolder)) === undefined) return;
  const message = `a render into ${outputFolder} was interrupted while it wrote. A render without --dry-run finishes that first`;
  throw new InputError([{ message }], { code: "render-refused" });
}

type Writing = FolderOptions & {
  readonly beforeStep: BeforeStep;
  readonly result: RenderResult;
};

function write(
  trees: readonly EnvironmentTree[],
  { outputFolder, withResult = false, result, beforeStep }: Writing,
): void {
  const highLevel = highLevelChange(rootAt(outputFolder, "the output folder"), trees);
  const writes = trees.map(writesOf);
  const text = `${JSON.stringify(result, undefined, 2)}\n`;
  const before = fileState(join(outputFolder, renderResultFile));
  const change = {
    writes: new Map([
      ...writes.flatMap(({ files }) => files),
      ...highLevel.writes,
      ...(withResult && sha256(text) !== before ? ([[renderResultFile, text]] as const) : []),
    ]),
    deletes: [
      ...trees.flatMap((tree) => tree.plan.deletes.map((path) => placeOf(tree, path))),
      ...highLevel.deletes,
    ],
    indexes: new Map(writes.flatMap(({ index }) => index)),
  };
  writeTree(outputFolder, change, beforeStep);
}

function reportOf(
  trees: readonly EnvironmentTree[],
  made: {
    readonly options: FolderOptions;
    readonly rendered: Rendered;
    readonly repairs: readonly string[];
  },
): FolderReport {
  const { delivery } = made.options;
  const { explanations, isolation, toolVersions } = made.rendered;
  return {
    result: {
      apiVersion: "fluxgate.dev/v1",
      kind: "RenderResult",
      delivery: delivery.name,
      ...(made.options.source ? { source: made.options.source } : {}),
      environments: trees.map(({ finished }) => summaryOf(finished, delivery)),
    },
    explanations: [...made.repairs, ...explanations],
    isolation,
    toolVersions,
    plans: trees.map((tree) => ({
      environment: tree.finished.environment.name,
      plan: tree.plan,
      warnings: tree.finished.warnings,
      changes: () => changesOf(tree),
      diff: () => diffOf(tree),
      stale: staleReferences(tree.existing, tree.plan).map((each) => inFolderOf(tree, each)),
    })),
  };
}

function summaryOf(finished: FinishedEnvironment, { validate }: Delivery): RenderedEnvironment {
  const { environment, files, images, inputsDigest, highLevel, warnings } = finished;
  return {
    name: environment.name,
    path: environment.path,
    ...environment.pullRequest,
    images,
    objects: files.flatMap(({ app, path, identity }) =>
      identity ? [{ app, file: path, identity }] : [],
    ),
    inputsDigest,
    highLevel: highLevel.map(({ app }) => app),
    warnings: warnings.map(problemText),
    validation: {
      kubernetesVersion: checkedVersion(environment.kubernetesVersion),
      checks: checkNames.filter((name) => !validate.off.includes(name)),
    },
  };
}
