import assert from "node:assert/strict";
import { type DeliveryWorld, deliveryWorld } from "./delivery-world.ts";

const environments = "[{ name: 2nd-try }]";
const delivery = `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps: [{ name: api, render: [{ copy: { path: deploy } }] }]
environments: ${environments}
`;
// Its login ends with an issue, which is none of CI's.
const both = `trigger: none
resources:
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
    - { repository: manifests, type: git, name: manifests }
stages:
  - template: ci.yml@templates
    parameters:
      environments: ${environments}
      loginSteps: [{ bash: exit 1, continueOnError: true }]
  - template: cd.yml@templates
    parameters:
      delivery: shop
      manifestsRepository: manifests
      ci: current
      environments: ${environments}
`;

describe("ci.yml, run again within its run", function () {
  this.timeout(240_000);
  let world: DeliveryWorld;
  before(async () => {
    world = await deliveryWorld({ files: { "fluxgate.yaml": delivery, "ci.yml": both } });
  });
  after(() => world.close());

  it("publishes under a name of its own, and that is what is deployed", async () => {
    const { pipelines } = world;
    const { id } = await world.start("ci");
    await pipelines.complete(id, "failed");
    assert.equal((await pipelines.ended(id)).result, "failed", await pipelines.log(id));
    assert.deepEqual(await published(id), ["fluxgate-candidate", "fluxgate", "image-tags"]);

    const retry = { state: "retry", forceRetryAllJobs: true };
    await pipelines.rest.send("PATCH", `shop/_apis/build/builds/${id}/stages/ci`, retry);
    await pipelines.complete(id, "succeeded");
    const again = await pipelines.ended(id);
    const log = await pipelines.log(id);
    assert.equal(again.result, "partiallySucceeded", log);
    assert.deepEqual((await published(id)).slice(3), [
      ...["fluxgate-candidate-2", "fluxgate-2", "image-tags-2"],
    ]);
    assert.match(log, /Downloaded artifact fluxgate-2 /);
    assert.doesNotMatch(log, /Downloaded artifact fluxgate /);
    // Its name begins with a digit, which no name of a stage may.
    assert.equal((await pipelines.results(id, "Stage"))["2nd-try"], "succeeded");
  });

  async function published(run: number): Promise<readonly string[]> {
    const { value } = await world.pipelines.rest.get<{ value: readonly { name: string }[] }>(
      `shop/_apis/build/builds/${run}/artifacts`,
    );
    return value.map(({ name }) => name);
  }
});
