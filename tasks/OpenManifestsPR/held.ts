import { pullRequestUrl } from "../../core/azure-devops/urls.ts";
import { InputError, TerminalError } from "../../core/errors.ts";
import { inFolder } from "../../core/render/ownership-index.ts";
import { holdPath, holdText, isHeld, parseHold } from "../../core/rollback/hold.ts";
import type { Work } from "./deps.ts";
import type { Placement } from "./place-render.ts";
import type { Siblings } from "./siblings.ts";

/**
 * Refuses to deploy again what somebody holds, or is taking back right now.
 * @throws TerminalError `held`; InputError for a hold that cannot be read.
 */
export function refuseHeld(
  work: Work,
  { placement, siblings }: { readonly placement: Placement; readonly siblings: Siblings },
): void {
  if (placement.unchanged) return;
  const { render, inputs, address } = work;
  const subject = `${render.delivery} to ${render.environment.name}`;
  const taking = siblings.others
    .filter(({ isRollback }) => isRollback)
    .flatMap(({ attempt }) => attempt.pullRequests)
    .find(({ status }) => status === "active");
  if (taking !== undefined) {
    const url = pullRequestUrl(address, taking.pullRequestId);
    throw new TerminalError(`Failed to deploy ${subject}: it is being rolled back by ${url}`, {
      code: "held",
      hint: "Complete or abandon that pull request, then retry the stage.",
    });
  }
  if (placement.hold === undefined) return;
  const file = inFolder(render.environment.path, holdPath(render.delivery));
  const parsed = parseHold(placement.hold, file);
  if ("problem" in parsed) throw new InputError([parsed.problem], { code: "held" });
  const { hold } = parsed;
  const apps = hold.apps?.filter((app) => placement.apps.includes(app));
  if (!isHeld(hold, work.now()) || apps?.length === 0) return;
  const what = apps === undefined ? subject : `${apps.join(", ")} of ${subject}`;
  throw new TerminalError(`Failed to deploy ${what}: ${holdText(hold)}`, {
    code: "held",
    hint: `A pull request that deletes ${file} on ${inputs.targetBranch} lifts it; then retry the stage.`,
  });
}
