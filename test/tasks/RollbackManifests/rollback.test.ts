import assert from "node:assert/strict";
import { openRollback } from "../../../clients/azure-devops/open-rollback.ts";
import { readRollback } from "../../../clients/azure-devops/read-rollback.ts";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { parseTrailers } from "../../../core/run/trailers.ts";
import type { Inputs } from "../../../tasks/RollbackManifests/inputs.ts";
import { run } from "../../../tasks/RollbackManifests/run.ts";
import { type Harness, startHarness } from "../OpenManifestsPR/manifests-harness.ts";

describe("a rollback", function () {
  this.timeout(120_000);
  let harness: Harness;
  let good: string;
  beforeEach(async () => {
    harness = await startHarness();
    await deployed(1, { a: "good", b: "stays" });
    good = await harness.headOf("main");
    await deployed(2, { a: "bad", b: "stays", c: "new" });
  });
  afterEach(() => harness.stop());

  async function deployed(build: number, objects: Readonly<Record<string, string>>) {
    const { outputs } = await harness.deploy({ build, objects });
    await harness.merge(Number(outputs["pullRequestId"]));
  }
  const ado = () =>
    connectAzureDevOps({
      organisationUrl: harness.organisationUrl,
      token: async () => "sandbox-build",
    });
  function rollback(build: number, inputs: Partial<Inputs> = {}) {
    const log = { info: () => {}, debug: () => {}, warn: (line: string) => void said.push(line) };
    return run(
      {
        ...{ delivery: "shop", environment: "dev", path: "dev", targetBranch: "main", to: good },
        ...{ reason: "it lost orders", hold: true, project: "shop", repository: "shop-manifests" },
        ...{ organisationUrl: harness.organisationUrl, ownProject: "shop", build },
        ...{ stageAttempt: 1, requestedFor: "Ana", ...inputs },
      },
      { ado: ado(), now: () => Date.parse("2026-11-28T12:00:00Z"), log },
    );
  }
  const said: string[] = [];
  async function atMain(path: string): Promise<string> {
    await harness.headOf("main");
    return harness.git("show", `${await harness.headOf("main")}:${path}`);
  }

  it("takes the earlier files back by a pull request of the run, with the diff in its text", async () => {
    const { outputs, summary } = await rollback(3);
    const [pullRequest] = (await harness.pullRequests()).slice(-1);
    assert.equal(outputs["operation"], "created");
    assert.equal(pullRequest?.sourceRefName, "refs/heads/fluxgate/shop/dev/3");
    assert.equal(pullRequest?.title, `Roll back shop in dev to ${good.slice(0, 8)}`);
    const text = pullRequest?.description ?? "";
    assert.match(text, /it lost orders/);
    assert.match(text, /-bad\n\+good/);
    assert.match(text, /1 changed, 1 removed|1 object changed, 1 removed/);
    assert.match(text, /is held by Ana since 2026-11-28T12:00:00\.000Z: it lost orders/);
    assert.match(text, /Nothing on that commit says that it was healthy/);
    assert.ok(summary?.includes("-bad"));
    const head = await harness.headOf("fluxgate/shop/dev/3");
    assert.equal(outputs["commit"], head);
    const trailers = parseTrailers(await harness.git("log", "-1", "--format=%B", head));
    assert.equal(trailers?.operation, "rollback");
    assert.match(trailers?.run ?? "", /buildId=3/);
    await harness.merge(Number(outputs["pullRequestId"]));
    assert.match(await atMain("dev/api/v1_configmap_a.yaml"), /good/);
    assert.deepEqual(
      (await harness.files("main")).filter((path) => path.includes("_c.yaml")),
      [],
    );
    const index = JSON.parse(await atMain("dev/.fluxgate/shop.json")) as { files: object };
    assert.deepEqual(Object.keys(index.files), [
      "api/v1_configmap_a.yaml",
      "api/v1_configmap_b.yaml",
    ]);
  });

  it("is taken up by a retry, and refused where there is nothing to take back", async () => {
    const first = await rollback(3);
    const again = await rollback(3, { stageAttempt: 2 });
    assert.equal(again.outputs["operation"], "attached");
    assert.equal(again.outputs["commit"], first.outputs["commit"]);
    await assert.rejects(
      rollback(4, { to: await harness.headOf("main") }),
      /holds just that already/,
    );
    await assert.rejects(rollback(4, { app: "nobody" }), /neither commit has an app nobody/);
    await assert.rejects(rollback(4, { delivery: "other" }), /other was not rendered there/);
  });

  it("takes nobody else's branch for its own", async () => {
    await harness.commit("fluxgate/shop/dev/3", { "dev/api/theirs.yaml": "a: 1\n" });
    await harness.commit("fluxgate/shop/dev/3", { "dev/api/more.yaml": "a: 1\n" });
    await assert.rejects(rollback(3), { code: "branch-name-taken" });
  });

  it("names the right that is missing, and where", async () => {
    harness.deny("GenericContribute");
    await assert.rejects(rollback(3), {
      code: "permission-missing",
      message: /^Failed to open the rollback of shop in dev: /,
      hint: /^Allow "Contribute" for .* on repository shop\/shop-manifests/,
    });
  });

  it("stops later runs while it is open, and while what it took back is held", async () => {
    const next = (build: number) => harness.deploy({ build, objects: { a: "worse", b: "stays" } });
    const { outputs } = await rollback(3);
    await assert.rejects(next(4), /it is being rolled back by .*\/pullrequest\/3/);
    await harness.merge(Number(outputs["pullRequestId"]));
    await assert.rejects(
      next(5),
      /Failed to deploy shop to dev: held by Ana since .*: it lost orders/,
    );
    await harness.commit("main", { "dev/.fluxgate/shop.hold.json": null });
    assert.equal((await next(6)).outputs["operation"], "created");
  });

  it("holds one app by name, and everything where the hold cannot be read", async () => {
    const hold = (text: string) => harness.commit("main", { "dev/.fluxgate/shop.hold.json": text });
    const next = (build: number) => harness.deploy({ build, objects: { a: "newer" } });
    const of = (more: object) =>
      JSON.stringify({
        apiVersion: "fluxgate.dev/v1",
        kind: "Hold",
        reason: "r",
        by: "Ana",
        at: "x",
        ...more,
      });
    await hold(of({ apps: ["api"] }));
    await assert.rejects(next(7), /Failed to deploy api of shop to dev: held by Ana/);
    await hold("{");
    await assert.rejects(next(8), /the hold is not valid JSON, so everything is held/);
    await hold(of({ until: "2020-01-01" }));
    assert.equal((await next(9)).outputs["operation"], "created");
    await hold(of({ apps: ["web"] }));
    assert.equal((await next(10)).outputs["operation"], "created");
  });

  it("from a page or a command line has a branch of its own, and shows what it would do first", async () => {
    const [repo, to] = [harness.repo, good];
    const target = {
      ...{ repo, targetBranch: "main", path: "dev", delivery: "shop", environment: "dev" },
      ...{ app: "api", to },
    };
    const before = await harness.headOf("main");
    const read = await readRollback(ado(), target);
    assert.equal(read.tip, before);
    assert.deepEqual(
      read.diff.objects.map(({ change, identity }) => `${change} ${identity.name}`),
      ["changed a", "removed c"],
    );
    const { pullRequest } = await openRollback(ado(), { target, read, reason: "by hand" });
    assert.match(pullRequest.sourceRefName, /^refs\/heads\/rollback\/shop\/dev\/api\/[0-9a-f]{8}-/);
    assert.match(pullRequest.description ?? "", /Nothing is held:\*\* the next run deploys again/);
  });

  it("warns where an image automation would push the newer image back", async () => {
    const marked = 'image: a:1 # {"$imagepolicy": "flux-system:api"}\n';
    await harness.commit("main", {
      "dev/api/v1_configmap_a.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n# ${marked}`,
    });
    const there = await harness.headOf("main");
    await harness.commit("main", {
      "dev/api/v1_configmap_a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n",
    });
    await rollback(3, { to: there });
    assert.match(said.join("\n"), /An image automation sets images in api\/v1_configmap_a\.yaml/);
  });
});
