import assert from "node:assert/strict";
import { rejectionProperty, writeRejection } from "../../core/run/rejection.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { abandon, as, deploy, ended, waitLog, type deploy as Deploy } from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 6: the pull request is not merged", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s6", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  let opened: Awaited<ReturnType<typeof Deploy>>;
  beforeEach(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s6") },
      kustomizations: [{ name: "s6-dev", path: "dev", environment: "dev" }],
    });
    opened = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
  });
  afterEach(() => world.close());

  it("cancels the run when somebody abandons it, and says who", async () => {
    await abandon(world, opened.pullRequest);
    assert.equal(await ended(world, opened.run), "canceled");
    assert.equal(
      (await waitLog(world, opened.run)).at(-1),
      "##[error]pull request !1 was abandoned: by Ari Approver",
    );
  });

  it("hands the reason of a rejection in the hub to the paused run", async () => {
    const url = `shop/_apis/git/repositories/manifests/pullRequests/${opened.pullRequest.pullRequestId}/properties`;
    const rejection = writeRejection({ by: "Ari Approver", reason: "not before the sale" });
    await patchProperties(url, [{ op: "add", path: `/${rejectionProperty}`, value: rejection }]);
    await abandon(world, opened.pullRequest);
    assert.equal(await ended(world, opened.run), "canceled");
    assert.match(
      (await waitLog(world, opened.run)).at(-1) ?? "",
      /rejected by Ari Approver: not before the sale/,
    );
  });

  async function patchProperties(url: string, patch: readonly object[]): Promise<void> {
    await as(world, "approver").send("PATCH", url, patch);
  }
});
