import assert from "node:assert/strict";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import type { WaitingFor } from "../../../core/gate/verdict.ts";
import { whatDecides } from "../../../core/gate/what-decides.ts";
import { cluster, input, kustomization, newer, now, running } from "./gate-world.ts";

const words: Readonly<Record<WaitingFor, RegExp>> = {
  merge: /the pull request is completed or abandoned/,
  branch: /on the branch that Flux follows/,
  changes: /Azure DevOps tells what the commit changed/,
  concerned: /deploys these files: assign one by its label, or correct its path or source/,
  cluster: /the cluster's API answers, or the cluster is taken out/,
  observer: /own connector answers on the commit, by the identity that clusters\[\].observer names/,
  suspended: /somebody resumes it \(flux resume\)/,
  applied: /Flux has applied what the commit changed, or says why it cannot/,
  present: /Flux lists the object in an inventory/,
  health: /it is healthy, or has failed for longer than the grace/,
  "health-unknown": /the connector may read it, or healthUnknownSucceeds is set/,
  answers: /Azure DevOps answers as it should/,
  "read-afresh": /by one more look/,
};

describe("what would decide a wait", () => {
  for (const [waitingFor, text] of Object.entries(words)) {
    it(`is told for ${waitingFor}`, () => {
      const said = whatDecides({ waitingFor: waitingFor as WaitingFor });
      assert.match(said, /^Decided (when|by) /);
      assert.match(said, text);
    });
  }

  const decided = (facts: Partial<GateInput>) => {
    const verdict = decide(input(facts), now);
    return verdict.kind === "waiting" ? whatDecides(verdict) : verdict.kind;
  };

  it("is told by what is waited for where that is more than its kind", () => {
    const idle = [cluster({ active: false })];
    assert.equal(
      decided({ clusters: idle }),
      "Decided when one is active (clusters[].state, schedule)",
    );
    const elsewhere = [cluster({ paths: ["prod"] })];
    assert.match(decided({ clusters: elsewhere }), /paths of a cluster take it in/);
    assert.equal(decided({ onBranch: "unknown" }), "Decided when Azure DevOps tells");
    const completed = { kind: "pull-request", id: 7, state: "completed" } as const;
    assert.match(decided({ target: completed }), /Azure DevOps names the merge commit/);
    assert.match(decided({ target: { kind: "unchanged" } }), /a commit of main holds it/);
    const k = kustomization();
    const deleting = [running([{ ...k, deleting: true }])];
    assert.match(decided({ clusters: deleting }), /it is gone .* and made anew/);
    const other = [running([kustomization({ applied: newer })])];
    assert.match(
      decided({ contains: {}, clusters: other }),
      /Azure DevOps tells, or by the next revision/,
    );
  });
});
