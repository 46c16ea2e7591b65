import assert from "node:assert/strict";
import { canonical } from "../../../core/diff/values.ts";
import { identityKey } from "../../../core/manifests/identity.ts";
import { useKube } from "../../support/kube.ts";
import { appliedTree, type AppliedTree } from "./applied-trees.ts";
import { compareBuilt } from "./built-sides.ts";
import { randomTrees } from "./random-trees.ts";

// FLUXGATE_TREES=1000 tries more of them.
const amount = Number(process.env["FLUXGATE_TREES"] ?? 40);

describe("a comparison that says that it is complete", function () {
  this.timeout(60_000 + amount * 10_000);
  const kube = useKube();

  it("names all that the builds of every Flux Kustomization have as another, before and after", async () => {
    const trees = randomTrees(Number(process.env["FLUXGATE_SEED"] ?? 11));
    let complete = 0;
    for (let at = 0; at < amount; at += 1) {
      const { before, after, edits } = trees.next();
      const [old, now] = [await appliedTree(kube(), before), await appliedTree(kube(), after)];
      if (old === undefined || now === undefined) continue;
      const [was, is] = [textsOf(old), textsOf(now)];
      const { compared } = await compareBuilt(kube(), before, after);
      if (!compared.complete) continue;
      complete += 1;
      const said = new Set(
        compared.objects.flatMap(({ identity, renamedFrom }) => [
          identityKey(identity),
          ...(renamedFrom === undefined
            ? []
            : [identityKey({ ...identity, name: renamedFrom.split("/").at(-1) ?? "" })]),
        ]),
      );
      const missed = [...new Set([...was.keys(), ...is.keys()])].filter(
        (key) => was.get(key) !== is.get(key) && !said.has(key),
      );
      assert.deepEqual(
        missed,
        [],
        `${at}: ${edits.join(", ")}\n${JSON.stringify({ before, after })}`,
      );
    }
    assert.ok(complete > amount / 3, `${complete} of ${amount} were complete`);
  });
});

function textsOf({ objects }: AppliedTree): ReadonlyMap<string, string> {
  return new Map([...objects].map(([key, object]) => [key, canonical(object)]));
}
