import assert from "node:assert/strict";
import { readTable } from "../../sandbox/test/replay/recording.ts";
import { ask, openTarget, type List, type Target } from "../support/target.ts";

type Location = {
  readonly id: string;
  readonly area: string;
  readonly resourceName: string;
  readonly routeTemplate: string;
};

describe("locations", () => {
  let target: Target;
  before(async () => {
    target = await openTarget();
  });
  after(() => target.close());

  async function locations(area = ""): Promise<readonly Location[]> {
    const asked = await ask<List<Location>>(target, `_apis${area}`, { method: "OPTIONS" });
    return asked.json.value;
  }

  it("are told for all areas and for one", async () => {
    const all = await locations();
    const git = await locations("/git");
    assert.ok(all.length > git.length);
    assert.deepEqual([...new Set(git.map(({ area }) => area))], ["git"]);
    assert.ok(all.some(({ id }) => id === "9946fd70-0d40-406e-b686-b4744cbbcc37"));
  });

  it("are the service's own, in template and versions", async function () {
    const recorded = readTable<Location>("locations.json");
    if (!recorded) this.skip();
    const byId = new Map(recorded.map((one) => [one.id, one]));
    const ours = (await locations()).filter(({ id }) => byId.has(id));
    assert.ok(ours.length > 30);
    for (const one of ours) assert.deepEqual(one, byId.get(one.id));
  });

  it("lead from an area's id to an address, an unknown one to nothing", async () => {
    const accept = "application/json;api-version=5.0-preview.1";
    const git = "_apis/ResourceAreas/4e080c62-fa21-4fbc-8fef-2a10a2b38049";
    type Area = { readonly name: string; readonly locationUrl: string } | null;
    const { json } = await ask<Area>(target, git, { accept });
    assert.equal(json?.name, "git");
    assert.match(json?.locationUrl ?? "", /^https?:\/\/.*\/$/);
    const unknown = "_apis/ResourceAreas/00000000-0000-0000-0000-00000000000f";
    assert.equal((await ask<Area>(target, unknown, { accept })).json, null);
  });
});

describe("the version of the interface", () => {
  let target: Target;
  before(async () => {
    target = await openTarget();
  });
  after(() => target.close());

  async function refused(path: string, ask_: Parameters<typeof ask>[2]): Promise<string> {
    const { status, json } = await ask(target, path, ask_);
    assert.equal(status, 400);
    return json.typeKey;
  }

  it("is taken from the query or from Accept, and repeated in the answer", async () => {
    const asked = await ask(target, "_apis/projects?api-version=6.0", {
      accept: "application/json",
    });
    assert.match(asked.headers.get("Content-Type") ?? "", /api-version=6\.0/);
    const preview = await ask(target, "_apis/projects", {
      accept: "application/json;api-version=7.2-preview.4",
    });
    assert.equal(preview.status, 200);
  });

  it("must be one that the resource has", async () => {
    const at = (version: string) => ({ accept: `application/json;api-version=${version}` });
    assert.equal(await refused("_apis/projects", at("99.0")), "VssVersionOutOfRangeException");
    assert.equal(
      await refused("_apis/projects", at("7.1-preview.9")),
      "VssVersionOutOfRangeException",
    );
    assert.equal(await refused("_apis/projects", at("7.2")), "VssInvalidPreviewVersionException");
    assert.equal(
      await refused("_apis/connectionData", at("7.1")),
      "VssInvalidPreviewVersionException",
    );
  });

  it("must be said in what changes something", async () => {
    const ask_ = { method: "POST", body: {}, accept: "application/json" };
    const path = `${target.project}/_apis/git/repositories`;
    assert.equal(await refused(path, ask_), "VssVersionNotSpecifiedException");
  });
});
