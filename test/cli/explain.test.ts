import assert from "node:assert/strict";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { toolsOnPath, workspace } from "../rendering/rendering-harness.ts";
import type { Workspace } from "../rendering/rendering-harness.ts";
import { fluxgate } from "./cli-process.ts";

describe("fluxgate explain", () => {
  before(() => ensureBuilt(["cli"]));
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace("shop");
    space.put({
      "config/dev/snippets/api/more.patch.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec: { minReadySeconds: 5 }\n",
      "config/prod/values.yaml": "x: 1\nlogLevel: error\n",
      "fluxgate.yaml": undefined,
    });
    space.put({
      "fluxgate.yaml": `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps:
  - name: api
    namespace: shop
    render:
      - helm: { chart: deploy/chart, values: [deploy/values.yaml], setFromVariables: { host: API_HOST } }
environments:
  - name: dev
    config: { variables: { API_HOST: string }, snippets: [config/dev/snippets] }
  - name: prod
    config: { variables: { API_HOST: string }, files: [config/prod/values.yaml] }
`,
    });
  });
  afterEach(() => space.remove());
  const explain = (...args: string[]) =>
    fluxgate(space.checkout, ["explain", ...args, "--set", "API_HOST=x"]);

  it("lists every layer that sets a value, the winner last", () => {
    const { code, out } = explain("logLevel", "--environment", "prod");
    assert.equal(code, 0);
    assert.deepEqual(out, [
      'prod, app api: logLevel = "error"',
      '  deploy/chart/values.yaml:3: "info"',
      '  deploy/values.yaml:1: "warn"',
      '  config/prod/values.yaml:2: "error"',
    ]);
  });

  it("shows the origin of a variable, also behind a helm value", () => {
    assert.deepEqual(explain("API_HOST", "--environment", "prod").out, [
      'prod, app api: API_HOST = "x"',
      '  variable API_HOST (--set): "x"',
    ]);
    assert.deepEqual(explain("host", "--environment", "prod").out.slice(-1), [
      '  fluxgate.yaml:8, setFromVariables: variable API_HOST (--set): "x"',
    ]);
  });

  it("leads from an object to its template, steps, patches and images", () => {
    const { out } = explain("Deployment/api", "--environment", "dev");
    assert.deepEqual(out.slice(0, 4), [
      "dev, app api: Deployment.apps/shop/api",
      "  template deploy/chart/templates/deployment.yaml",
      "  steps of app api: helm (fluxgate.yaml:8)",
      "  patch config/dev/snippets/api/more.patch.yaml:1",
    ]);
    assert.match(out[4] ?? "", /image \S+ in spec.template.spec.containers.0.image: tag as the/);
  });

  it("ends with 1 when nothing is found, with 2 without a question", () => {
    assert.deepEqual(explain("nothing.here"), {
      code: 1,
      out: [],
      err: ["nothing sets or renders nothing.here"],
    });
    assert.equal(explain().code, 2);
  });
});
