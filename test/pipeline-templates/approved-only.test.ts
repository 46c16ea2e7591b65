import assert from "node:assert/strict";
import type { Build } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { type DeliveryWorld, deliveryWorld } from "./delivery-world.ts";

describe("cd.yml: what CI approved, and nothing else", function () {
  this.timeout(240_000);
  let world: DeliveryWorld;
  afterEach(() => world.close());

  async function green(files: Readonly<Record<string, string>>): Promise<string> {
    const commit = await world.push(files);
    const run = await world.ciOf(commit);
    assert.equal(run.result, "succeeded", await world.pipelines.log(run.id));
    return commit;
  }
  async function carrierMessage(): Promise<string> {
    const [open] = await world.openPullRequests();
    assert.ok(open, "an open pull request");
    const { comment } = await world.pipelines.rest.get<{ comment: string }>(
      `shop/_apis/git/repositories/manifests/commits/${open.lastMergeSourceCommit.commitId}`,
    );
    return comment;
  }

  it("by hand: takes the newest green run, its manifests, its images and its commit", async () => {
    world = await deliveryWorld();
    const approved = await green({ "deploy/x.yaml": config("approved") });
    const refused = await world.push({
      "broken.txt": "fails",
      "deploy/x.yaml": config("refused"),
      "services/api/main": "2",
    });
    assert.equal((await world.ciOf(refused)).result, "failed");
    const run = await world.start("cd");
    assert.notEqual(run.result, "failed", await world.pipelines.log(run.id));
    assert.match(await carrierMessage(), new RegExp(`^Fluxgate-Source: app@${approved}$`, "m"));
    const branch = `fluxgate/shop/dev/${run.id}`;
    assert.match(await world.manifest(branch, "/dev/api/v1_configmap_x.yaml"), /approved/);
    assert.match(
      await world.manifest(branch, "/dev/api/apps_v1_deployment_api.yaml"),
      /shop\/side:src-\w+@sha256:[0-9a-f]{64}/,
    );
    const index = JSON.parse(await world.manifest(branch, "/dev/.fluxgate/shop.json")) as {
      readonly provenance: { readonly source: { readonly commit: string } };
    };
    assert.equal(index.provenance.source.commit, approved);
    await world.pipelines.complete(run.id, "succeeded");
    await world.pipelines.ended(run.id);
    assert.match(await world.pipelines.log(run.id), /the tests of this commit ran/);
  });

  it("triggered: deploys the run that triggered it", async () => {
    world = await deliveryWorld();
    const commit = await green({ "deploy/x.yaml": config("first") });
    const cd = await eventually("the CD run", async () =>
      (await world.pipelines.builds()).find(({ definition: { name } }) => name === "shop-cd"),
    );
    await world.pipelines.waiting(cd.id);
    assert.match(await carrierMessage(), new RegExp(`^Fluxgate-Source: app@${commit}$`, "m"));
  });

  it("by hand, without any run of CI: refuses, and says what to do", async () => {
    world = await deliveryWorld();
    const run = await world.start("cd");
    assert.equal(run.result, "failed");
    assert.match(
      await world.pipelines.log(run.id),
      /Failed to take what CI approved: no run of CI belongs to this run .* CI has to succeed first/,
    );
    assert.deepEqual(await world.openPullRequests(), []);
  });

  it("by hand, when only another branch is green: refuses, and names both", async () => {
    world = await deliveryWorld();
    const other = await tried();
    assert.equal(other.result, "succeeded");
    const run = await world.start("cd");
    assert.equal(run.result, "failed");
    assert.match(await world.pipelines.log(run.id), /of try at \w+ is not of main/);
  });

  it("by hand, with the branch in the resource: passes over a newer run of another one", async () => {
    world = await deliveryWorld({ ciResource: "branch: main, " });
    const commit = await green({ "deploy/x.yaml": config("main") });
    assert.equal((await tried()).result, "succeeded");
    const run = await world.start("cd");
    assert.notEqual(run.result, "failed", await world.pipelines.log(run.id));
    assert.match(await carrierMessage(), new RegExp(`^Fluxgate-Source: app@${commit}$`, "m"));
  });

  /** A green run of CI on another branch. */
  async function tried(): Promise<Build> {
    await world.branch("try");
    const everywhere = (await yaml()).replace("trigger: [main]", "trigger: ['*']");
    return world.ciOf(await world.push({ "ci.yml": everywhere }, "try"));
  }

  async function yaml(): Promise<string> {
    const query = "path=%2Fci.yml&includeContent=true";
    const found = await world.pipelines.rest.get<{ content: string }>(
      `shop/_apis/git/repositories/app/items?${query}`,
    );
    return found.content;
  }
});

function config(value: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\ndata: { value: ${value} }\n`;
}
