import { createCommit } from "../../clients/git-commit.ts";
import { writeTrailers } from "../../core/run/trailers.ts";
import { runUrl } from "../../core/azure-devops/urls.ts";
import { sourceOf, type Work } from "./deps.ts";
import type { Placement } from "./place-render.ts";

const author = { name: "Fluxgate", email: "noreply@fluxgate.dev" };

/** The commit that a wait is about: the render on top of `parent`, or an empty one for no change. */
export function createCarrier(
  { git, inputs, render, start, now }: Work,
  {
    parent,
    placement,
    isPushed = false,
  }: {
    readonly parent: string;
    readonly placement: Placement;
    /** Straight to the target branch. */
    readonly isPushed?: boolean;
  },
): Promise<string> {
  const { run } = inputs;
  const source = sourceOf({ render, inputs });
  const subject = `${render.delivery} to ${render.environment.name}`;
  const title = placement.unchanged
    ? `Nothing to change: ${subject} (${run.buildNumber})`
    : `Deploy ${subject} (${run.buildNumber})`;
  const trailers = writeTrailers({
    source: `${source.repository}@${source.commit}`,
    run: runUrl(run),
    delivery: render.delivery,
    environment: render.environment.name,
    started: new Date(start.stage).toISOString(),
    ...(placement.unchanged ? { operation: "none" } : isPushed ? { operation: "pushed" } : {}),
  });
  return createCommit(git, {
    parent,
    message: `${title}\n\n${trailers}\n`,
    author,
    time: now() / 1000,
    writes: placement.writes,
    deletes: placement.deletes,
  });
}
