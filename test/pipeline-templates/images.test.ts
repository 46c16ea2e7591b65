import assert from "node:assert/strict";
import type { Build } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { type DeliveryWorld, deliveryWorld } from "./delivery-world.ts";

describe("ci.yml: images follow from fluxgate.yaml alone", function () {
  this.timeout(240_000);
  let world: DeliveryWorld;
  afterEach(() => world.close());

  const jobs = async (run: Build, type = "Job") => world.pipelines.results(run.id, type);

  it("builds every image of fluxgate.yaml, whatever a second list names, with digests", async () => {
    world = await deliveryWorld({
      ciParameters:
        "      images: [{ name: registry.fabrikam.com/shop/api, context: services/api }]\n",
    });
    const first = await world.start("ci");
    assert.equal(first.result, "succeeded", await world.pipelines.log(first.id));
    const built = Object.keys(await jobs(first)).filter((name) => name.startsWith("Build"));
    assert.deepEqual(built.sort(), ["Build shop_api", "Build shop_side"]);
    assert.match(await world.pipelines.log(first.id), /parameter images of ci\.yml is no longer/);
    assert.match(await world.pipelines.log(first.id), /shop\/side:src-\w+ is sha256:[0-9a-f]{64}/);

    const commit = await world.push({ "services/side/main": "2" });
    const second = await world.ciOf(commit);
    const again = Object.keys(await jobs(second)).filter((name) => name.startsWith("Build"));
    assert.deepEqual(again, ["Build shop_side"]);

    const back = await world.ciOf(await world.push({ "services/side/main": undefined }));
    assert.equal(back.result, "succeeded");
    assert.equal((await jobs(back, "Phase"))["Build"], "skipped");
  });

  it("is red and names the image that no step pushed, and publishes nothing", async () => {
    world = await deliveryWorld({
      ciParameters: `      buildSteps:
        - bash: case "$(image.name)" in */api) docker push "$(image.reference)";; esac
`,
    });
    const run = await world.start("ci");
    assert.equal(run.result, "failed");
    const log = await world.pipelines.log(run.id);
    assert.match(
      log,
      /##\[error\].*shop\/side:src-\w+ does not stand in its registry: no step of this run pushed it/,
    );
    const { value } = await world.pipelines.rest.get<{ value: readonly { name: string }[] }>(
      `shop/_apis/build/builds/${run.id}/artifacts`,
    );
    assert.deepEqual(
      value.map(({ name }) => name),
      ["fluxgate-candidate"],
    );
  });

  it("asks again when the service is away once, and stops with the reason when it stays away", async () => {
    world = await deliveryWorld();
    const first = await world.start("ci");
    assert.equal(first.result, "succeeded");
    await world.faults({
      path: "/_apis/build/builds",
      method: "GET",
      unavailable: { remaining: 1 },
    });
    const { id } = await world.pipelines.start(1);
    const second = await world.pipelines.ended(id);
    assert.equal(second.result, "succeeded");
    assert.equal((await jobs(second, "Phase"))["Build"], "skipped");
    assert.doesNotMatch(await world.pipelines.log(id), /There is no last run/);

    await world.faults({
      ...{ path: "/_apis/build/builds$", method: "GET", unavailable: { remaining: 1000 } },
    });
    const third = await world.pipelines.ended((await world.pipelines.start(1)).id);
    await world.faults({});
    assert.equal(third.result, "failed");
    assert.match(
      await world.pipelines.log(third.id),
      /##\[error\]Failed to find the last run of main/,
    );
    assert.equal((await jobs(third, "Phase"))["Build"], "skipped");
  });

  it("builds with target, arguments and platforms as fluxgate.yaml says, odd texts too", async () => {
    const image = (name: string, build: string) =>
      `  - { name: registry.fabrikam.com/shop/${name}, context: services/${name}, build: { ${build} } }\n`;
    world = await deliveryWorld({
      files: {
        "fluxgate.yaml":
          "apiVersion: fluxgate.dev/v1\nkind: Delivery\nmetadata: { name: shop }\nimages:\n" +
          image("api", `target: web, arguments: { A: "1 2", B: "it's \\"$HOME\\" ; exit 1" }`) +
          image("side", "platforms: [linux/amd64, linux/arm64], context: .") +
          "apps: [{ name: api, render: [{ copy: { path: deploy } }] }]\nenvironments: [{ name: dev }]\n",
      },
    });
    const run = await world.start("ci");
    const log = await world.pipelines.log(run.id);
    assert.equal(run.result, "succeeded", log);
    const recorded = [...log.matchAll(/Recorded only: (docker .*)/g)].map(([, line]) => line);
    const api = recorded.find((line) => line?.includes("--target web")) ?? "";
    assert.match(api, /^docker build .*--build-arg A=1 2 --build-arg B=it's "\$HOME" ; exit 1/);
    assert.match(api, /--file services\/api\/Dockerfile .* services\/api$/);
    const side = recorded.find((line) => line?.includes("--platform")) ?? "";
    assert.match(side, /^docker buildx build --push --platform linux\/amd64,linux\/arm64 /);
    assert.match(side, /--file services\/side\/Dockerfile \.$/);
  });

  it("builds everything anew when asked to", async () => {
    world = await deliveryWorld({ ciParameters: "      rebuild: 2026-11-28\n" });
    const run = await world.start("ci");
    assert.equal(run.result, "succeeded");
    assert.match(await world.pipelines.log(run.id), /Every tag follows from "2026-11-28"/);
  });
});
