import { findRepository } from "../find-repository.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import type { Step } from "../yaml/model.ts";

/**
 * Ids of the repositories that a job's token reaches: those that it checks out or names in
 * `uses`, and `self` ("Protect access to repositories in YAML pipelines", the default).
 */
export function reachableRepositories(
  state: PipelinesState,
  run: Run,
  { uses, steps }: { readonly uses: readonly string[]; readonly steps: readonly Step[] },
): readonly string[] {
  return ["self", ...checkedOut(steps), ...uses]
    .map((alias) => findRepository(state, run, alias)?.repository.id)
    .filter((id) => id !== undefined);
}

export function checkedOut(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ action }) =>
    action.kind === "checkout" && action.repository !== "none" ? [action.repository] : [],
  );
}
