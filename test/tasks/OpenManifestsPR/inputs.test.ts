import assert from "node:assert/strict";
import { readInputs } from "../../../tasks/OpenManifestsPR/inputs.ts";
import { fakeAgent } from "../common/fake-agent.ts";

const inputs = {
  environment: "dev",
  renderedFolder: "/r",
  project: "shop",
  repository: "shop-manifests",
  targetBranch: "refs/heads/main",
};
const variables = {
  "System.CollectionUri": "https://dev.azure.com/fabrikam/",
  "System.TeamProject": "shop",
  "Build.BuildId": "42",
  "Build.BuildNumber": "20261123.1",
  "Build.DefinitionName": "shop-cd",
  "Build.Repository.Name": "shop",
  "Build.SourceVersion": "abc",
};

describe("the inputs of OpenManifestsPR", () => {
  it("are read once, with the run they belong to", () => {
    const read = readInputs(fakeAgent({ inputs, variables }).agent);
    assert.equal(read.targetBranch, "main");
    assert.equal(read.allowEmpty, false);
    assert.equal(read.run.organisationUrl, "https://dev.azure.com/fabrikam");
    assert.equal(read.run.build, 42);
  });

  it("are refused with every problem at once", () => {
    const bad = { environment: "../x", targetBranch: "--upload-pack=x" };
    assert.throws(() => readInputs(fakeAgent({ inputs: bad }).agent), {
      message: [
        'Input environment: "../x" is not a name of fluxgate.yaml',
        "Input renderedFolder is empty",
        "Input project is empty",
        "Input repository is empty",
        'Input targetBranch: "--upload-pack=x" is not a branch name',
        `Not in an agent job of a pipeline: ${Object.keys(variables).join(", ")} are not set`,
      ].join("\n"),
    });
  });

  for (const targetBranch of ["a..b", "a/", "a.lock", "a b", "@{-1}", "a\nb", "-x"]) {
    it(`refuse ${JSON.stringify(targetBranch)} as branch`, () => {
      const { agent } = fakeAgent({ inputs: { ...inputs, targetBranch }, variables });
      assert.throws(() => readInputs(agent), /is not a branch name/);
    });
  }
});
