import assert from "node:assert/strict";
import { pipelinesWith } from "./pipelines-harness.ts";

describe("a pipeline of the old form", () => {
  it("runs its phases as jobs", async () => {
    const yaml = `trigger: none
phases:
  - phase: first
    queue: Default
    steps: [{ checkout: none }, { bash: echo one }]
  - phase: each
    dependsOn: first
    queue: { name: Default, matrix: { x: { V: two }, y: { V: three } } }
    steps: [{ checkout: none }, { bash: echo $(V) }]
`;
    const pipelines = await pipelinesWith({ app: { "ci.yml": yaml } });
    try {
      const { id } = await pipelines.start();
      assert.equal((await pipelines.ended(id)).result, "succeeded");
      const log = await pipelines.log(id);
      for (const text of ["one", "two", "three"]) assert.match(log, new RegExp(`^${text}$`, "m"));
    } finally {
      await pipelines.sandbox.close();
    }
  });
});
