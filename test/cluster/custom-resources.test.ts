import assert from "node:assert/strict";
import { changedCustom, type CustomCase, customCases } from "../kube/custom-resources/read.ts";
import { eventually } from "../support/eventually.ts";
import { useApiServer } from "./api-server.ts";

// The module judges the same objects: test/kube/custom-resources.test.ts.
describe("custom resources and what the real API server says of them", function () {
  this.timeout(120_000);
  const server = useApiServer();

  for (const one of customCases()) {
    it(`are as test/kube/custom-resources says: ${one.name}`, async () => {
      const path = await served(one);
      const created = await different(one, path, "refused");
      assert.equal(await server.refusal(path, one.valid, { strict: true }), undefined);
      const updated = await different(one, path, "taken");
      await server.remove(path);
      assert.deepEqual([...created, ...updated], []);
    });
  }

  async function served({ definition, valid }: CustomCase): Promise<string> {
    await server.apply(await server.pathOf(definition), definition, { strict: true });
    return eventually("the definition", async () => {
      const path = await server.pathOf(valid).catch(() => undefined);
      if (path === undefined) return undefined;
      const said = await server.refusal(path, valid, { strict: true, dryRun: true });
      return said === undefined ? path : undefined;
    });
  }

  /** What is answered otherwise than the file says; `later` is what the changes of that name get. */
  async function different(one: CustomCase, path: string, later: "taken" | "refused") {
    const update = later === "taken" ? "refused" : "taken";
    const expected = { fine: "taken", wrong: "refused", update, later } as const;
    const found: string[] = [];
    for (const list of ["fine", "wrong", "update", "later"] as const) {
      for (const change of one[list]) {
        const object = changedCustom(one, change);
        const named = path.replace(/[^/]*$/, encodeURIComponent(object.metadata.name));
        const said = await server.refusal(named, object, { strict: true, dryRun: true });
        if ((said === undefined) === (expected[list] === "taken")) continue;
        found.push(`${list} ${JSON.stringify(change)}: ${said ?? "taken"}`.slice(0, 600));
      }
    }
    return found;
  }
});
