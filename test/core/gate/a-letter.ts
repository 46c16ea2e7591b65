// A letter that fits in every way, for tests that change one thing of it.
import { parseLetter, waitTaskId } from "../../../core/run/letter.ts";
import type {
  Build,
  CommitStatus,
  IdentityRef,
  TimelineRecord,
} from "../../../core/azure-devops/types.ts";
import type { LetterFacts } from "../../../core/gate/letter-facts.ts";

export const host = "1111111a-1111-4111-8111-111111111111";
export const project = "22222222-2222-4222-8222-222222222222";
export const jobId = "3333333b-3333-4333-8333-333333333333";
export const taskId = "4444444c-4444-4444-8444-444444444444";
export const carrier = "a".repeat(40);
const organisationUrl = "https://dev.azure.com/fabrikam";
export const runUrl = `${organisationUrl}/shop/_build/results?buildId=7`;

export function buildService(id: string): IdentityRef {
  const descriptor = `svc.${Buffer.from(`${host}:Build:${id}`).toString("base64url")}`;
  return { id: "i", displayName: "shop Build Service", descriptor };
}

export const status: CommitStatus = {
  id: 1,
  state: "pending",
  description: "Waiting for Flux (timeoutInMinutes: 60)",
  targetUrl: `${runUrl}&view=logs&j=${jobId}&t=${taskId}`,
  context: { genre: "fluxgate", name: "wait/shop/dev" },
  createdBy: buildService(project),
  creationDate: "2026-11-23T12:00:05Z",
};
export const task: TimelineRecord = {
  ...{ id: taskId, parentId: jobId, type: "Task", name: "Wait", state: "pending" },
  task: { id: waitTaskId, name: "WaitForFlux" },
};
export const job: TimelineRecord = {
  ...{ id: jobId, type: "Job", name: "wait", state: "inProgress" },
  startTime: "2026-11-23T12:00:00Z",
};
export const build: Build = {
  ...{ id: 7, buildNumber: "1", status: "inProgress", sourceBranch: "refs/heads/main" },
  startTime: "2026-11-23T11:59:00Z",
  definition: { id: 3, name: "shop-cd" },
  project: { id: project, name: "shop" },
  sourceVersion: "b".repeat(40),
  repository: { id: "code", type: "TfsGit" },
};
export const trailers = { source: "shop@b", run: runUrl, delivery: "shop", environment: "dev" };

export function facts(change: Partial<LetterFacts> = {}): LetterFacts {
  const letter = parseLetter(status);
  if (!letter) throw new Error("the status is no letter");
  return {
    ...{ letter, status, build, host },
    timeline: { id: "t", records: [job, task] },
    carrier: { commit: carrier, trailers },
    manifestsRepository: { id: "manifests", branch: "main" },
    runHeads: [carrier],
    letters: [{ commit: carrier, status }],
    allowed: [{ environment: "dev" }, { environment: "prod" }],
    ...change,
  };
}

export const withRecords = (...records: readonly TimelineRecord[]) => ({
  timeline: { id: "t", records },
});
