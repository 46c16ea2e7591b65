import assert from "node:assert/strict";
import { pushNewBranch } from "../../clients/azure-devops/push-files.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { loadTrace } from "../../hub/data/load-trace.ts";
import { createMemory } from "../../hub/data/memory.ts";
import { isAsked } from "../../hub/data/trace/image-trace.ts";
import { traceQuery } from "../../hub/view/trace-query.ts";
import { type HubWorld, startHubWorld } from "../e2e/hub-world.ts";
import { folder, shop } from "../e2e/shop-objects.ts";
import { clientOf } from "../support/sandbox.ts";

const digest = `sha256:${"ab".repeat(32)}`;

describe("the way of a change, from what somebody has in hand", function () {
  this.timeout(120_000);
  let world: HubWorld;
  let commits: { readonly old: string; readonly between: string; readonly next: string };
  let first: number;
  let second: number;

  before(async () => {
    world = await startHubWorld();
    commits = await writeCode();
    first = await openMerged(commits.old, "1.5.0");
    second = (await openRun(commits.next, "1.6.0")).id;
  });
  after(() => world?.stop());

  /** Three commits of the code repository. */
  async function writeCode() {
    const developer = clientOf(world.sandbox, "developer");
    const repo = { project: "shop", repository: "shop" };
    const [main] = await listRefs(developer, { repo, filter: "heads/main" });
    const push = (onto: string, name: string, message: string) =>
      pushNewBranch(developer, {
        ...{ repo, ref: `refs/heads/${name}`, onto, message },
        files: [{ path: name, content: new TextEncoder().encode(name), exists: false }],
      });
    const old = main?.objectId ?? "";
    const between = await push(old, "between", "Raise the cache's life #42");
    return { old, between, next: await push(between, "next", "Something else") };
  }

  function openRun(source: string, api: string) {
    const images = { api: `${api}@${digest}`, web: "2.0.0" };
    const url = `${world.sandbox.organisationUrl}/shop/_git/shop`;
    return world.openRun({
      environment: "dev",
      writes: folder({ environment: "dev", objects: shop({ api, web: "2.0.0" }), images, run: "" }),
      source: `${url}@${source}`,
    });
  }

  async function openMerged(source: string, api: string): Promise<number> {
    const { id } = await openRun(source, api);
    await world.merge(id);
    return id;
  }

  const found = async (text: string) => {
    const ado = clientOf(world.sandbox, "reader");
    const query = traceQuery(text);
    const of = { project: "shop", others: [], query, connectors: new Set<string>() };
    const { journeys } = await loadTrace(ado, of, createMemory());
    return journeys.map(({ pullRequest }) => pullRequest.pullRequestId);
  };

  it("begins at any commit that a run brought, not only at the one that it rendered", async () => {
    assert.deepEqual(await found(commits.between), [second]);
    assert.deepEqual(await found(commits.between.slice(0, 8)), [second]);
    assert.deepEqual(await found(commits.next), [second]);
    assert.deepEqual(await found(commits.old), [first]);
    assert.deepEqual(await found("f".repeat(40)), []);
  });

  it("begins at a work item of such a commit", async () => {
    assert.deepEqual(await found("#42"), [second]);
    assert.deepEqual(await found("#43"), []);
  });

  it("begins at an image by tag, by digest, and by a whole reference", async () => {
    const reference = `registry.fabrikam.com/shop/api:1.6.0@${digest}`;
    for (const text of ["api:1.6.0", reference, `api@${digest.slice(0, 20)}…`]) {
      assert.ok((await found(text)).includes(second), text);
    }
    assert.deepEqual(await found("api:1.6.0"), [second]);
    assert.deepEqual(await found(`api:1.6.0@sha256:${"c".repeat(64)}`), []);
  });

  it("begins at an image that CI did not build, as the files name it", async () => {
    const { writes } = sidecar();
    const { id } = await world.openRun({ environment: "staging", writes });
    assert.deepEqual(await found("valkey:9.1"), [id]);
    assert.deepEqual(await found("valkey:9.0"), []);
  });

  function sidecar() {
    const images = { api: "1.4.0", web: "2.0.0" };
    const all = folder({ environment: "staging", objects: shop(images), images, run: "" });
    const path = "staging/api/shop_apps_v1_deployment_web.yaml";
    const text = (all[path] ?? "").replace(/image: \S+/, "image: docker.io/valkey/valkey:9.1");
    return { writes: { ...all, [path]: text } };
  }
});

describe("an image that is asked for", () => {
  const image = `registry:5000/shop/api:1.5.0@${digest}`;
  const rows: readonly (readonly [string, boolean])[] = [
    ["api", true],
    ["shop/api:1.5.0", true],
    [image, true],
    ["1.5.0", true],
    [`api@${digest.slice(0, 16)}`, true],
    [`api@${digest.slice("sha256:".length).slice(0, 8)}`, true],
    [`api:1.5.0@${digest.slice("sha256:".length).slice(0, 8)}`, true],
    ["api:1.5.0@cccccccc", false],
    ["pi:1.5.0", false],
    ["api:1.5", false],
    ["web:1.5.0", false],
  ];
  for (const [text, is] of rows) {
    it(`is ${is ? "" : "not "}meant by "${text.slice(0, 30)}"`, () => {
      const query = traceQuery(text);
      assert.equal(query.kind === "image" && isAsked(image, query), is);
    });
  }
});
