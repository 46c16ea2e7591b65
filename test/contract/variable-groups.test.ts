import assert from "node:assert/strict";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { ask, openTarget, type List, type Refusal, type Target } from "../support/target.ts";

type Group = {
  readonly id: number;
  readonly name: string;
  readonly variables: Readonly<
    Record<string, { readonly value: string | null; readonly isSecret?: boolean }>
  >;
  readonly variableGroupProjectReferences: readonly object[] | null;
};

describe("contract: variable groups", function () {
  this.timeout(60_000);
  let target: Target;
  let project: { readonly id: string; readonly name: string };
  const name = `fluxgate-test-${Date.now().toString(36)}`;
  before(async () => {
    target = await openTarget([createPipelines({ seed: { definitions: [] } })]);
    const { json } = await ask<typeof project>(target, `_apis/projects/${target.project}`);
    project = { id: json.id, name: json.name };
  });
  after(() => target.close());

  const own = (path = "") => `${target.project}/_apis/distributedtask/variablegroups${path}`;
  const all = (path = "") => `_apis/distributedtask/variablegroups${path}`;
  const body = (variables: object) => ({
    ...{ name, type: "Vsts", description: "of a test", variables },
    variableGroupProjectReferences: [{ name, projectReference: project }],
  });

  it("are made for a project, answer no secret, keep one that is not sent, and go", async () => {
    const made = await ask<Group>(target, all(), {
      method: "POST",
      body: body({ open: { value: "1" }, secret: { value: "2", isSecret: true } }),
    });
    assert.equal(made.status, 200);
    assert.deepEqual(made.json.variables, {
      open: { value: "1" },
      secret: { value: null, isSecret: true },
    });
    const taken = await ask<Refusal>(target, all(), {
      method: "POST",
      body: body({ open: { value: "1" } }),
    });
    assert.deepEqual([taken.status, taken.json.typeKey], [409, "VariableGroupExistsException"]);
    const changed = await ask<Group>(target, all(`/${made.json.id}`), {
      method: "PUT",
      body: body({ open: { value: "3" }, secret: { value: null, isSecret: true } }),
    });
    assert.equal(changed.json.variables["open"]?.value, "3");
    assert.deepEqual(changed.json.variables["secret"], { value: null, isSecret: true });
    const listed = await ask<List<Group>>(target, own(`?groupName=${name.slice(0, -2)}*`));
    assert.deepEqual(
      listed.json.value.map((one) => [one.name, one.variableGroupProjectReferences]),
      [[name, null]],
    );
    const one = await ask<Group>(target, own(`/${made.json.id}`));
    assert.equal(one.json.variableGroupProjectReferences?.length, 1);
    const gone = await ask(target, all(`/${made.json.id}?projectIds=${project.id}`), {
      method: "DELETE",
    });
    assert.equal(gone.status, 204);
    assert.equal((await ask<Group | null>(target, own(`/${made.json.id}`))).json, null);
  });

  it("are not for readers to make", async function () {
    if (target.kind === "service") return this.skip();
    const refused = await ask<Refusal>(target, own(), {
      ...{ method: "POST", body: body({ a: { value: "1" } }), as: "reader" },
    });
    assert.equal(refused.status, 403);
  });
});
