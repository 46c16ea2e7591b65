import type { GateInput } from "./gate-input.ts";
import type { GateMemory } from "./memory.ts";
import { emptyMemory } from "./memory.ts";
import type { GateOutcome } from "./verdict.ts";

/** The memory of what is decided on now: another X starts afresh. */
export function memoryOf(input: GateInput): GateMemory {
  const commit = commitOfTarget(input);
  const { memory } = input;
  if (memory.commit === commit) return memory;
  // What was seen before there was an X is of before X.
  const { configDigest } = memory.commit === undefined ? memory : emptyMemory;
  return commit === undefined ? emptyMemory : { ...emptyMemory, configDigest, commit };
}

/** X; undefined while there is none. */
export function commitOfTarget({ target }: Pick<GateInput, "target">): string | undefined {
  switch (target.kind) {
    case "pull-request":
      return target.state === "completed" ? target.commit : undefined;
    case "unchanged":
    case "commit":
      return target.commit;
  }
}

/** Where a pull request goes that does not go to the branch that Flux follows. */
export function intoText({ into }: { readonly into?: string }): string {
  return into === undefined ? "" : ` into ${into}`;
}

/** Why there is no X to judge yet, or never will be. */
export function withoutCommit({ target, branch }: GateInput): GateOutcome {
  if (target.kind !== "pull-request") {
    const text = `no commit of ${branch} holds what this run rendered yet`;
    const decides = `Decided when a commit of ${branch} holds it`;
    return { kind: "waiting", waitingFor: "changes", text, decides };
  }
  switch (target.state) {
    case "abandoned": {
      const by = target.abandoned === undefined ? "" : `: ${target.abandoned}`;
      const text = `pull request !${target.id} was abandoned${by}`;
      return { kind: "failed", failure: "abandoned", text };
    }
    case "active": {
      const draft = target.draft ? ", a draft that nobody has published yet" : "";
      const blocked = target.conflicts ? ", it has conflicts" : "";
      const elsewhere =
        target.into === undefined ? "" : `, which goes to ${target.into}, not ${branch}`;
      const lost = target.branchless
        ? ", whose branch is gone: restore the branch, or abandon it and retry this stage"
        : "";
      const state = `${elsewhere}${draft}${blocked}${lost}`;
      const text = `waiting for the merge of pull request !${target.id}${state}`;
      return { kind: "waiting", waitingFor: "merge", text };
    }
    case "completed": {
      const text = `pull request !${target.id} is completed, its merge commit is not known yet`;
      const decides = "Decided when Azure DevOps names the merge commit";
      return { kind: "waiting", waitingFor: "merge", text, decides };
    }
  }
}

/** The wait's time is over: what it was waiting for, and how to go on. */
export function expired({ target }: GateInput, waitingText: string): GateOutcome {
  const unmerged = target.kind === "pull-request" && target.state === "active";
  const what = unmerged ? `pull request !${target.id} is not merged yet` : waitingText;
  return {
    kind: "failed",
    failure: "expired",
    // UNVERIFIED where the run was cancelled: docs/unverified.md, 23.
    text: `${what}: retry this stage to go on waiting`,
  };
}
