import assert from "node:assert/strict";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { useKube } from "../support/kube.ts";
import { changedCustom, type CustomCase, customCases } from "./custom-resources/read.ts";

// A real API server says the same: test/cluster/custom-resources.test.ts.
describe("custom resources", function () {
  this.timeout(120_000);
  const kube = useKube();

  for (const one of customCases()) {
    it(`are judged by their definition as the API server does: ${one.name}`, async () => {
      const created = await different(one, "refused");
      const updated = await different(one, "taken", one.valid);
      assert.deepEqual([...created, ...updated], []);
    });
  }

  async function different(
    one: CustomCase,
    later: "taken" | "refused",
    before?: KubernetesObject,
  ): Promise<readonly string[]> {
    const update = later === "taken" ? "refused" : "taken";
    const expected = { fine: "taken", wrong: "refused", update, later } as const;
    const changes = (["fine", "wrong", "update", "later"] as const).flatMap((list) =>
      one[list].map((change) => ({ list, change })),
    );
    const all = [{ list: "fine", change: {} } as const, ...changes];
    const objects = all.map(({ change }) => {
      const object = changedCustom(one, change);
      // Another name is another object.
      const isSame = object.metadata.name === before?.metadata.name;
      return { object, ...(before && isSame && { before }) };
    });
    const said = await kube().validate({ objects, definitions: [one.definition] });
    if (said.kind !== "validated") return assert.fail(JSON.stringify(said));
    return all.flatMap(({ list, change }, index) => {
      const errors = said.objects[index]?.errors ?? [];
      if ((errors.length === 0) === (expected[list] === "taken")) return [];
      const told = errors.map(({ field, text }) => `${field}: ${text}`).join("; ");
      return [`${before ? "update" : "create"} ${list} ${JSON.stringify(change)}: ${told}`];
    });
  }
});
