import { identityRef } from "../../azure-devops/identities.ts";
import type { Organisation } from "../../azure-devops/state.ts";
import type { Definition, Run, TimelineRecord } from "../state.ts";

/** A run as `Build` of REST 7.1. */
export function buildJson(organisation: Organisation, run: Run) {
  const { definition, requestedFor, triggeredBy } = run;
  const { project, repository } = definition;
  const url = `${organisation.url}/${project.id}/_apis/build/Builds/${run.id}`;
  const web = `${organisation.url}/${project.id}/_build/results?buildId=${run.id}`;
  const person = identityRef(requestedFor, organisation.url);
  return {
    _links: {
      self: { href: url },
      web: { href: web },
      timeline: { href: `${url}/Timeline` },
    },
    properties: {},
    tags: [...run.tags],
    validationResults:
      run.validationError === undefined ? [] : [{ result: "error", message: run.validationError }],
    plans: [{ planId: run.planId }],
    triggerInfo: triggeredBy
      ? { definitionId: String(triggeredBy.definition.id), version: triggeredBy.buildNumber }
      : {},
    id: run.id,
    buildNumber: run.buildNumber,
    status: run.status,
    ...(run.result === undefined ? {} : { result: run.result }),
    queueTime: run.queueTime,
    ...(run.startTime === undefined ? {} : { startTime: run.startTime }),
    ...(run.finishTime === undefined ? {} : { finishTime: run.finishTime }),
    url,
    definition: definitionRef(organisation, definition),
    project: projectRef(organisation, definition),
    uri: `vstfs:///Build/Build/${run.id}`,
    sourceBranch: run.sourceBranch,
    sourceVersion: run.sourceVersion,
    buildNumberRevision: Number(run.buildNumber.split(".").at(-1)),
    queue: {
      id: 1,
      name: "Azure Pipelines",
      pool: { id: 1, name: "Azure Pipelines", isHosted: true },
    },
    priority: "normal",
    reason: run.reason,
    requestedFor: person,
    requestedBy: person,
    lastChangedDate: run.finishTime ?? run.startTime ?? run.queueTime,
    lastChangedBy: person,
    logs: { id: 0, type: "Container", url: `${url}/logs` },
    keepForever: false,
    orchestrationPlan: { planId: run.planId },
    templateParameters: run.parameters,
    repository: {
      id: repository.id,
      type: "TfsGit",
      name: repository.name,
      url: `${organisation.url}/${project.name}/_git/${repository.name}`,
      clean: null,
      checkoutSubmodules: false,
    },
    retainedByRelease: false,
    ...(triggeredBy ? { triggeredByBuild: { id: triggeredBy.id } } : { triggeredByBuild: null }),
  };
}

export function definitionRef(organisation: Organisation, definition: Definition) {
  return {
    drafts: [],
    id: definition.id,
    name: definition.name,
    url: `${organisation.url}/${definition.project.id}/_apis/build/Definitions/${definition.id}?revision=1`,
    uri: `vstfs:///Build/Definition/${definition.id}`,
    path: "\\",
    type: "build",
    queueStatus: "enabled",
    revision: 1,
    project: projectRef(organisation, definition),
  };
}

export function projectRef(organisation: Organisation, { project }: Definition) {
  return {
    id: project.id,
    name: project.name,
    url: `${organisation.url}/_apis/projects/${project.id}`,
    state: "wellFormed",
    revision: 1,
    visibility: "private",
  };
}

/** A line of the timeline as REST answers it. */
export function recordJson(organisation: Organisation, run: Run, record: TimelineRecord) {
  const builds = `${organisation.url}/${run.definition.project.id}/_apis/build/builds/${run.id}`;
  const { issues, log } = record;
  return {
    previousAttempts: record.previousAttempts,
    id: record.id,
    parentId: record.parentId,
    type: record.type,
    name: record.name,
    startTime: record.startTime,
    finishTime: record.finishTime,
    currentOperation: record.currentOperation,
    percentComplete: record.percentComplete,
    state: record.state,
    result: record.result,
    resultCode: null,
    changeId: 1,
    lastModified: "0001-01-01T00:00:00",
    workerName: record.workerName,
    order: record.order,
    details: null,
    errorCount: issues.filter(({ type }) => type === "error").length,
    warningCount: issues.filter(({ type }) => type === "warning").length,
    url: null,
    log: log && { id: log.id, type: "Container", url: `${builds}/logs/${log.id}` },
    task: record.task,
    attempt: record.attempt,
    identifier: record.identifier,
    refName: record.refName,
    ...(issues.length === 0 ? {} : { issues }),
  };
}
