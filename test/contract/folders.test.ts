import assert from "node:assert/strict";
import { ask, type List } from "../support/target.ts";
import { openPipelines, type Definition, type PipelinesTarget } from "./pipelines-target.ts";

type Folder = {
  readonly path: string;
  readonly description?: string;
  readonly createdBy?: { readonly id: string };
};

const yaml = "trigger: none\nsteps: [{ checkout: none }, { bash: echo hello }]\n";
const name = `fluxgate-${process.pid}`;

describe("contract: folders of pipelines", () => {
  let target: PipelinesTarget;
  const at = (path?: string) =>
    `${target.project}/_apis/build/folders${path === undefined ? "" : `?path=${encodeURIComponent(path)}`}`;
  const paths = async () =>
    (await ask<List<Folder>>(target, at())).json.value
      .map(({ path }) => path)
      .filter((path) => path === "\\" || path.startsWith(`\\${name}`));
  const send = (method: "PUT" | "POST" | "DELETE", path: string, body?: object) =>
    ask<Folder>(target, at(path), { method, ...(body ? { body } : {}) });
  before(async () => {
    target = await openPipelines(yaml);
  });
  after(() => target.remove());

  it("are made, found, renamed with what lies in them, and deleted", async () => {
    const made = await send("PUT", `\\${name}\\web`, { path: `\\${name}\\web`, description: "It" });
    assert.deepEqual([made.status, made.json.path], [200, `\\${name}\\web`]);
    assert.equal(made.json.description, "It");
    assert.ok(made.json.createdBy?.id);
    assert.deepEqual(await paths(), ["\\", `\\${name}`, `\\${name}\\web`]);

    const definition = `${target.project}/_apis/build/definitions/${target.definition.id}`;
    const put = async (path: string) => {
      const { json } = await ask<Definition>(target, definition);
      return ask(target, definition, { method: "PUT", body: { ...json, path } });
    };
    await put(`\\${name}\\web`);
    await send("POST", `\\${name}\\web`, { path: `\\${name}\\site` });
    const moved = await ask<{ readonly path: string }>(target, definition);
    assert.equal(moved.json.path, `\\${name}\\site`);
    const inside = `definitions?path=${encodeURIComponent(`\\${name}\\site`)}`;
    const found = await ask<List<unknown>>(target, `${target.project}/_apis/build/${inside}`);
    assert.equal(found.json.value.length, 1);

    await put("\\");
    assert.equal((await send("DELETE", `\\${name}`)).status, 204);
    assert.deepEqual(await paths(), ["\\"]);
  });

  it("cannot be made twice, nor deleted when they are not there", async () => {
    const path = `\\${name}-twice`;
    await send("PUT", path, { path });
    assert.ok((await send("PUT", path, { path })).status >= 400);
    await send("DELETE", path);
    assert.ok((await send("DELETE", path)).status >= 400);
  });
});
