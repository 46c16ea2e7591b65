import assert from "node:assert/strict";
import { definitionsOf, type Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { templatePipelines } from "./template-pipelines.ts";

const pipeline = (template: string, under: "stages" | "jobs") => `trigger: none
resources:
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
${under}:
  - template: ${template}@templates
    parameters: { environments: [] }
`;

// Without this no job would validate or compare anything, and the run be green.
describe("a template that is given no environment", function () {
  this.timeout(240_000);
  let pipelines: Pipelines;
  before(async () => {
    const files = { "ci.yml": pipeline("ci.yml", "stages"), "pr.yml": pipeline("pr.yml", "jobs") };
    const definitions = definitionsOf("ci", "pr");
    pipelines = await templatePipelines([{ name: "app", files }], { definitions });
  });
  after(() => pipelines.sandbox.close());

  for (const [id, template] of [
    [1, "ci.yml"],
    [2, "pr.yml"],
  ] as const) {
    it(`fails and says what to name: ${template}`, async () => {
      const { id: build } = await pipelines.start(id);
      assert.equal((await pipelines.ended(build)).result, "failed");
      assert.match(
        await pipelines.log(build),
        new RegExp(`The parameter environments of ${template} is empty: name the environments`),
      );
      const steps = await pipelines.results(build, "Task");
      assert.equal(steps["Publish the delivery"] ?? "skipped", "skipped");
    });
  }
});
