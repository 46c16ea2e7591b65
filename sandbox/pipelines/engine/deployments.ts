import { guidOf } from "../../azure-devops/guid.ts";
import type { Identity } from "../../azure-devops/identity.ts";
import type { Project } from "../../azure-devops/project.ts";
import type { Deployment, Environment } from "../library.ts";
import type { Result } from "../run.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import type { AtJob } from "./job-context.ts";

/** The project's environment of that name; the first deployment to a new one makes it. */
export function environmentOf(
  state: PipelinesState,
  project: Project,
  { name, by }: { readonly name: string; readonly by: Identity },
): Environment {
  const found = state.environments.find(
    (one) => one.project === project && one.name.toLowerCase() === name.toLowerCase(),
  );
  return found ?? addEnvironment(state, project, { name, by });
}

export function addEnvironment(
  state: PipelinesState,
  project: Project,
  given: { readonly name: string; readonly by: Identity; readonly description?: string },
): Environment {
  const { name, by, description = "" } = given;
  const environment: Environment = {
    id: (state.counters.environment += 1),
    ...{ project, name, description, createdBy: by, lastModifiedBy: by },
    createdOn: nowOf(state),
    lastModifiedOn: nowOf(state),
    deployments: [],
    resources: [],
  };
  state.environments.push(environment);
  return environment;
}

/** Records the deployment with its environment; what it returns ends the record. */
export function beginDeployment(
  state: PipelinesState,
  { run, stage, job, stageAttempt }: Omit<AtJob, "instance" | "record">,
): (result: Result) => void {
  if (!job.environment) return () => {};
  const { project } = run.definition;
  const environment = environmentOf(state, project, {
    name: job.environment.name,
    by: run.requestedFor,
  });
  const id = (state.counters.deployment += 1);
  const deployment: Deployment = {
    ...{ id, run, stageName: stage.name, jobName: job.name },
    requestIdentifier: guidOf("deployment", run.planId, String(id)),
    ...{ stageAttempt, jobAttempt: stageAttempt, resourceName: job.environment.resourceName },
    queueTime: nowOf(state),
    startTime: nowOf(state),
    finishTime: undefined,
    result: undefined,
  };
  environment.deployments.unshift(deployment);
  return (result) => {
    deployment.result = result;
    deployment.finishTime = nowOf(state);
  };
}
