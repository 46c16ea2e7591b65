import assert from "node:assert/strict";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { emptyMemory } from "../../../core/gate/memory.ts";
import { input, kustomization, now, older, pulling, running, x } from "./gate-world.ts";
import { describeRows, kindOf, type Row } from "./rows.ts";

const active = { kind: "pull-request", id: 7, state: "active" } as const;
const suspended = kustomization({ spec: { suspend: true } });

const commitRows: readonly Row[] = [
  { says: "X is the merge commit, once completed", given: {}, then: "succeeded" },
  { says: "before: waiting for the merge", given: { target: active }, then: "waiting merge" },
  {
    says: "before the merge no Flux failure counts",
    given: { target: active, clusters: [running([kustomization(), suspended], pulling)] },
    then: "waiting merge",
    later: true,
  },
  {
    says: "a pull request with conflicts says so",
    given: { target: { ...active, conflicts: true } },
    then: "waiting merge",
    text: /it has conflicts/,
  },
  {
    says: "a draft says that somebody has to publish it",
    given: { target: { ...active, draft: true } },
    then: "waiting merge",
    text: /a draft that nobody has published yet/,
  },
  {
    says: "a completed one whose merge commit is not known yet",
    given: { target: { ...active, state: "completed" } },
    then: "waiting merge",
  },
  {
    says: "for operation none, the last commit that changed the delivery's files",
    given: { target: { kind: "unchanged", commit: x } },
    then: "succeeded",
  },
  {
    says: "operation none without any such commit is never green",
    given: { target: { kind: "unchanged" } },
    then: "waiting changes",
  },
  {
    says: "otherwise X is the carrier",
    given: { target: { kind: "commit", commit: x } },
    then: "succeeded",
  },
];

describeRows("X", commitRows);

describe("decide(): X", () => {
  it("waits while it is not known what X changed", () => {
    const unknown: Partial<GateInput> = { ...input() };
    delete (unknown as { changed?: unknown }).changed;
    assert.equal(kindOf(decide(unknown as GateInput, now)), "waiting changes");
  });

  it("forgets what it remembers of another X", () => {
    const memory = { ...emptyMemory, commit: older, seenOnBranch: true };
    assert.equal(kindOf(decide(input({ onBranch: "no", memory }), now)), "waiting branch");
  });
});
