import assert from "node:assert/strict";
import { definitionsOf, pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const files = {
  "begun.yml": `trigger: none
steps:
  - bash: git init --quiet . && echo mine > left-over
  - checkout: self
  - bash: echo "FROM=$(git remote get-url origin) LEFT=$(echo *)"
`,
  "twice.yml": `trigger: none
steps:
  - checkout: self
  - bash: echo mine > app/made
  - checkout: self
  - bash: echo "MADE=$(cd app && echo *)"
`,
};

describe("a checkout", () => {
  let pipelines: Pipelines;
  before(async () => {
    const definitions = definitionsOf("begun", "twice");
    pipelines = await pipelinesWith({ app: files, seed: { definitions } });
  });
  after(() => pipelines.sandbox.close());

  async function logOf(id: number): Promise<string> {
    const run = await pipelines.start(id);
    assert.equal((await pipelines.ended(run.id)).result, "succeeded");
    return pipelines.log(run.id);
  }

  it("takes away a repository that a script began in its place", async () => {
    assert.match(await logOf(1), /FROM=http:\S+\/_git\/app LEFT=begun\.yml twice\.yml$/m);
  });

  it("leaves what was made in a checkout of the same repository", async () => {
    assert.match(await logOf(2), /MADE=begun\.yml made twice\.yml$/m);
  });
});
