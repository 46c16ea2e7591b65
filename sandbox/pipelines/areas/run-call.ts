import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import { findProject, type Call } from "../../azure-devops/route.ts";
import type { Project } from "../../azure-devops/state.ts";
import type { PipelinesState, Run } from "../state.ts";

export type CurrentState = () => PipelinesState;

export function projectOf(call: Call, parameter = "project"): Project {
  const wanted = call.params[parameter] ?? "";
  const project = findProject(call.organisation, wanted);
  if (!project) throw refusals.project(wanted);
  return project;
}

/** The run that the call names. @throws BuildNotFoundException */
export function runOf(state: PipelinesState, call: Call, parameter = "buildId"): Run {
  const project = projectOf(call);
  const id = Number(call.params[parameter]);
  const run = state.runs.find((one) => one.id === id && one.definition.project === project);
  if (!run) {
    throw new ApiError(
      404,
      "BuildNotFoundException",
      `The requested build ${call.params[parameter] ?? ""} could not be found.`,
    );
  }
  return run;
}

/** @throws AccessDeniedException unless the caller may queue, stop and change runs. */
export function demandBuilds({ grant: { identity } }: Call): void {
  if (identity.rights.has("ManageBuilds")) return;
  throw new ApiError(
    403,
    "AccessDeniedException",
    `TF215106: Access denied. ${identity.displayName} needs Queue builds permissions to perform the action.`,
  );
}
