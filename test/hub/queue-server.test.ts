import assert from "node:assert/strict";
import { compareManifests } from "../../core/diff/compare-manifests.ts";
import { queueServer } from "../../hub/data/queue-server.ts";
import { absentKube, type Kube } from "../../kube/kube.ts";

const config = (value: string) => ({
  path: "a.yaml",
  text: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: "${value}" }\n`,
});
const changes = {
  analysis: {
    ...compareManifests([config("1")], [config("2")]),
    ...{ others: [], wanted: [], unbuilt: [] },
  },
  noise: { rules: [], problems: [] },
};

/** A door that counts how often it is opened and closed, and how many ask it at once. */
function aDoor({ fails = 0 } = {}) {
  const seen = { opened: 0, closed: 0, atOnce: 0, most: 0 };
  const open = async () => {
    seen.opened += 1;
    if (seen.opened <= fails) throw new Error("not loaded");
    return {
      minor: 36,
      validate: async ({ objects }: { readonly objects: readonly unknown[] }) => {
        seen.most = Math.max(seen.most, (seen.atOnce += 1));
        await Promise.resolve();
        seen.atOnce -= 1;
        return { kind: "validated", objects: objects.map(() => ({ kind: "judged", errors: [] })) };
      },
      close: () => void (seen.closed += 1),
    } as unknown as Kube;
  };
  return { seen, open };
}

describe("asking the API server's own code about several comparisons", () => {
  it("loads it once for all that wait, asks one after the other, and lets it go", async () => {
    const { seen, open } = aDoor();
    const ask = queueServer(open);
    const answers = await Promise.all([ask(changes), ask(changes), ask(changes)]);
    assert.ok(answers.every(({ isKnown }) => isKnown));
    await Promise.resolve();
    assert.deepEqual([seen.opened, seen.most], [1, 1]);
    await ask(changes);
    assert.deepEqual([seen.opened, seen.closed >= 1], [2, true]);
  });

  it("says for the verdict that it could not be asked", async () => {
    const ask = queueServer(() => Promise.resolve(absentKube("it is gone")));
    const { isKnown, gap } = await ask(changes);
    assert.deepEqual([isKnown, gap], [false, "the API server's own code was not asked"]);
    assert.equal((await queueServer(aDoor().open)(changes)).gap, undefined);
  });

  it("asks on after a failure, which is that question's own", async () => {
    const { open } = aDoor({ fails: 1 });
    const ask = queueServer(open);
    const [first, second] = [ask(changes), ask(changes)];
    await assert.rejects(first, /not loaded/);
    assert.equal((await second).isKnown, true);
  });
});
