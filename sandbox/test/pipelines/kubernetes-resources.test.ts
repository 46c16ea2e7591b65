// An environment that names a namespace, and the cluster that is asked for what runs there.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { FluxCluster } from "../../flux.ts";
import { embeddedFlux } from "../flux/embedded-flux.ts";
import { eventually } from "../support/eventually.ts";
import { restOf } from "../support/rest.ts";
import { pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const environments = "shop/_apis/distributedtask/environments";
const deploy = (environment: string) => `trigger: none
jobs:
  - deployment: roll
    environment: ${environment}
    strategy:
      runOnce:
        deploy: { steps: [{ bash: 'echo "to $(Environment.ResourceName)"' }] }
`;
const deployments = ["web:1.0.0", "api:broken-1"].map((image) => {
  const name = image.split(":")[0] ?? "";
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, image: "registry.fabrikam.com/${image}" }] }
`;
});

describe("a Kubernetes resource of an environment", function () {
  this.timeout(60_000);
  let pipelines: Pipelines;
  let flux: FluxCluster;
  let endpoint: string;

  before(async () => {
    flux = await embeddedFlux();
    await flux.apply(
      ["apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n", ...deployments].join("---\n"),
    );
    pipelines = await pipelinesWith({
      app: { "ci.yml": deploy("dev.shop"), "other.yml": deploy("dev.absent") },
      seed: {
        definitions: ["ci", "other"].map((name) => ({
          ...{ name, project: "shop", repository: "app", yamlPath: `${name}.yml` },
        })),
        environments: ["dev"],
      },
    });
    const admin = restOf(pipelines.sandbox, "admin");
    const { id } = await admin.send<{ id: string }>(
      "POST",
      "shop/_apis/serviceendpoint/endpoints?api-version=5.0-preview.2",
      {
        ...{ name: "cluster", type: "kubernetes", url: flux.url },
        data: { authorizationType: "Kubeconfig" },
        authorization: {
          scheme: "Kubernetes",
          parameters: { kubeconfig: await readFile(flux.kubeconfig, "utf8") },
        },
      },
    );
    endpoint = id;
  });
  after(async () => {
    await pipelines.sandbox.close();
    await flux.stop();
  });

  async function ask(path: string, resultSelector = "jsonpath:$.items[*].metadata.name") {
    return pipelines.rest.send<{ result: string[]; statusCode: unknown; errorMessage: string }>(
      "POST",
      `shop/_apis/serviceendpoint/endpointproxy?endpointId=${endpoint}`,
      { dataSourceDetails: { dataSourceUrl: path, resultSelector } },
    );
  }

  it("is added by a service connection, listed where it is asked for, and deployed to", async () => {
    const made = await pipelines.rest.send<{ id: number; type: string }>(
      "POST",
      `${environments}/1/providers/kubernetes`,
      { name: "shop", namespace: "shop", clusterName: "local", serviceEndpointId: endpoint },
    );
    const listed = async (query: string) =>
      (await pipelines.rest.get<{ resources: unknown[] }>(`${environments}/1${query}`)).resources;
    assert.deepEqual(await listed(""), []);
    assert.deepEqual(await listed("?expands=resourceReferences"), [
      { id: made.id, name: "shop", type: "kubernetes", tags: [] },
    ]);
    const other = `shop/_apis/pipelines/environments/1/providers/kubernetes/${made.id}`;
    const found = await pipelines.rest.get<Record<string, unknown>>(other);
    assert.equal(found["namespace"], "shop");
    assert.deepEqual(found["environmentReference"], { id: 1, name: "dev" });
    const { id } = await pipelines.start(1);
    assert.equal((await pipelines.ended(id)).result, "succeeded");
    assert.match(await pipelines.log(id), /to shop/);
  });

  it("that the environment has not stops the run before it begins", async () => {
    const { id } = await pipelines.start(2);
    const { result, validationResults } = await pipelines.ended(id);
    assert.equal(result, "failed");
    assert.match(
      validationResults.map(({ message }) => message).join("\n"),
      /Job roll: Resource absent does not exist in environment dev\./,
    );
  });

  it("is refused without a connection to a cluster", async () => {
    await assert.rejects(
      pipelines.rest.send("POST", `${environments}/1/providers/kubernetes`, {
        ...{ name: "web", namespace: "shop", serviceEndpointId: "absent" },
      }),
      /Failed to create resource/,
    );
  });

  it("shows what runs in the namespace, and what a pod's container wrote or why it did not", async () => {
    const { result } = await ask("{{{endpoint.url}}}/apis/apps/v1/namespaces/shop/deployments");
    assert.deepEqual([...result].sort(), ["api", "web"]);
    const pods = "{{{endpoint.url}}}/api/v1/namespaces/shop/pods";
    const podOf = async (app: string) =>
      eventually("the pod", async () => {
        return (await ask(`${pods}?labelSelector=app%3D${app}`)).result[0];
      });
    const log = async (app: string) => ask(`${pods}/${await podOf(app)}/log`, "plaintext");
    const written = await eventually("a log", async () => (await log("web")).result[0]);
    assert.match(written, /web:1\.0\.0 started/);
    const broken = await eventually("a refusal", async () => {
      const found = await log("api");
      return found.errorMessage.includes("trying and failing") ? found : undefined;
    });
    assert.equal(broken.statusCode, 400);
    assert.match(broken.errorMessage, /is waiting to start: trying and failing to pull image/);
  });

  it("is asked at its own address only", async () => {
    await assert.rejects(ask("https://elsewhere.example/api/v1/pods"), /not one of the service/);
  });
});
