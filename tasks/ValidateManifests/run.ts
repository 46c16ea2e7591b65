import { readChangedBetween, readFilesAt, resolveRevision } from "../../clients/git-files.ts";
import type { MergeFinding } from "../../core/merge/merge-finding.ts";
import { freezeFindings } from "../../core/merge/freeze-findings.ts";
import { heldFindings, holdFindings } from "../../core/merge/held-findings.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { noMerge } from "../common/no-merge.ts";
import { InputError } from "../../core/errors.ts";
import { checkMerge, type MergeCheck } from "../../rendering/merge/check-merge.ts";
import type { TaskOutcome } from "../common/task-env.ts";
import type { Deps } from "./deps.ts";
import type { Inputs } from "./inputs.ts";
import { attachCharts } from "./attach-charts.ts";
import { chartRenderer } from "./chart-renderer.ts";
import { findEarlierVerdict } from "./earlier-verdict.ts";
import { findForeignChanges } from "./foreign-changes.ts";
import { summaryOf } from "./merge-summary.ts";
import { tellPullRequest } from "./tell-pull-request.ts";

/** Judges the merge that the checkout is at, and tells the pull request what would go wrong. */
export async function run(inputs: Inputs, deps: Deps): Promise<TaskOutcome> {
  const { folder, address } = inputs;
  const { log, kube } = deps;
  const [after, before] = await Promise.all([
    resolveRevision(folder, "HEAD"),
    resolveRevision(folder, "HEAD^1"),
  ]);
  if (after === undefined || before === undefined) throw noMerge(folder, after);
  const files = {
    before: await readFilesAt(folder, before),
    after: await readFilesAt(folder, after),
  };
  const changed = await readChangedBetween(folder, { before, after });
  const foreign = await findForeignChanges(inputs, deps, {
    ...{ files: files.before, after: files.after, changed },
  });
  // What the day decides, or the target's own lists, is looked at whatever was found before.
  const ruled = [
    ...foreign.findings,
    ...heldFindings({ ...files, changed, now: deps.date() }),
    ...holdFindings({ ...files, changed }),
    ...freezeFindings({ ...files, changed, now: deps.ado.now() }),
  ];
  const source = await resolveRevision(folder, "HEAD^2");
  if (ruled.every(isWarning)) {
    const merge = { before, source, files: files.after, changed };
    const earlier = await findEarlierVerdict(inputs, deps, merge);
    if (earlier) {
      return letStand(inputs, deps, { earlier, ruled, source, notChecked: foreign.notChecked });
    }
  }
  const renderCharts = chartRenderer(inputs, deps, { before, after });
  const checked = await checkMerge({
    ...{ ...files, changed, kube, renderCharts },
    ...(address && { repository: address }),
  });
  const check: MergeCheck = {
    ...checked,
    findings: [...ruled, ...checked.findings],
    notChecked: [...foreign.notChecked, ...checked.notChecked],
  };
  log.info(`${changed.length} files changed; built by ${check.from}: ${check.roots.join(", ")}`);
  for (const each of check.notChecked) log.info(`Not checked: ${each}`);
  for (const each of check.findings.filter(isWarning)) log.warn(each.message, each);
  const errors = check.findings.filter((each) => !isWarning(each));
  await attachCharts(inputs, deps, { before, after, source, releases: check.releases });
  await tellPullRequest(inputs, deps, { check, source });
  if (errors.length > 0) {
    throw new InputError(
      errors.map(({ message, file, line }) => ({
        message,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line }),
      })),
      {
        code: "merge-refused",
        hint: "Correct it in the pull request, or render anew on its target.",
      },
    );
  }
  return { outputs: {}, summary: summaryOf(check), message: `${check.objects} objects judged` };
}

// Nothing is built: what the run before found holds for this merge too.
async function letStand(
  inputs: Inputs,
  deps: Deps,
  found: {
    readonly earlier: Build;
    readonly ruled: readonly MergeFinding[];
    readonly source: string | undefined;
    readonly notChecked: readonly string[];
  },
): Promise<TaskOutcome> {
  const { earlier, ruled, source, notChecked } = found;
  const asBefore = `As run ${earlier.id} found on the same change; since then only files of other clusters moved on the target`;
  const check: MergeCheck = {
    ...{ findings: ruled, notChecked, asBefore },
    ...{ roots: [], from: "", objects: 0, releases: [], chartChanges: [] },
  };
  deps.log.info(asBefore);
  for (const each of check.findings) deps.log.warn(each.message, each);
  await tellPullRequest(inputs, deps, { check, source });
  return { outputs: {}, summary: summaryOf(check), message: "As judged before" };
}

function isWarning({ severity }: MergeFinding): boolean {
  return severity === "warning";
}
