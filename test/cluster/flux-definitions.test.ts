import assert from "node:assert/strict";
import { fluxCases } from "../kube/flux-cases.ts";
import { changed, mistakesIn } from "../kube/server-case.ts";
import { useApiServer } from "./api-server.ts";

// Flux's own install brings the definitions here. The module judges the same objects by those that it
// carries: test/kube/flux-definitions.test.ts.
describe("Flux's kinds and what the real API server says of them", function () {
  this.timeout(120_000);
  const server = useApiServer();

  for (const [kind, one] of Object.entries(fluxCases)) {
    it(`are as test/kube/flux-cases.ts says: ${kind}`, async () => {
      const path = await server.pathOf(changed(one.valid));
      const asked = [{}, ...(one.fine ?? []), ...mistakesIn(one)];
      const refused: object[] = [];
      for (const change of asked) {
        const how = { strict: true, dryRun: true };
        const said = await server.refusal(path, changed(one.valid, change), how);
        if (said !== undefined) refused.push(change);
      }
      assert.deepEqual(refused, mistakesIn(one));
    });
  }
});
