import assert from "node:assert/strict";
import type { WaitingFor } from "../../../core/gate/verdict.ts";
import { whatDecides } from "../../../core/gate/what-decides.ts";

const words: Readonly<Record<WaitingFor, RegExp>> = {
  merge: /the pull request is completed or abandoned/,
  branch: /on the branch that Flux follows/,
  changes: /Azure DevOps tells what the commit changed/,
  concerned: /deploys these files: assign one by its label, or correct its path or source/,
  cluster: /the cluster's API answers, or the cluster is taken out/,
  observer: /own connector answers on the commit, by the identity that clusters\[\].observer names/,
  suspended: /somebody resumes it \(flux resume\)/,
  applied: /Flux has applied a revision that contains the commit, or says why it cannot/,
  present: /Flux lists the object in an inventory/,
  health: /it is healthy, or has failed for longer than the grace/,
  "health-unknown": /the connector may read it, or healthUnknownSucceeds is set/,
  "read-afresh": /by one more look/,
};

describe("what would decide a wait", () => {
  for (const [waitingFor, text] of Object.entries(words)) {
    it(`is told for ${waitingFor}`, () => {
      const said = whatDecides(waitingFor as WaitingFor);
      assert.match(said, /^Decided (when|by) /);
      assert.match(said, text);
    });
  }
});
