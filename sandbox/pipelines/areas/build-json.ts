import { repositoryWeb } from "../../azure-devops/areas/repository-json.ts";
import { identityRef } from "../../azure-devops/identities.ts";
import type { Host } from "../../azure-devops/host.ts";
import type { Projects } from "../../azure-devops/repository.ts";
import type { Run } from "../run.ts";
import { definitionRef, projectRef } from "./definition-json.ts";
import { queueOf } from "./queues.ts";

/** Parts that many runs share, by what they describe: a list makes each only once. */
export type SharedParts = Map<object, unknown>;

/** A run as `Build` of REST 7.1. */
export function buildJson(
  organisation: Host & Projects,
  run: Run,
  shared: SharedParts = new Map(),
): Record<string, unknown> {
  const once = <T>(key: object, make: () => T): T => {
    if (!shared.has(key)) shared.set(key, make());
    return shared.get(key) as T;
  };
  const { definition, requestedFor, requestedBy, triggeredBy } = run;
  const { project, repository } = definition;
  const root = `${organisation.url}/${project.id}`;
  const url = `${root}/_apis/build/Builds/${run.id}`;
  const queue = once(organisation.projects, () => queueOf(organisation, project, undefined));
  const person = once(requestedFor, () => identityRef(requestedFor, organisation.url));
  return {
    _links: {
      self: { href: url },
      web: { href: `${root}/_build/results?buildId=${run.id}` },
      sourceVersionDisplayUri: { href: `${url}/sources` },
      timeline: { href: `${url}/Timeline` },
      badge: { href: `${root}/_apis/build/status/${definition.id}` },
    },
    properties: {},
    tags: [...run.tags],
    validationResults:
      run.validationError === undefined ? [] : [{ result: "error", message: run.validationError }],
    plans: [{ planId: run.planId }],
    triggerInfo: triggerInfo(run),
    ...{ id: run.id, buildNumber: run.buildNumber, status: run.status },
    ...(run.result === undefined ? {} : { result: run.result }),
    queueTime: run.queueTime,
    ...(run.startTime === undefined ? {} : { startTime: run.startTime }),
    ...(run.finishTime === undefined ? {} : { finishTime: run.finishTime }),
    url,
    definition: once(definition, () => definitionRef(organisation, definition)),
    buildNumberRevision: Number(/\d+$/.exec(run.buildNumber)?.[0] ?? 1),
    project: once(project, () => projectRef(organisation, project)),
    uri: `vstfs:///Build/Build/${run.id}`,
    sourceBranch: run.sourceBranch,
    sourceVersion: run.sourceVersion,
    queue,
    priority: "normal",
    reason: run.reason,
    requestedFor: person,
    requestedBy: once(requestedBy, () => identityRef(requestedBy, organisation.url)),
    lastChangedDate: run.lastChanged,
    lastChangedBy: person,
    ...parameters(run),
    orchestrationPlan: { planId: run.planId },
    logs: { id: 0, type: "Container", url: `${url}/logs` },
    repository: {
      ...{ id: repository.id, type: "TfsGit", name: repository.name },
      url: repositoryWeb(organisation, repository),
      clean: null,
      checkoutSubmodules: false,
    },
    keepForever: run.keepForever,
    retainedByRelease: false,
    triggeredByBuild: triggeredBy ? buildRef(organisation, triggeredBy) : null,
    appendCommitMessageToRunName: true,
  };
}

function triggerInfo({ reason, triggerInfo: given, sourceVersion, pullRequest }: Run) {
  if (reason === "individualCI" || reason === "batchedCI") {
    return { "ci.sourceSha": sourceVersion, ...given };
  }
  if (pullRequest) {
    return {
      "pr.number": String(pullRequest.id),
      "pr.isFork": "False",
      "pr.sourceBranch": pullRequest.sourceBranch,
      "pr.sourceSha": pullRequest.sourceCommit,
      ...given,
    };
  }
  return given;
}

function parameters({ parameters: given, variables }: Run) {
  const open = [...variables].filter(([, { isSecret }]) => !isSecret);
  return {
    ...(Object.keys(given).length === 0 ? {} : { templateParameters: given }),
    ...(open.length === 0
      ? {}
      : { parameters: JSON.stringify(Object.fromEntries(open.map(([k, v]) => [k, v.value]))) }),
  };
}

function buildRef(organisation: Host, run: Run) {
  return {
    id: run.id,
    buildNumber: run.buildNumber,
    status: run.status,
    ...(run.result === undefined ? {} : { result: run.result }),
    definition: definitionRef(organisation, run.definition),
    project: projectRef(organisation, run.definition.project),
    url: `${organisation.url}/${run.definition.project.id}/_apis/build/Builds/${run.id}`,
  };
}
