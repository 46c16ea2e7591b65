import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { eventually } from "../support/eventually.ts";
import { pipelinesWith } from "./pipelines-harness.ts";

const yaml = `
trigger: none
jobs:
  - job: work
    steps:
      - checkout: none
      - bash: |
          trap "" TERM
          echo pid=$$
          while true; do sleep 1; done
  - job: wait
    pool: server
    steps:
      - task: WaitForFlux@1
        inputs: { repository: app, commit: $(Build.SourceVersion), delivery: shop, environment: dev }
`;

describe("a sandbox with runs in progress", function () {
  this.timeout(40_000);

  it("is reset and closed without leaving a process, even one that does not want to end", async () => {
    const pipelines = await pipelinesWith({ app: { "ci.yml": yaml } });
    const begin = async () => {
      const { id } = await pipelines.start();
      await pipelines.waiting(id);
      return eventually("the process", async () =>
        /^pid=(\d+)$/m.exec(await pipelines.log(id))?.at(1),
      );
    };
    const first = await begin();
    await pipelines.sandbox.reset();
    assert.ok(!existsSync(`/proc/${first}`));
    assert.deepEqual(await pipelines.builds(), []);
    const second = await begin();
    await pipelines.sandbox.close();
    assert.ok(!existsSync(`/proc/${second}`));
  });
});
