import { environmentsHubUrl, runUrl } from "../../core/azure-devops/urls.ts";
import type { Comparison } from "../../core/diff/compare-manifests.ts";
import { problemText } from "../../core/errors.ts";
import { freezeText, holdsBack, judgeFreeze } from "../../core/freeze/freeze.ts";
import { validationText } from "../../core/render/render-result.ts";
import { changeSummary } from "../../core/report/change-summary.ts";
import type { PullRequestFacts } from "../../core/report/pull-request-text.ts";
import { sourceOf, type Work } from "./deps.ts";
import type { Placement } from "./place-render.ts";
import type { Render } from "./read-render.ts";

export type Told = { readonly facts: PullRequestFacts; readonly diff: Comparison };

/** What the pull request says of a render on its target branch. */
export function factsOf(
  { render, inputs, extension, ado, runs, address }: Work,
  {
    placement: { before, diff: compare, freeze },
    lost,
  }: {
    readonly placement: Pick<Placement, "before" | "diff" | "freeze">;
    /** Code commits that the target holds and this render does not. */
    readonly lost: readonly string[];
  },
): Told {
  const { run } = inputs;
  const environment = render.environment.name;
  const diff = compare();
  // By the service's clock: this machine's may be off.
  const frozen = judgeFreeze(freeze, { environment, now: ado.now() });
  const facts = {
    delivery: render.delivery,
    environment,
    change: changeSummary(diff, { before, after: render.index }),
    risks: diff.risks,
    notCompared: diff.problems.map(problemText),
    lost,
    ...(holdsBack(frozen) ? { isFrozen: true } : {}),
    ...freezeOf(freezeText(frozen, environment)),
    ...titleOf(inputs.title ?? render.environment.title),
    draftOnRisk: inputs.draftOnRisk ?? render.environment.draftOnRisk ?? [],
    rendering: renderingOf(render),
    run: { name: run.buildNumber, url: runUrl(run) },
    source: sourceOf({ render, inputs }),
    // The hub shows the repositories of its own organisation.
    hubUrl: environmentsHubUrl(
      runs.organisationUrl === ado.organisationUrl
        ? { ...run, extension, environment }
        : { ...address, extension, environment },
    ),
    warnings: render.environment.warnings,
  };
  return { facts, diff };
}

function freezeOf(freeze: string | undefined) {
  return freeze === undefined ? {} : { freeze };
}

function titleOf(titleTemplate: string | undefined) {
  return titleTemplate === undefined ? {} : { titleTemplate };
}

function renderingOf({ index, environment }: Render): string {
  const tools = Object.entries(index.provenance.tools).map(
    ([name, version]) => `${name} ${version}`,
  );
  const rendered = tools.length === 0 ? "" : `Rendered with ${tools.join(", ")}. `;
  return `${rendered}${validationText(environment.validation)}`;
}
