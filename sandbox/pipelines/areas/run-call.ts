import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import type { Identity } from "../../azure-devops/identity.ts";
import { findProject, type Call } from "../../azure-devops/route.ts";
import type { GitProject } from "../../azure-devops/repository.ts";
import type { Definition } from "../definition.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";

export type CurrentState = () => PipelinesState;

export function projectOf(call: Call, parameter = "project"): GitProject {
  const wanted = call.params[parameter] ?? "";
  const project = findProject(call.organisation, wanted);
  if (!project) throw refusals.project(wanted);
  return project;
}

/** @throws AccessDeniedException unless the caller may see runs. */
export function demandView({ grant: { identity } }: Call): void {
  if (!identity.rights.has("ViewBuilds")) throw lacksBuilds(identity, "View builds");
}

/** The run that the call names. @throws BuildNotFoundException */
export function runOf(state: PipelinesState, call: Call, parameter = "buildId"): Run {
  demandView(call);
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

/** @throws DefinitionNotFoundException */
export function definitionOf(state: PipelinesState, call: Call, parameter: string): Definition {
  const project = projectOf(call);
  const id = Number(call.params[parameter]);
  const found = state.definitions.find((one) => one.id === id && one.project === project);
  if (found) return found;
  throw new ApiError(
    404,
    "DefinitionNotFoundException",
    `The build pipeline with ID ${call.params[parameter] ?? ""} does not exist. Specify a valid build pipeline and try again.`,
  );
}

/** @throws AccessDeniedException unless the caller may queue, stop and change runs. */
export function demandBuilds({ grant: { identity } }: Call, right = "Queue builds"): void {
  if (!identity.rights.has("ManageBuilds")) throw lacksBuilds(identity, right);
}

/** TF215106, as the service words it. */
function lacksBuilds({ displayName }: Identity, right: string): ApiError {
  return new ApiError(
    403,
    "AccessDeniedException",
    `TF215106: Access denied. ${displayName} needs ${right} permissions to perform the action. For more information, contact the Azure DevOps Server administrator.`,
  );
}

/** As `demandBuilds`; a job may do it too, for runs of its own project. */
export function demandOwnBuild(call: Call, run: Run, right: string): void {
  if (call.grant.identity === run.definition.project.buildService) return;
  demandBuilds(call, right);
}

/** @throws unless the caller administers the resource. */
export function demandAdministrator({ grant: { identity } }: Call, what: string): void {
  if (identity.rights.has("Administer")) return;
  throw new ApiError(
    403,
    "AccessDeniedException",
    `Access denied. ${identity.displayName} needs Administer permissions on ${what} to perform the action.`,
  );
}

/** A body that is a mapping, however it was sent. */
export function bodyOf<T extends object>(call: Call): Partial<T> {
  const { body } = call;
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  return {};
}

/** The name of an enumeration's value: clients send names in any case, or numbers. */
export function enumName<T extends string>(
  value: unknown,
  names: Readonly<Record<number, T>>,
): T | undefined {
  if (typeof value === "number") return names[value];
  const wanted = typeof value === "string" ? value.toLowerCase() : "";
  return Object.values(names).find((one) => one.toLowerCase() === wanted);
}
