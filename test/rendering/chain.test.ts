import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseManifests } from "../../core/manifests/parse.ts";
import { parseOwnershipIndex } from "../../core/render/ownership-index.ts";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const images = [
  { name: "registry.fabrikam.com:5000/shop/api", tag: "8f2c", digest: `sha256:${"a".repeat(64)}` },
  { name: "registry.fabrikam.com:5000/shop/web", tag: "77aa" },
];
const variables = { REPLICAS: "3", API_HOST: "dev.fabrikam.com" };

describe("rendering a chain of steps", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace("shop");
  });
  afterEach(() => space.remove());

  it("lays out environments, apps and objects, and what owns them", async () => {
    await space.render({ images, variables });
    assert.deepEqual(
      Object.keys(await space.tree()).sort(),
      ["clusters/prod", "dev"].flatMap((folder) => [
        `${folder}/.fluxgate/shop.json`,
        `${folder}/api/kustomization.yaml`,
        `${folder}/api/rbac.authorization.k8s.io_v1_clusterrole_shop%3areader.yaml`,
        `${folder}/api/shop_apps_v1_deployment_api.yaml`,
        `${folder}/api/shop_v1_service_api.yaml`,
        `${folder}/web/kustomization.yaml`,
        `${folder}/web/shop_apps_v1_deployment_web.yaml`,
      ]),
    );
  });

  it("takes values in their order and tokens by their type", async () => {
    await space.render({ images, variables });
    const [api] = objectsIn(space.read("dev/api/shop_apps_v1_deployment_api.yaml"));
    const [web] = objectsIn(space.read("dev/web/shop_apps_v1_deployment_web.yaml"));
    assert.equal(api?.spec.replicas, 2, "configuration over the chart's values");
    assert.deepEqual(api?.spec.template.spec.containers[0]?.args, ["--log-level=warn"]);
    assert.equal(web?.spec.replicas, 3);
    assert.match(space.read("dev/web/shop_apps_v1_deployment_web.yaml"), /value: dev.fabrikam.com/);
    const [prod] = objectsIn(space.read("clusters/prod/web/shop_apps_v1_deployment_web.yaml"));
    assert.equal(prod?.spec.replicas, 3, "the pipeline's value over the default");
  });

  it("sets tag and digest of images whatever rendered them", async () => {
    await space.render({ images, variables });
    const imageOf = (path: string) =>
      objectsIn(space.read(path))[0]?.spec.template.spec.containers[0]?.image;
    assert.equal(
      imageOf("dev/api/shop_apps_v1_deployment_api.yaml"),
      `registry.fabrikam.com:5000/shop/api:8f2c@sha256:${"a".repeat(64)}`,
    );
    assert.equal(
      imageOf("dev/web/shop_apps_v1_deployment_web.yaml"),
      "registry.fabrikam.com:5000/shop/web:77aa",
    );
  });

  it("writes folders that kustomize builds, encoded names included", async () => {
    await space.render({ images, variables });
    for (const app of ["dev/api", "dev/web", "clusters/prod/api"]) {
      const built = spawnSync("kubectl", ["kustomize", join(space.out, app)], { encoding: "utf8" });
      assert.equal(built.status, 0, built.stderr);
    }
  });

  it("gives the same bytes twice, and says what the render was made from", async () => {
    await space.render({ images, variables });
    const first = await space.tree();
    const again = workspace("shop");
    await again.render({ images, variables, parallelism: 1 });
    assert.deepEqual(await again.tree(), first);
    again.remove();
    const { index } = parseOwnershipIndex(space.read("dev/.fluxgate/shop.json"), "shop.json");
    assert.equal(index?.provenance.tools["helm"], "4.2.3");
    assert.match(index?.provenance.inputsDigest ?? "", /^[0-9a-f]{64}$/);
  });

  it("does not write into the checkout", async () => {
    const status = () =>
      spawnSync("find", [space.checkout, "-newer", join(space.checkout, "fluxgate.yaml")], {
        encoding: "utf8",
      }).stdout;
    const before = status();
    await space.render({ images, variables });
    assert.equal(status(), before);
  });

  it("hands values from step to step and keeps the high-level result", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith(
        `      - tokens: { path: deploy/api-values.yaml }
        as: values
        highLevel: true
      - helm: { chart: deploy/chart, set: { logLevel: "debug, all" }, setFromVariables: { image.tag: TAG } }`,
        "    config: { variables: { TAG: string, REPLICAS: integer } }\n",
      ),
      "deploy/api-values.yaml": "replicas: #{REPLICAS}#\nlogLevel: error\n",
    });
    await space.render({ variables: { TAG: "1.10", REPLICAS: "7" } });
    const [api] = objectsIn(space.read("dev/api/apps_v1_deployment_api.yaml"));
    assert.equal(api?.spec.replicas, 7);
    const [container] = api?.spec.template.spec.containers ?? [];
    assert.deepEqual(container?.args, ["--log-level=debug, all"]);
    assert.match(container?.image ?? "", /:1\.10$/);
    assert.equal(space.read("high-level/dev/api/result.yaml"), "replicas: 7\nlogLevel: error\n");
  });

  it("keeps what several steps generate, and rewrites files for later steps", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith(
        `      - tokens: { path: k, pattern: __name__, inPlace: true }
      - copy: { path: plain }
      - kustomize: { path: k }`,
        "    config: { variables: { PREFIX: string } }\n",
      ),
      "k/kustomization.yaml": "resources: [input.yaml, own.yaml]\nnamePrefix: __PREFIX__-\n",
      "k/own.yaml": configMap("own"),
      "plain/a.yaml": configMap("a"),
      "plain/deep/b.yaml": configMap("b"),
    });
    const { result } = await space.render({ variables: { PREFIX: "x" } });
    assert.deepEqual(
      result.environments[0]?.objects.map(({ identity }) => identity.name),
      ["x-a", "x-b", "x-own"],
    );
  });

  it("evaluates jsonnet with variables, configuration and library folders", async function () {
    if (!tools.jsonnet) this.skip();
    space.put({
      "fluxgate.yaml": deliveryWith(
        `      - jsonnet: { file: j/main.jsonnet, libraries: [j/lib], extVars: { tier: front }, topLevelArguments: { suffix: z } }`,
        "    config: { variables: { REPLICAS: integer }, files: [config/dev/values.yaml] }\n",
      ),
      "j/main.jsonnet": `local lib = import "lib.libsonnet";
function(suffix) { a: [lib.map("one", suffix)], b: { c: lib.map("two", std.extVar("tier")) } }`,
      "j/lib/lib.libsonnet": `{ map(name, x):: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: name },
  data: { x: x, replicas: std.toString(std.extVar("REPLICAS") + std.extVar("config").replicas) } } }`,
    });
    await space.render({ variables: { REPLICAS: "3" } });
    assert.match(
      space.read("dev/api/v1_configmap_one.yaml"),
      /x: z\n\s+replicas: "5"|replicas: "5"\n\s+x: z/,
    );
    assert.match(space.read("dev/api/v1_configmap_two.yaml"), /x: front/);
  });

  it("renders jsonnet to values for helm and lets kustomize finish", async function () {
    if (!tools.jsonnet) this.skip();
    space.put({
      "fluxgate.yaml": deliveryWith(`      - jsonnet: { file: values.jsonnet }
        as: values
      - helm: { chart: deploy/chart }
      - kustomize: { path: deploy/overlays/dev }`),
      "values.jsonnet": "{ replicas: 2 * 4 }",
    });
    await space.render();
    const [api] = objectsIn(space.read("dev/api/shop_apps_v1_deployment_api.yaml"));
    assert.equal(api?.spec.replicas, 8);
  });
});

type Deployment = {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly image: string;
          readonly args?: readonly string[];
        }[];
      };
    };
  };
};

function objectsIn(text: string): readonly Deployment[] {
  return parseManifests(text, "x.yaml").documents.map(
    ({ object }) => object as unknown as Deployment,
  );
}
