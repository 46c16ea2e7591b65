import type { Job, Stage, Variable } from "../yaml/model.ts";
import type { PipelinesState, Run, TimelineRecord } from "../state.ts";

/** Variables by lower-case name: the service does not tell cases apart. */
export type Variables = Map<string, { name: string; value: string; isSecret: boolean }>;

export function setVariable(
  variables: Variables,
  name: string,
  { value, isSecret = false }: { readonly value: string; readonly isSecret?: boolean },
): void {
  variables.set(name.toLowerCase(), { name, value, isSecret });
}

/** Declared variables in order; groups are looked up in the project. */
export function declareVariables(
  state: PipelinesState,
  variables: Variables,
  declared: readonly Variable[],
): void {
  for (const one of declared) {
    if (one.kind === "value") {
      setVariable(variables, one.name, one);
      continue;
    }
    const group = state.groups.find(({ name }) => name === one.group);
    if (!group) throw new Error(`Variable group ${one.group} could not be found.`);
    for (const [name, value] of group.variables) setVariable(variables, name, value);
  }
}

/** What the service itself sets for every run (documents: "Predefined variables"). */
export function predefined(state: PipelinesState, run: Run): Readonly<Record<string, string>> {
  const { organisation } = state;
  const { definition, requestedFor, triggeredBy } = run;
  const { project, repository } = definition;
  const collection = `${organisation.url}/`;
  return {
    "Build.BuildId": String(run.id),
    "Build.BuildNumber": run.buildNumber,
    "Build.BuildUri": `vstfs:///Build/Build/${run.id}`,
    "Build.ContainerId": String(run.id),
    "Build.DefinitionName": definition.name,
    "Build.Reason": run.reason === "individualCI" ? "IndividualCI" : titled(run.reason),
    "Build.Repository.ID": repository.id,
    "Build.Repository.Name": repository.name,
    "Build.Repository.Provider": "TfsGit",
    "Build.Repository.Uri": `${organisation.url}/${project.name}/_git/${repository.name}`,
    "Build.RequestedFor": requestedFor.displayName,
    "Build.RequestedForEmail": requestedFor.uniqueName,
    "Build.RequestedForId": requestedFor.id,
    "Build.SourceBranch": run.sourceBranch,
    "Build.SourceBranchName": run.sourceBranch.split("/").at(-1) ?? "",
    "Build.SourceVersion": run.sourceVersion,
    "Build.TriggeredBy.BuildId": triggeredBy ? String(triggeredBy.id) : "",
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

/** The variables of one job at its start. */
export function jobVariables(
  state: PipelinesState,
  at: {
    readonly run: Run;
    readonly stage: Stage;
    readonly job: Job;
    readonly record: TimelineRecord;
    readonly stageAttempt: number;
  },
): Variables {
  const { run, stage, job, record, stageAttempt } = at;
  const variables: Variables = new Map();
  const set = (values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) setVariable(variables, name, { value });
  };
  set(predefined(state, run));
  declareVariables(state, variables, run.pipeline?.variables ?? []);
  declareVariables(state, variables, stage.variables);
  declareVariables(state, variables, job.variables);
  for (const [alias, source] of run.pipelineRuns) set(pipelineVariables(alias, source));
  set({
    "System.JobId": record.id,
    "System.JobName": job.name,
    "System.JobDisplayName": job.displayName,
    "System.JobAttempt": String(record.attempt),
    "System.StageName": stage.name,
    "System.StageDisplayName": stage.displayName,
    "System.StageAttempt": String(stageAttempt),
    "System.PhaseName": job.name,
    ...(job.environment === undefined ? {} : { "Environment.Name": job.environment }),
  });
  return variables;
}

function pipelineVariables(alias: string, source: Run): Readonly<Record<string, string>> {
  const prefix = `resources.pipeline.${alias}`;
  return {
    [`${prefix}.runID`]: String(source.id),
    [`${prefix}.runName`]: source.buildNumber,
    [`${prefix}.pipelineID`]: String(source.definition.id),
    [`${prefix}.pipelineName`]: source.definition.name,
    [`${prefix}.sourceBranch`]: source.sourceBranch,
    [`${prefix}.sourceCommit`]: source.sourceVersion,
  };
}

/** Replaces `$(name)`, also inside what it replaced; unknown ones stay as they are. */
export function expandMacros(text: string, variables: Variables): string {
  let current = text;
  for (let round = 0; round < 10; round += 1) {
    const next = current.replace(
      /\$\(([\w.-]+)\)/g,
      (macro, name: string) => variables.get(name.toLowerCase())?.value ?? macro,
    );
    if (next === current) break;
    current = next;
  }
  return current;
}

function titled(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
