// https://learn.microsoft.com/azure/devops/pipelines/process/approvals#branch-control
import { checkedOut } from "../engine/reachable-repositories.ts";
import { findRepository } from "../find-repository.ts";
import type { PipelinesState } from "../state.ts";
import { matchesPattern } from "../triggers/filters.ts";
import type { OpenCheck, Verdict } from "./run-check.ts";

type Inputs = Readonly<Record<string, string | boolean | undefined>>;

/** Are the run and the repositories that the stage takes sources from on allowed branches? */
export async function checkBranches(state: PipelinesState, open: OpenCheck): Promise<Verdict> {
  const { run, stage, configuration, say } = open;
  const inputs = (configuration.settings["inputs"] ?? {}) as Inputs;
  const allowed = String(inputs["allowedBranches"] ?? "*")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
  if (String(inputs["ensureProtectionOfBranch"] ?? "false").toLowerCase() === "true") {
    throw new Error("The sandbox does not verify that a branch is protected (branch control).");
  }
  const others = stage.jobs.flatMap(({ steps }) => checkedOut(steps));
  const branches = [
    run.sourceBranch,
    ...others
      .filter((alias) => alias !== "self")
      .flatMap((alias) => findRepository(state, run, alias)?.ref ?? []),
  ];
  const wrong = branches.find((branch) => !allowed.some((one) => matchesPattern(branch, one)));
  if (wrong === undefined) return "approved";
  say(`##[error]Branch ${wrong} is not allowed: ${allowed.join(", ")}`);
  return "rejected";
}
