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
        'Input targetBranch: "--upload-pack=x" is no branch name that is taken: letters a to z, digits and . _ / @ + -, as git allows them',
        `Not in an agent job of a pipeline: ${Object.keys(variables).join(", ")} are not set`,
      ].join("\n"),
    });
  });

  const read = (more: Readonly<Record<string, string>>) =>
    readInputs(fakeAgent({ inputs: { ...inputs, ...more }, variables }).agent);

  it("leave drafts, labels and work items to fluxgate.yaml unless they name some", () => {
    const { draftOnRisk, labels, workItems, linkWorkItems } = read({});
    assert.deepEqual([draftOnRisk, labels, workItems, linkWorkItems], [undefined, [], [], false]);
    assert.deepEqual(read({ draftOnRisk: "none" }).draftOnRisk, []);
  });

  it("take mode, reviewers and title; what fluxgate.yaml says where they are left as they are", () => {
    const { mode, title } = read({ mode: "default" });
    assert.deepEqual([mode, title], [undefined, undefined]);
    const given = read({
      ...{ mode: "direct", title: "${environment}", requiredReviewers: "[shop]\\A B, x@y.com" },
    });
    assert.deepEqual(given.requiredReviewers, ["[shop]\\A B", "x@y.com"]);
    assert.deepEqual([given.mode, given.title], ["direct", "${environment}"]);
    assert.throws(() => read({ mode: "push", title: "${who}" }), {
      message: /Input mode: "push" is none of default, review, direct\nInput title: "\$\{who\}"/,
    });
  });

  it("take lists by commas and lines, and work items as people write them", () => {
    const { draftOnRisk, labels, workItems } = read({
      draftOnRisk: "high, grant",
      labels: "prod\nneeds care,",
      workItems: "12, #13\nAB#14,12",
    });
    assert.deepEqual(draftOnRisk, ["high", "grant"]);
    assert.deepEqual(labels, ["prod", "needs care"]);
    assert.deepEqual(workItems, [12, 13, 14]);
  });

  it("refuse kinds of risks, labels and work items that are none", () => {
    const bad = { draftOnRisk: "high,danger", labels: "a;b", workItems: "12,x,0" };
    assert.throws(
      () => read(bad),
      (error: Error) => {
        const [risk = "", ...others] = error.message.split("\n");
        assert.match(risk, /^Input draftOnRisk: "danger" is none of none, high, medium, removal, /);
        assert.deepEqual(others, [
          'Input labels: "a;b" is no name of a label',
          'Input workItems: "x" is no id of a work item',
          'Input workItems: "0" is no id of a work item',
        ]);
        return true;
      },
    );
  });

  for (const targetBranch of ["a..b", "a/", "a.lock", "a b", "@{-1}", "a\nb", "-x"]) {
    it(`refuse ${JSON.stringify(targetBranch)} as branch`, () => {
      const { agent } = fakeAgent({ inputs: { ...inputs, targetBranch }, variables });
      assert.throws(() => readInputs(agent), /is no branch name that is taken/);
    });
  }
});
