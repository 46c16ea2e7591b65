import assert from "node:assert/strict";
import { resolve } from "node:path";
import { invokeRestApiTaskId } from "../../core/run/letter.ts";
import { guidOf } from "../../sandbox/azure-devops/guid.ts";
import { readFolder } from "../../sandbox/demo/read-folder.ts";
import {
  as,
  complete,
  deploy,
  ended,
  said,
  statuses,
  waitLog,
  waitRecord,
} from "../support/actions.ts";
import { deliveryRepository, deployment, namespaceFile } from "../support/delivery.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld, type World } from "../support/world.ts";

const repository = "shop/_apis/git/repositories/manifests";

// The job that waits, from the templates as they are shipped.
const pipeline = (environment: string) => `trigger: { branches: { include: [main] } }
resources:
  repositories:
    - { repository: manifests, type: git, name: manifests }
    - { repository: templates, type: git, name: fluxgate-templates }
stages:
  - stage: ${environment}
    jobs:
      - job: render
        uses: { repositories: [manifests] }
        steps:
          - checkout: self
          - task: RenderManifests@1
            inputs: { environments: ${environment} }
          - task: OpenManifestsPR@1
            name: pr
            inputs: { environment: ${environment}, repository: manifests }
      - job: wait
        dependsOn: render
        pool: server
        timeoutInMinutes: 60
        uses: { repositories: [manifests] }
        variables: { carrier: "$[ dependencies.render.outputs['pr.commit'] ]" }
        steps:
          - template: wait-steps.yml@templates
            parameters:
              letterConnection: letters
              delivery: ${environment === "dev" ? "shop" : "web"}
              environment: ${environment}
              manifestsRepository: manifests
              timeoutInMinutes: 60
`;

describe("scenario 45: the letter is posted by InvokeRESTAPI@1", () => {
  const api = (name: string, env: string) =>
    deployment({ name, namespace: "s45", image: `registry.fabrikam.com/${name}:1`, env });
  const code = (name: string, environment: string) => {
    const delivery = { name, environments: [environment], apps: { [name]: api(name, "1") } };
    const made = deliveryRepository(delivery);
    return { ...made, files: { ...made.files, "pipeline.yml": pipeline(environment) } };
  };
  let world: World;
  before(async () => {
    const definition = (name: string) => ({
      ...{ name: `${name}-cd`, project: "shop", repository: name, yamlPath: "pipeline.yml" },
    });
    const manifests = {
      "dev/namespace.yaml": namespaceFile("s45"),
      "prod/namespace.yaml": namespaceFile("s45"),
    };
    world = await openWorld({
      seed: {
        organisation: "fabrikam",
        accounts: [{ name: "letters", displayName: "Letter Account" }],
        projects: [
          {
            name: "shop",
            repositories: [
              ...[code("shop", "dev"), code("web", "prod")],
              { name: "manifests", files: manifests },
              { name: "fluxgate-templates", files: readFolder(resolve("pipeline-templates")) },
            ],
          },
        ],
      },
      pipelines: { definitions: [definition("shop"), definition("web")] },
      manifests: {
        ...{ repository: "manifests", interval: "2s" },
        kustomizations: [{ name: "s45-dev", path: "dev", environment: "dev" }],
      },
      connector: {
        environments: ["dev", "prod"],
        letterAuthors: [
          {
            ...{ id: guidOf("fabrikam", "identity", "letters"), project: "shop" },
            ...{ definitions: ["shop-cd"], environments: ["dev"] },
          },
        ],
      },
    });
    await as(world, "admin").send("POST", "_apis/serviceendpoint/endpoints?api-version=7.1", {
      ...{ name: "letters", type: "generic", url: `${world.sandbox.organisationUrl}/` },
      authorization: {
        scheme: "UsernamePassword",
        parameters: { username: "letters", password: "sandbox-letters" },
      },
      serviceEndpointProjectReferences: [{ projectReference: { name: "shop" }, name: "letters" }],
    });
  });
  after(() => world.close());

  it("waits as by WaitForFlux, and what a stranger copies changes nothing", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/shop.yaml": api("shop", "2") },
    });
    const record = await waitRecord(world, run);
    assert.deepEqual([record?.task?.id, record?.state], [invokeRestApiTaskId, "pending"]);
    await said(world, run, /waiting for the merge of pull request !\d+/);
    const carrier = pullRequest.lastMergeSourceCommit?.commitId ?? "";
    const letter = (await statuses(world, carrier)).find(
      ({ createdBy }) => createdBy?.displayName === "Letter Account",
    );
    assert.match(letter?.description ?? "", /timeoutInMinutes: 60/);
    const { state, description, targetUrl, context } = letter ?? {};
    const copy = { state, description, targetUrl, context };
    // The build service may post, and speaks for no InvokeRESTAPI.
    for (const who of ["developer", "build"] as const) {
      const elsewhere = pullRequest.lastMergeTargetCommit?.commitId ?? "";
      await as(world, who).send("POST", `${repository}/commits/${elsewhere}/statuses`, copy);
    }
    await complete(world, pullRequest);
    assert.equal(await ended(world, run), "succeeded");
    const log = await waitLog(world, run);
    assert.ok(log.includes("Deployment s45/shop: healthy"), log.join("\n"));
    await eventually("the letter to be closed", async () =>
      (await statuses(world, carrier)).find(
        (one) => one.state === "succeeded" && one.targetUrl === targetUrl,
      ),
    );
    assert.ok(!log.some((line) => line.includes("sandbox-letters")));
  });

  it("claims no environment and no pipeline that its entry does not list", async () => {
    const { run, pullRequest } = await deploy(world, {
      ...{ repository: "web", environment: "prod" },
      files: { "deploy/web.yaml": api("web", "2") },
    });
    const refused = (pattern: RegExp) =>
      eventually(`the connector to say ${pattern.source}`, () =>
        world.connectorSays().find((line) => pattern.test(line)),
      );
    await refused(/^Letter refused: it is by Letter Account, who may not write letters for prod/);
    // And of another pipeline's run, for an environment that it may name.
    const carrier = pullRequest.lastMergeSourceCommit?.commitId ?? "";
    const [letter] = await statuses(world, carrier);
    await as(world, "letters").send("POST", `${repository}/commits/${carrier}/statuses`, {
      ...{ state: "pending", description: letter?.description, targetUrl: letter?.targetUrl },
      context: { genre: "fluxgate", name: "wait/web/dev" },
    });
    await refused(/^Letter refused: .*who may not write letters of pipeline web-cd/);
    assert.equal((await waitRecord(world, run, "prod"))?.state, "pending");
  });
});
