import assert from "node:assert/strict";
import { resolve } from "node:path";
import { readFolder } from "../../sandbox/demo/read-folder.ts";
import { deliveryRepository, deployment, namespaceFile } from "../support/delivery.ts";
import {
  complete,
  deploy,
  ended,
  records,
  said,
  statusBecomes,
  statuses,
  waitLog,
  waitRecord,
} from "../support/actions.ts";
import { secondCluster, type SecondCluster } from "../support/second-cluster.ts";
import { openWorld, type World } from "../support/world.ts";

// CI and CD of one pipeline, from the templates as they are shipped.
const byTemplates = `trigger: { branches: { include: [main] } }
resources:
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
    - { repository: manifests, type: git, name: manifests }
stages:
  - template: ci.yml@templates
    parameters:
      environments: [{ name: dev }]
  - template: cd.yml@templates
    parameters:
      ci: current
      delivery: web
      environments: [{ name: dev, testSteps: [{ bash: echo tested both, displayName: Tests }] }]
      manifestsRepository: manifests
      timeoutInMinutes: 60
`;

describe("scenario 19: an environment runs on two clusters", () => {
  const app = (name: string, env: string, tag = "1") =>
    deployment({ name, namespace: "s19", image: `registry.fabrikam.com/${name}:${tag}`, env });
  const api = (env: string, tag?: string) => app("api", env, tag);
  let world: World;
  let west: SecondCluster;
  before(async () => {
    west = await secondCluster();
    const web = deliveryRepository({ name: "web", apps: { web: app("web", "1") } });
    const repositories = [
      deliveryRepository({ name: "shop", apps: { api: api("1") } }),
      { ...web, files: { ...web.files, "pipeline.yml": byTemplates } },
      { name: "manifests", files: { "dev/namespace.yaml": namespaceFile("s19") } },
      { name: "fluxgate-templates", files: readFolder(resolve("pipeline-templates")) },
    ];
    world = await openWorld({
      seed: { organisation: "fabrikam", projects: [{ name: "shop", repositories }] },
      pipelines: {
        definitions: ["shop", "web"].map((name) => ({
          ...{ name: `${name}-cd`, project: "shop", repository: name, yamlPath: "pipeline.yml" },
        })),
      },
      manifests: {
        ...{ repository: "manifests", interval: "2s" },
        kustomizations: [{ name: "s19-dev", path: "dev", environment: "dev" }],
      },
      connector: {
        clusters: [{ name: "west", kubeconfig: west.kubeconfig }],
        extra: {
          dev: {
            clusters: [
              { name: "local", active: true },
              { name: "west", active: true },
            ],
          },
        },
      },
    });
    await west.follow(world, [{ name: "s19-dev", path: "dev", environment: "dev" }]);
  });
  after(async () => {
    await world.close();
    await west.stop();
    await west.remove();
  });

  const release = async (env: string, tag?: string) => {
    const files = { "deploy/api.yaml": api(env, tag) };
    const { run, pullRequest } = await deploy(world, { repository: "shop", files });
    await complete(world, pullRequest);
    return run;
  };
  const suspend = (suspended: boolean) =>
    west.kubectl(
      ...["patch", "kustomizations.kustomize.toolkit.fluxcd.io", "s19-dev", "-n", "flux-system"],
      ...["--type", "merge", "--patch", JSON.stringify({ spec: { suspend: suspended } })],
    );

  it("waits for the one that is behind, by its name, and tests by the templates after both", async () => {
    await suspend(true);
    const files = { "deploy/web.yaml": app("web", "2") };
    const { run, pullRequest } = await deploy(world, { repository: "web", files });
    const merge = await complete(world, pullRequest);
    await said(world, run, /^west: Kustomization flux-system\/s19-dev: suspended/);
    assert.equal((await waitRecord(world, run))?.state, "pending");
    const tests = async () =>
      (await records(world, run)).find(({ name, type }) => type === "Task" && name === "Tests");
    const known = await statuses(world, merge);
    assert.notEqual((await tests())?.state, "completed");
    assert.ok(!known.some(({ context, state }) => isRollUp(context) && state === "succeeded"));
    await suspend(false);
    assert.equal(await ended(world, run), "succeeded");
    const log = await waitLog(world, run);
    for (const cluster of ["local", "west"]) {
      assert.ok(log.includes(`${cluster}: Deployment s19/web: healthy`), log.join("\n"));
    }
    assert.equal((await tests())?.result, "succeeded");
    for (const name of ["web/dev", "dev"]) {
      await statusBecomes(world, { commit: merge, name, state: "succeeded" });
    }
  });

  it("fails where one of them fails, and says which", async () => {
    const run = await release("3", "broken-1");
    assert.equal(await ended(world, run), "failed");
    const log = (await waitLog(world, run)).join("\n");
    assert.match(log, /##\[error\](local|west): Deployment s19\/api: .*ImagePullBackOff/);
  });

  it("is not green while one is silent: what it runs is unknown", async () => {
    await west.stop();
    // Its kubeconfig goes with it: the other cluster is served all the same.
    await west.remove();
    const run = await release("4");
    await said(world, run, /^local: Deployment s19\/api: healthy/);
    await said(world, run, /west.*does not answer/);
    assert.equal((await waitRecord(world, run))?.state, "pending");
  });
});

function isRollUp({ name }: { readonly name?: string }): boolean {
  return name === "dev" || name === "web/dev";
}
