// What comes to the branch after X while Flux works on it.
import { old, x, type TreeCommit } from "../a-tree-repository.ts";
import type { Layout } from "./random-layouts.ts";

export type Push = {
  readonly commit: TreeCommit;
  readonly does: string;
  /** The connector is not away until the next one. */
  readonly isLookedAt: boolean;
};

type Story =
  "alone" | "another environment" | "a second delivery" | "rewritten" | "rewritten unseen";

const stories: readonly Story[] = [
  ...["alone", "alone", "another environment", "a second delivery", "a second delivery"],
  ...["a second delivery", "rewritten", "rewritten unseen"],
] as const satisfies readonly Story[];

/** @param chance at least 0, less than 1 */
export function storyFrom(chance: number): Story {
  return stories[Math.floor(chance * stories.length)] ?? "alone";
}

const [y, z] = ["c".repeat(40), "d".repeat(40)];

export function pushesOf({ before, after, later }: Layout, story: Story): readonly Push[] {
  const others = { "clusters/dev/other.yaml": "# nothing of prod\n" };
  const second = { ...{ id: y, tree: later, parent: x } };
  const rewrite = { id: z, tree: { ...before, ...others }, parent: old };
  switch (story) {
    case "alone":
      return [];
    case "another environment":
      return [pushed({ ...second, tree: { ...after, ...others } }, "another environment changes")];
    case "a second delivery":
      return [pushed(second, "a second delivery lands")];
    case "rewritten":
      return [pushed(rewrite, "the branch is rewritten")];
    case "rewritten unseen":
      return [
        { ...pushed(rewrite, "the branch is rewritten, unseen"), isLookedAt: false },
        pushed(second, "the branch is as it was, and a second delivery lands"),
      ];
  }
}

function pushed(commit: TreeCommit, does: string): Push {
  return { commit, does, isLookedAt: true };
}
