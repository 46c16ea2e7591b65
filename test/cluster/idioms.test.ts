import assert from "node:assert/strict";
import { idioms } from "../kube/idioms/read.ts";
import { useApiServer } from "./api-server.ts";

describe("what teams write", function () {
  this.timeout(120_000);
  const server = useApiServer();

  for (const file of ["taken", "refused"] as const) {
    it(`is ${file} by the real API server as test/kube/idioms says`, async () => {
      const wrong: string[] = [];
      for (const object of idioms(file)) {
        const path = await server.pathOf(object);
        const said = await server.refusal(path, object, { strict: true, dryRun: true });
        if ((said === undefined) !== (file === "taken")) {
          wrong.push(`${object.kind} ${object.metadata.name}: ${said ?? "taken"}`);
        }
      }
      assert.deepEqual(wrong, []);
    });
  }
});
