import type { Identity } from "../../azure-devops/identity.ts";
import type { Project } from "../../azure-devops/project.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import type { CheckConfiguration, Resource } from "./model.ts";

// 30 days, as the service sets it.
const month = 43_200;

/** Puts a check on a resource. */
export function addCheck(
  state: PipelinesState,
  project: Project,
  given: {
    readonly by: Identity;
    readonly type: CheckConfiguration["type"];
    readonly resource: Resource;
    readonly settings: Readonly<Record<string, unknown>>;
    readonly timeout?: number | undefined;
    readonly isDisabled?: boolean;
  },
): CheckConfiguration {
  const { by, type, resource, settings, timeout = month, isDisabled = false } = given;
  const configuration: CheckConfiguration = {
    id: (state.counters.check += 1),
    ...{ project, type, resource, settings, timeout, isDisabled, version: 1 },
    ...{ createdBy: by, modifiedBy: by, createdOn: nowOf(state), modifiedOn: nowOf(state) },
  };
  state.checks.push(configuration);
  return configuration;
}
