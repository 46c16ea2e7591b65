import type { Host } from "../../azure-devops/host.ts";
import type { Run, TimelineRecord } from "../run.ts";

/** A line of the timeline as REST answers it. */
export function recordJson(organisation: Host, run: Run, record: TimelineRecord) {
  const builds = `${organisation.url}/${run.definition.project.id}/_apis/build/builds/${run.id}`;
  const { issues, log } = record;
  const of = (type: "error" | "warning") => issues.filter((one) => one.type === type).length;
  return {
    previousAttempts: record.previousAttempts,
    ...{ id: record.id, parentId: record.parentId, type: record.type, name: record.name },
    startTime: record.startTime,
    finishTime: record.finishTime,
    currentOperation: record.currentOperation,
    percentComplete: record.percentComplete,
    ...{ state: record.state, result: record.result, resultCode: null, changeId: run.changeId },
    ...{ lastModified: "0001-01-01T00:00:00", workerName: record.workerName, details: null },
    ...{ errorCount: of("error"), warningCount: of("warning"), url: null },
    log: log && { id: log.id, type: "Container", url: `${builds}/logs/${log.id}` },
    ...{ task: record.task, attempt: record.attempt, identifier: record.identifier },
    order: record.order,
    refName: record.refName,
    ...(issues.length === 0
      ? {}
      : {
          issues: issues.map(({ type, message, data }) => ({
            ...{ type, category: "General", message, data },
          })),
        }),
  };
}
