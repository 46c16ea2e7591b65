import assert from "node:assert/strict";
import { createSandbox, type Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { restOf } from "../../../sandbox/test/support/rest.ts";
import { ownersPath } from "../../../core/merge/owners.ts";
import { absentKube } from "../../../kube/kube.ts";
import { findForeignChanges } from "../../../tasks/ValidateManifests/foreign-changes.ts";
import { clientOf } from "../../support/sandbox.ts";

const release = "[shop]\\Release managers";

describe("folders of groups in owners.json", () => {
  let sandbox: Sandbox;
  before(async () => {
    const files = { "prod/a.yaml": "a: 1\n" };
    const branches = { change: { "prod/a.yaml": "a: 2\n" } };
    sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        groups: [
          { name: release, members: ["approver"] },
          { name: "[fabrikam]\\Makers", members: ["developer"] },
        ],
        projects: [{ name: "shop", repositories: [{ name: "manifests", files, branches }] }],
      },
    });
    await restOf(sandbox, "developer").send(
      "POST",
      "shop/_apis/git/repositories/manifests/pullrequests",
      {
        ...{ sourceRefName: "refs/heads/change", targetRefName: "refs/heads/main" },
        title: "Change",
      },
    );
  });
  after(() => sandbox.close());

  const find = (groups: readonly string[]) => {
    const text = JSON.stringify({ kind: "Owners", owners: [{ path: "prod", groups }] });
    return findForeignChanges(
      {
        ...{ folder: ".", comments: false, fetchCharts: false, chartCache: "" },
        ...{ organisationUrl: sandbox.organisationUrl, project: "shop", repository: "manifests" },
        ...{ build: 1, definition: 1, pullRequest: 1 },
      },
      {
        ...{ ado: clientOf(sandbox, "build"), kube: absentKube("not asked"), helm: undefined },
        ...{ now: () => 0, date: () => 0 },
        log: { info: () => undefined, warn: () => undefined, debug: () => undefined },
      },
      { files: new Map([[ownersPath, text]]), changed: ["prod/a.yaml"] },
    );
  };

  it("are open to whoever is in one, and to nobody else", async () => {
    assert.deepEqual(await find([release, "[fabrikam]\\Makers"]), { findings: [], notChecked: [] });
    const { findings, notChecked } = await find([release]);
    assert.match(
      findings[0]?.message ?? "",
      /Dana Developer may not change it: prod is \[shop\]\\Release managers's/,
    );
    assert.deepEqual(notChecked, []);
  });

  it("are closed by a group that cannot be seen, which is named", async () => {
    const { findings, notChecked } = await find(["[shop]\\Gone"]);
    assert.equal(findings.length, 1);
    assert.match(notChecked.join(), /who is in group \[shop\]\\Gone .*there is none, or/);
  });
});
