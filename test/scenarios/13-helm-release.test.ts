import assert from "node:assert/strict";
import { namespaceFile } from "../support/delivery.ts";
import { ended, said, waitLog } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { chartFiles, helmRelease, inFolder, valuesMap } from "../support/helm-chart.ts";
import { change, startPlainWorld } from "../support/plain-script.ts";
import type { World } from "../support/world.ts";

describe("scenario 13: a HelmRelease", () => {
  const more = `  upgrade: { remediation: { retries: 1 } }
  valuesFrom: [{ kind: ConfigMap, name: s13-values }]
`;
  const release = (tag?: string) =>
    helmRelease({
      ...{ name: "s13-app", chart: "s13/chart", namespace: "s13", more },
      ...(tag === undefined ? {} : { tag }),
    });
  let world: World;
  before(async () => {
    world = await startPlainWorld([
      {
        name: "s13",
        files: {
          "kustomization.yaml": "resources: [namespace.yaml, release.yaml, values.yaml]\n",
          "namespace.yaml": namespaceFile("s13"),
          "release.yaml": release(),
          "values.yaml": valuesMap("s13-values", "tag: '1'"),
          ...inFolder("chart", chartFiles()),
        },
      },
    ]);
    // The first change is an upgrade only once something is installed.
    const first = ["helmrelease", "s13-app", "-n", "flux-system"] as const;
    await eventually(
      "the first release",
      async () => {
        const state = '-o=jsonpath={.status.conditions[?(@.type=="Ready")].status}';
        return (await world.kubectl("get", ...first, state)) === "True" ? true : undefined;
      },
      { withinMs: 120_000 },
    );
  });
  after(() => world.close());

  it("whose upgrade fails and is rolled back fails the run, though what runs is healthy", async () => {
    const run = await change(world, "s13", { "release.yaml": release("broken-1") });
    assert.equal(await ended(world, run), "failed");
    const log = await waitLog(world, run);
    assert.match(log.at(-1) ?? "", /##\[error\]HelmRelease flux-system\/s13-app: /, log.join("\n"));
    assert.ok(
      log.some((line) => /ImagePullBackOff|UpgradeFailed|RollbackSucceeded/.test(line)),
      log.join("\n"),
    );
  });

  it("that is stalled is mended by the next change, which is not blamed for it", async () => {
    const run = await change(world, "s13", { "release.yaml": release("2") });
    assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
  });

  it("of which only the values' ConfigMap changes is asked to look, and waited for", async () => {
    const values = { "values.yaml": valuesMap("s13-values", "other: 1") };
    const run = await change(world, "s13", values);
    assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
    const digests = await world.kubectl(
      ...["get", "helmrelease", "s13-app", "-n", "flux-system", "-o"],
      "jsonpath={.status.history[*].configDigest} {.status.lastAttemptedConfigDigest}",
    );
    const [newest, before, attempted] = digests.split(" ");
    assert.equal(newest, attempted);
    assert.notEqual(newest, before);
  });

  it("whose chart changes under its old version is not green: Flux does not take that", async () => {
    const path = "templates/deployment.yaml";
    const template = chartFiles()[path]?.replace("replicas: 1", "replicas: 2") ?? "";
    const run = await change(world, "s13", { [`chart/${path}`]: template });
    await said(world, run, /not the version 1\.0\.0 in Chart\.yaml/);
    const next = chartFiles("1.1.0")["Chart.yaml"] ?? "";
    const bump = await change(world, "s13", {
      ...{ "chart/Chart.yaml": next, [`chart/${path}`]: `${template}# taken with 1.1.0\n` },
    });
    assert.equal(await ended(world, run), "canceled");
    assert.equal(await ended(world, bump), "succeeded", (await waitLog(world, bump)).join("\n"));
    assert.match(await world.kubectl("get", "deployment", "s13-app", "-n", "s13"), /2\/2/);
  });
});
