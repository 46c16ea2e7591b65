import { getBuild, listArtefacts } from "../../clients/azure-devops/builds.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import {
  listBuildsOfConsumed,
  listConsumedRuns,
} from "../../clients/azure-devops/consumed-runs.ts";
import { permissionHint } from "../../clients/azure-devops/permission-refusal.ts";
import { newestArtefact } from "../../core/artefact/artefact-name.ts";
import { matchesPath } from "../../core/artefact/path-pattern.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { causeText, HttpError, TerminalError } from "../../core/errors.ts";
import { explainedRefusal } from "../../clients/azure-devops/explained-refusal.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import type { Inputs } from "./inputs.ts";

const code = "not-what-ci-approved";

/** The run of CI whose result this run deploys, or why it deploys nothing. */
export async function run(
  inputs: Inputs,
  { ado, log }: { readonly ado: AzureDevOps; readonly log: TaskLog },
): Promise<TaskOutcome> {
  // CI as an earlier stage of this run: that it succeeded is what this stage depends on.
  const isOwn = inputs.pipeline.toLowerCase() === "current";
  const build = await explainRefusalOf(
    isOwn ? readOwnBuild(inputs, ado) : findConsumedBuild(inputs, ado),
  );
  const { id, sourceBranch = "", sourceVersion = "" } = build;
  const named = nameOf(build);
  if (!isOwn) demandApproved(build, inputs.branches);
  const project = build.project.id;
  const artefacts = await explainRefusalOf(listArtefacts(ado, { project, build: id }));
  const artefact = newestArtefact(artefacts, inputs.artefact);
  if (artefact === undefined) {
    const held = artefacts.length === 0 ? "nothing" : artefacts.join(", ");
    throw refused(
      `${named} no longer holds its artefact ${inputs.artefact}, or never published it (it holds ${held})`,
      "Run CI again on that branch, and keep its runs as long as they may be deployed (Project settings, Pipelines, Settings: retention).",
    );
  }
  log.info(`CI approved ${named}: that is what is deployed`);
  return {
    outputs: {
      runId: String(id),
      projectId: project,
      pipelineId: String(build.definition.id),
      commit: sourceVersion,
      branch: sourceBranch,
      artefact,
    },
    message: `CI's ${named}`,
  };
}

function nameOf({ id, buildNumber, sourceBranch = "", sourceVersion = "" }: Build): string {
  return `run ${buildNumber} (${id}) of ${short(sourceBranch)} at ${sourceVersion}`;
}

function demandApproved(build: Build, branches: readonly string[]): void {
  const { status, result, sourceBranch = "" } = build;
  if (result !== "succeeded" && result !== "partiallySucceeded") {
    const ended = status === "completed" ? (result ?? "no result") : status;
    throw refused(`${nameOf(build)} is not approved by CI: it is ${ended}`);
  }
  if (branches.some((pattern) => matchesPath(pattern, sourceBranch))) return;
  const allowed = branches.map(short).join(", ");
  throw refused(
    `${nameOf(build)} is not of ${allowed}`,
    `Choose a run of ${allowed} under Resources when starting by hand, name \`branch\` in the pipeline resource, or allow that branch by ciBranches.`,
  );
}

async function readOwnBuild({ project, build }: Inputs, ado: AzureDevOps): Promise<Build> {
  const found = await getBuild(ado, { project, build });
  if (found !== undefined) return found;
  throw new TerminalError(
    `Failed to take what CI approved: this job may not see its own run ${build}`,
    {
      code: "permission-missing",
      hint: permissionHint({ permission: "View builds", identity: undefined }, "this pipeline"),
    },
  );
}

// As inside a sentence.
const allowView = causeText(
  permissionHint({ permission: "View builds", identity: undefined }, "the pipeline of CI"),
);

/** By the service's own record of this run: variables could be set by anybody's step. */
async function findConsumedBuild(inputs: Inputs, ado: AzureDevOps): Promise<Build> {
  const { pipeline, project, definition, build, consumed } = inputs;
  const runs = await listConsumedRuns(ado, { project, definition, build });
  const run = runs.find(({ alias }) => alias.toLowerCase() === pipeline.toLowerCase());
  if (run === undefined) {
    throw refused(
      `no run of CI belongs to this run (pipeline resource "${pipeline}")`,
      "CI has to succeed first. Start CI, or choose one of its successful runs under Resources when starting by hand.",
    );
  }
  const of = consumed.project === "" ? project : consumed.project;
  const builds = await listBuildsOfConsumed(ado, { project: of, run });
  const [only, ...others] = builds;
  if (only !== undefined && others.length === 0) return only;
  const chosen = builds.find(({ id }) => String(id) === consumed.run);
  if (chosen !== undefined) return chosen;
  throw refused(
    only === undefined
      ? `run ${run.version} of CI is not there any more, or this job may not see it`
      : `${builds.length} runs of CI are called ${run.version}`,
    only === undefined
      ? `Run CI again; if it is there, ${allowView}.`
      : "Give each run of CI a name of its own (`name:`).",
  );
}

/** What the service refuses or does not answer is no word on what CI approved. */
async function explainRefusalOf<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    // Our own refusals are the answer.
    if (!(error instanceof HttpError)) throw error;
    throw explainedRefusal(error, {
      what: "take what CI approved",
      pipeline: "the pipeline of CI",
      unanswered: { code, hint: "Run this again once the service answers." },
    });
  }
}

function refused(why: string, hint?: string): TerminalError {
  return new TerminalError(`Failed to take what CI approved: ${why}`, {
    code,
    hint: hint ?? "Only what a successful run of CI published is deployed.",
  });
}

function short(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}
