import { getBuild, getTimeline } from "../../clients/azure-devops/builds.ts";
import type { Build, Timeline } from "../../core/azure-devops/types.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { FluxgateError } from "../../core/errors.ts";
import type { RunContext } from "./run-context.ts";

/** When this run, and this attempt of its stage, began, by the service's clock. */
export type RunStart = {
  /** Undefined where this job may not read its own run. */
  readonly build: Build | undefined;
  /** ms since 1970. */
  readonly stage: number;
};

export async function readStart(
  { ado, now }: { readonly ado: AzureDevOps; readonly now: () => number },
  { project, build: id, stageName, stageAttempt = 1 }: RunContext,
): Promise<RunStart> {
  // Without it more has to be read, and this machine's clock has to do; nothing else depends on it.
  const build = await getBuild(ado, { project, build: id }).catch(nothing);
  const timeline = build && (await getTimeline(ado, { project, build: id }).catch(nothing));
  const stage = Date.parse(stageStart(timeline, { stageName, stageAttempt }) ?? "");
  return { build, stage: Number.isNaN(stage) ? now() : stage };
}

function stageStart(
  timeline: Timeline | undefined,
  {
    stageName,
    stageAttempt,
  }: { readonly stageName: string | undefined; readonly stageAttempt: number },
): string | null | undefined {
  const stage = timeline?.records.find(
    ({ type, identifier, name, attempt = 1 }) =>
      type === "Stage" && (identifier ?? name) === stageName && attempt === stageAttempt,
  );
  return stage?.startTime;
}

function nothing(error: unknown): undefined {
  if (!(error instanceof FluxgateError)) throw error;
}
