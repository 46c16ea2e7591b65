// https://learn.microsoft.com/azure/devops/pipelines/build/variables
import { repositoryWeb } from "../../azure-devops/areas/repository-json.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { titled } from "../titled.ts";
import type { Job, Stage, Variable } from "../yaml/model.ts";
import type { AtJob } from "./job-context.ts";
import { declareVariables, setAll, setVariable, type Variables } from "./variables.ts";

/** What the service itself sets for every run. */
export function predefined(state: PipelinesState, run: Run): Readonly<Record<string, string>> {
  const { organisation } = state;
  const { definition, requestedFor, triggeredBy, pullRequest } = run;
  const { project, repository } = definition;
  const collection = `${organisation.url}/`;
  return {
    "Build.BuildId": String(run.id),
    "Build.BuildNumber": run.buildNumber,
    "Build.BuildUri": `vstfs:///Build/Build/${run.id}`,
    "Build.ContainerId": String(run.id),
    "Build.DefinitionName": definition.name,
    "Build.DefinitionVersion": String(run.definitionRevision),
    "Build.QueuedBy": run.requestedBy.displayName,
    "Build.QueuedById": run.requestedBy.id,
    "Build.Reason": reasonWord(run),
    "Build.Repository.Clean": "False",
    "Build.Repository.Git.SubmoduleCheckout": "False",
    "Build.Repository.ID": repository.id,
    "Build.Repository.Name": repository.name,
    "Build.Repository.Provider": "TfsGit",
    "Build.Repository.Uri": repositoryWeb(organisation, repository),
    "Build.RequestedFor": requestedFor.displayName,
    "Build.RequestedForEmail": requestedFor.uniqueName,
    "Build.RequestedForId": requestedFor.id,
    "Build.SourceBranch": run.sourceBranch,
    "Build.SourceBranchName": run.sourceBranch.split("/").at(-1) ?? "",
    "Build.SourceVersion": run.sourceVersion,
    ...(triggeredBy
      ? {
          "Build.TriggeredBy.BuildId": String(triggeredBy.id),
          "Build.TriggeredBy.BuildNumber": triggeredBy.buildNumber,
          "Build.TriggeredBy.DefinitionId": String(triggeredBy.definition.id),
          "Build.TriggeredBy.DefinitionName": triggeredBy.definition.name,
          "Build.TriggeredBy.ProjectID": triggeredBy.definition.project.id,
        }
      : { "Build.TriggeredBy.BuildId": "" }),
    ...(pullRequest
      ? {
          "System.PullRequest.PullRequestId": String(pullRequest.id),
          "System.PullRequest.SourceBranch": pullRequest.sourceBranch,
          "System.PullRequest.SourceCommitId": pullRequest.sourceCommit,
          "System.PullRequest.SourceRepositoryURI": repositoryWeb(organisation, repository),
          "System.PullRequest.TargetBranch": pullRequest.targetBranch,
          "System.PullRequest.TargetBranchName": pullRequest.targetBranch.replace(
            "refs/heads/",
            "",
          ),
        }
      : {}),
    "System.CollectionUri": collection,
    "System.TeamFoundationCollectionUri": collection,
    "System.TeamFoundationServerUri": collection,
    "System.CollectionId": organisation.id,
    "System.DefinitionId": String(definition.id),
    "System.HostType": "build",
    "System.PlanId": run.planId,
    "System.TimelineId": run.planId,
    "System.ServerType": "Hosted",
    "System.TeamProject": project.name,
    "System.TeamProjectId": project.id,
    TF_BUILD: "True",
  };
}

function reasonWord({ reason }: Run): string {
  switch (reason) {
    case "individualCI":
      return "IndividualCI";
    case "batchedCI":
      return "BatchedCI";
    default:
      return titled(reason);
  }
}

/**
 * The variables of a run, stage or job, the later ones over the earlier: what the service sets,
 * the pipeline's settings, what the queue gave, the YAML from its root inwards (documents:
 * "Expansion of variables", level of precedence).
 */
export function scopedVariables(
  state: PipelinesState,
  run: Run,
  inner: readonly { readonly variables: readonly Variable[] }[],
): Variables {
  const variables: Variables = new Map();
  for (const [name, one] of run.definition.variables) setVariable(variables, name, one);
  for (const [name, one] of run.variables) setVariable(variables, name, one);
  const root = run.pipeline?.variables ?? [];
  for (const declared of [root, ...inner.map((one) => one.variables)]) {
    declareVariables(state, run, { variables, declared });
  }
  setAll(variables, predefined(state, run));
  for (const [alias, source] of run.pipelineRuns)
    setAll(variables, pipelineVariables(alias, source));
  return variables;
}

/** The variables of one job at its start. */
export function jobVariables(state: PipelinesState, at: AtJob): Variables {
  const { run, stage, job, instance, record, stageAttempt } = at;
  const variables = scopedVariables(state, run, [stage, job]);
  setAll(variables, instance.variables);
  setAll(variables, {
    ...stageNames(stage, stageAttempt),
    "System.JobId": record.id,
    "System.JobName": instance.name,
    "System.JobDisplayName": record.name,
    "System.JobIdentifier": record.identifier,
    "System.JobAttempt": String(record.attempt),
    "System.PhaseName": job.name,
    "System.PhaseDisplayName": job.displayName,
    "System.PhaseAttempt": String(record.attempt),
    ...environmentNames(state, run, job),
  });
  return variables;
}

export function stageNames(stage: Stage, attempt: number): Readonly<Record<string, string>> {
  return {
    "System.StageName": stage.name,
    "System.StageDisplayName": stage.displayName,
    "System.StageAttempt": String(attempt),
  };
}

function environmentNames(state: PipelinesState, run: Run, { environment }: Job) {
  if (!environment) return {};
  const found = state.environments.find(
    ({ name, project }) => name === environment.name && project === run.definition.project,
  );
  return {
    "Environment.Name": environment.name,
    "Environment.Id": String(found?.id ?? 0),
    "Environment.ResourceName": environment.resourceName ?? "",
    "Strategy.Name": "runOnce",
  };
}

function pipelineVariables(alias: string, source: Run): Readonly<Record<string, string>> {
  const prefix = `resources.pipeline.${alias}`;
  return {
    [`${prefix}.projectID`]: source.definition.project.id,
    [`${prefix}.projectName`]: source.definition.project.name,
    [`${prefix}.runID`]: String(source.id),
    [`${prefix}.runName`]: source.buildNumber,
    [`${prefix}.runURI`]: `vstfs:///Build/Build/${source.id}`,
    [`${prefix}.pipelineID`]: String(source.definition.id),
    [`${prefix}.pipelineName`]: source.definition.name,
    [`${prefix}.sourceBranch`]: source.sourceBranch,
    [`${prefix}.sourceCommit`]: source.sourceVersion,
    [`${prefix}.sourceProvider`]: "TfsGit",
    [`${prefix}.requestedFor`]: source.requestedFor.displayName,
    [`${prefix}.requestedForID`]: source.requestedFor.id,
  };
}
