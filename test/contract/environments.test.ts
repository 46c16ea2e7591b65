import assert from "node:assert/strict";
import {
  compareCheck,
  type FoundCheck,
  mendedSettings,
  readAsked,
} from "../../core/health-check/found-check.ts";
import { writeHealthCheck } from "../../core/health-check/health-check.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { ask, openTarget, type List, type Refusal, type Target } from "../support/target.ts";

type Environment = { readonly id: number; readonly name: string; readonly description: string };
type Check = {
  readonly id: number;
  readonly version: number;
  readonly timeout: number;
  readonly settings?: { readonly instructions?: string };
};

const preview = "application/json;api-version=7.1-preview";

describe("contract: environments and their checks", function () {
  this.timeout(60_000);
  let target: Target;
  let environment: Environment;
  const name = `fluxgate-test-${Date.now().toString(36)}`;
  const at = (path: string) => `${target.project}/_apis/${path}`;
  before(async () => {
    target = await openTarget([createPipelines({ seed: { definitions: [] } })]);
    const made = await ask<Environment>(target, at("distributedtask/environments"), {
      ...{ method: "POST", body: { name, description: "of a test" } },
    });
    assert.equal(made.status, 200, made.text);
    environment = made.json;
  });
  after(async () => {
    await ask(target, at(`distributedtask/environments/${environment.id}`), { method: "DELETE" });
    await target.close();
  });

  it("are the same in both of their homes", async () => {
    for (const home of ["distributedtask", "pipelines"]) {
      const listed = await ask<List<Environment>>(target, at(`${home}/environments?name=${name}`));
      assert.deepEqual(
        listed.json.value.map((one) => [one.id, one.name, one.description]),
        [[environment.id, name, "of a test"]],
      );
      const records = await ask<List<object>>(
        target,
        at(`${home}/environments/${environment.id}/environmentdeploymentrecords?top=5`),
      );
      assert.deepEqual([records.status, records.json.count], [200, 0]);
    }
    const absent = await ask<Refusal>(target, at("pipelines/environments/99999999"));
    assert.deepEqual([absent.status, absent.json.typeKey], [404, "EnvironmentNotFoundException"]);
  });

  it("take an approval as a check, whose settings are answered on demand", async () => {
    const me = await ask<{ authenticatedUser: { id: string } }>(target, "_apis/connectionData", {
      accept: preview,
    });
    const resource = { type: "environment", id: String(environment.id), name };
    const configurations = at("pipelines/checks/configurations");
    const made = await ask<Check>(target, configurations, {
      method: "POST",
      accept: preview,
      body: {
        type: { id: "8c6f20a7-a545-4486-9777-f762fafe0d4d", name: "Approval" },
        settings: {
          approvers: [{ id: me.json.authenticatedUser.id }],
          ...{ executionOrder: "anyOrder", minRequiredApprovers: 1, instructions: "Look" },
          ...{ blockedApprovers: [], requesterCannotBeApprover: false },
        },
        ...{ resource, timeout: 60 },
      },
    });
    assert.equal(made.status, 200, made.text);
    const query = `?resourceType=environment&resourceId=${environment.id}`;
    const bare = await ask<List<Check>>(target, `${configurations}${query}`, { accept: preview });
    assert.deepEqual(
      bare.json.value.map(({ id, timeout, settings }) => [id, timeout, settings]),
      [[made.json.id, 60, undefined]],
    );
    const whole = await ask<List<Check>>(
      target,
      at("pipelines/checks/queryconfigurations?$expand=settings"),
      { method: "POST", accept: preview, body: [resource] },
    );
    assert.equal(whole.json.value[0]?.settings?.instructions, "Look");
    const gone = await ask(target, `${configurations}/${made.json.id}`, {
      ...{ method: "DELETE", accept: preview },
    });
    assert.equal(gone.status, 204);
    const approvals = await ask<List<object>>(target, at("pipelines/approvals?state=pending"));
    assert.equal(approvals.status, 200);
  });

  it("take a call of Azure DevOps itself as a check, through a connection without credentials", async () => {
    const project = await ask<{ id: string; name: string }>(
      target,
      `_apis/projects/${target.project}`,
    );
    const { id: projectId, name: projectName } = project.json;
    const url = `${target.orgUrl}/`;
    const connection = await ask<{ id: string; url: string }>(
      target,
      "_apis/serviceendpoint/endpoints",
      {
        method: "POST",
        body: {
          ...{ name, url, type: "generic", isShared: false, isReady: true, data: {} },
          authorization: { scheme: "UsernamePassword", parameters: { username: "", password: "" } },
          serviceEndpointProjectReferences: [
            { name, projectReference: { id: projectId, name: projectName } },
          ],
        },
      },
    );
    assert.equal(connection.status, 200, connection.text);
    const { id } = connection.json;
    try {
      // What it would ask for does not matter here: any ids.
      const other = projectId;
      const check = {
        ...{ project: projectId, repository: other, commit: "$(Build.SourceVersion)", name: "dev" },
        ...{ connector: projectId, giveUpAfter: 50 },
      };
      const wanted = writeHealthCheck(check, { ...connection.json, asRun: true });
      const configurations = at("pipelines/checks/configurations");
      const resource = { type: "environment", id: String(environment.id), name };
      const made = await ask<FoundCheck>(target, configurations, {
        ...{ method: "POST", accept: preview, body: { ...wanted, resource } },
      });
      assert.equal(made.status, 200, made.text);
      const of = `${configurations}?resourceType=environment&resourceId=${environment.id}&$expand=settings`;
      const listed = await ask<List<FoundCheck>>(target, of, { accept: preview });
      const found = listed.json.value.find((one) => one.id === made.json.id);
      assert.ok(found);
      assert.deepEqual(readAsked(found), { repository: other, name: "dev" });
      assert.deepEqual(compareCheck(found, wanted), []);
      const longer = writeHealthCheck(
        { ...check, giveUpAfter: 100 },
        { ...connection.json, asRun: true },
      );
      const mended = { ...longer, settings: mendedSettings(found, longer), id: found.id, resource };
      const updated = await ask<FoundCheck>(target, `${configurations}/${found.id}`, {
        ...{ method: "PATCH", accept: preview, body: mended },
      });
      assert.equal(updated.status, 200, updated.text);
      assert.deepEqual(compareCheck(updated.json, longer), []);
      const gone = await ask(target, `${configurations}/${found.id}`, {
        ...{ method: "DELETE", accept: preview },
      });
      assert.equal(gone.status, 204);
    } finally {
      await ask(target, `_apis/serviceendpoint/endpoints/${id}?projectIds=${projectId}`, {
        method: "DELETE",
      });
    }
  });

  it("ask for a preview version where there is no other", async () => {
    const refused = await ask<Refusal>(target, at("pipelines/checks/configurations"));
    assert.deepEqual(
      [refused.status, refused.json.typeKey],
      [400, "VssInvalidPreviewVersionException"],
    );
  });
});
