import assert from "node:assert/strict";
import { useKube } from "../support/kube.ts";
import { idioms } from "./idioms/read.ts";

// A real API server says the same: test/cluster/idioms.test.ts.
describe("what teams write", function () {
  this.timeout(120_000);
  const kube = useKube();
  const judged = async (file: "taken" | "refused") => {
    const objects = idioms(file);
    const result = await kube().validate({ objects: objects.map((object) => ({ object })) });
    if (result.kind !== "validated") return assert.fail(JSON.stringify(result));
    return objects.map((object, index) => ({
      name: `${object.kind} ${object.metadata.name}`,
      errors: result.objects[index]?.errors.map(({ field, text }) => `${field}: ${text}`) ?? [],
    }));
  };

  it("is no alarm where every cluster takes it", async () => {
    const alarmed = (await judged("taken")).filter(({ errors }) => errors.length > 0);
    assert.deepEqual(alarmed, []);
  });

  it("is one where none does, however usual it looks", async () => {
    const missed = (await judged("refused")).filter(({ errors }) => errors.length === 0);
    assert.deepEqual(missed, []);
  });
});
