import assert from "node:assert/strict";
import { deployment, deliveryRepository, namespaceFile } from "../support/delivery.ts";
import { as, buildOf, ended, push, runOf, waitLog } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld, type World } from "../support/world.ts";

describe("scenario 34: the pipeline is in another project than the manifests", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s34", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    const { files, ...code } = deliveryRepository({ name: "shop", apps: { api: api("1") } });
    const inPlatform = {
      ...files,
      // The pull request completes itself, and its branch is gone before anybody can see it.
      "fluxgate.yaml": `${files?.["fluxgate.yaml"]}    pullRequest: { autoComplete: true }\n`,
      "pipeline.yml": `${files?.["pipeline.yml"]}`
        .replace("name: manifests }", "name: platform/manifests }")
        .replace("repository: manifests }", "repository: manifests, project: platform }")
        .replace(
          "repository: manifests\n",
          "repository: manifests\n              project: platform\n",
        ),
    };
    world = await openWorld({
      seed: {
        organisation: "fabrikam",
        projects: [
          {
            name: "platform",
            repositories: [
              { name: "manifests", files: { "dev/namespace.yaml": namespaceFile("s34") } },
            ],
          },
          { name: "shop", repositories: [{ ...code, files: inPlatform }] },
        ],
      },
      pipelines: {
        definitions: [
          { name: "shop-cd", project: "shop", repository: "shop", yamlPath: "pipeline.yml" },
        ],
      },
      manifests: {
        ...{ repository: "manifests", interval: "2s" },
        kustomizations: [{ name: "s34-dev", path: "dev", environment: "dev" }],
      },
      connector: { environments: ["dev"] },
    });
  });
  after(() => world.close());

  it("is found all the same, whatever the configuration says of it", async () => {
    const run = await runOf(
      world,
      await push(world, "shop", { files: { "deploy/api.yaml": api("2") } }),
    );
    await eventually("the run to wait or end", async () =>
      (await buildOf(world, run)).status === "completed" || (await waitLog(world, run)).length > 0
        ? true
        : undefined,
    );
    const git = "platform/_apis/git/repositories/manifests";
    const path = `${git}/pullrequests?searchCriteria.status=all`;
    type List = { readonly value: readonly { readonly pullRequestId: number }[] };
    const { value } = await as(world, "reader").get<List>(path);
    assert.equal(value.length, 1);
    assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
    assert.ok(
      (await waitLog(world, run)).some((line) => /is deployed in dev and healthy/.test(line)),
    );
  });
});
