import { getBuild, listArtefacts, listBuilds } from "../../clients/azure-devops/builds.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { permissionHint } from "../../clients/azure-devops/permission-refusal.ts";
import { newestArtefact } from "../../core/artefact/artefact-name.ts";
import { TerminalError } from "../../core/errors.ts";
import { explainedRefusal } from "../../clients/azure-devops/explained-refusal.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import type { Inputs } from "./inputs.ts";

// Further back nothing is worth its calls: what they built is mostly no longer in use.
const most = 20;

/**
 * The newest successful run of this pipeline and branch that holds an artefact. Only answers of the
 * service that hold none mean that there is none.
 */
export async function run(
  inputs: Inputs,
  { ado, log }: { readonly ado: AzureDevOps; readonly log: TaskLog },
): Promise<TaskOutcome> {
  const { project, definition, branch, artefact } = inputs;
  const where = `of ${branch.replace(/^refs\/heads\//, "")}`;
  const builds = await answerWith(
    `find the last run ${where}`,
    listBuilds(ado, {
      ...{ project, status: "completed", definitions: [definition], branch, top: most },
      results: ["succeeded", "partiallySucceeded"],
    }),
  );
  if (builds.length === 0) {
    await demandView(inputs, ado);
    log.info(`There is no last run ${where}: no run of this pipeline has succeeded there yet`);
    return notFound;
  }
  for (const { id, buildNumber } of builds) {
    const names = await answerWith(
      `list the artefacts of run ${buildNumber}`,
      listArtefacts(ado, { project, build: id }),
    );
    const newest = newestArtefact(names, artefact);
    if (newest !== undefined) {
      log.info(`The last run ${where} with ${newest} is ${buildNumber} (${id})`);
      return { outputs: { runId: String(id), artefact: newest }, message: `Run ${id}` };
    }
    log.info(`Run ${buildNumber} (${id}) holds no ${artefact}: it was removed, or never published`);
  }
  log.warn(`None of the last ${builds.length} successful runs ${where} holds ${artefact}`);
  return notFound;
}

const notFound: TaskOutcome = { outputs: { runId: "", artefact: "" }, message: "No last run" };

/** A list without runs means that there are none only for who may see them: as this one is. */
async function demandView({ project, build }: Inputs, ado: AzureDevOps): Promise<void> {
  const own = await answerWith("see this run", getBuild(ado, { project, build }));
  if (own !== undefined) return;
  throw new TerminalError(
    `Failed to find the last run: the list of runs is empty, and this job may not see its own run ${build}`,
    {
      code: "permission-missing",
      hint: permissionHint({ permission: "View builds", identity: undefined }, "this pipeline"),
    },
  );
}

async function answerWith<T>(what: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw explainedRefusal(error, {
      what,
      pipeline: "this pipeline",
      unanswered: {
        code: "last-run-unknown",
        hint: "Without that answer everything would count as new, so this stops here: run it again once the service answers.",
      },
    });
  }
}
