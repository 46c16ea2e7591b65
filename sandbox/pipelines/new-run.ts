import type { RunRequest } from "./run-request.ts";
import type { Run } from "./run.ts";

/** A run before anything of it has begun. */
export function newRun(
  request: RunRequest & {
    readonly id: number;
    readonly planId: string;
    readonly branch: string;
    readonly commit: string;
    readonly now: string;
  },
): Run {
  const { definition, reason, id, planId, branch, commit, by, now } = request;
  return {
    ...{ id, definition, definitionRevision: definition.revision, planId, reason },
    ...{ queueTime: now, lastChanged: now, sourceBranch: branch, sourceVersion: commit },
    ...{ requestedFor: by, requestedBy: by, parameters: request.parameters ?? {} },
    variables: request.variables ?? new Map(),
    refs: request.refs ?? {},
    triggeredBy: request.triggeredBy,
    triggerInfo: request.triggerInfo ?? {},
    pullRequest: request.pullRequest,
    stagesToSkip: new Set(request.stagesToSkip),
    ...{ pipelineRuns: new Map(), buildNumber: "", pipeline: undefined, changeId: 1 },
    ...{ status: "notStarted", result: undefined, startTime: undefined, finishTime: undefined },
    ...{ keepForever: false, validationError: undefined, tags: new Set(), properties: new Map() },
    ...{ records: new Map(), pastRecords: new Map(), logs: new Map(), feed: new Map() },
    ...{ artifacts: new Map(), attachments: [], stageResults: new Map(), attempts: new Map() },
    ...{ outputs: new Map(), jobResults: new Map(), waiting: new Map() },
    ...{ cancellations: new Set(), cancelledStages: new Set(), startedStages: new Set() },
    stageStarts: new Map(),
    secrets: new Set(),
  };
}
