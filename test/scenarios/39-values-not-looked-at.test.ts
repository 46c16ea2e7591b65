import assert from "node:assert/strict";
import { namespaceFile } from "../support/delivery.ts";
import { ended, said, waitRecord } from "../support/actions.ts";
import { chartFiles, helmRelease, inFolder, valuesMap } from "../support/helm-chart.ts";
import { change, startPlainWorld } from "../support/plain-script.ts";
import { eventually } from "../support/eventually.ts";
import type { World } from "../support/world.ts";

describe("scenario 39: a values ConfigMap changes, and helm-controller has not looked", () => {
  let world: World;
  before(async () => {
    const more = "  valuesFrom: [{ kind: ConfigMap, name: s39-values }]\n";
    world = await startPlainWorld(
      [
        {
          name: "s39",
          files: {
            "kustomization.yaml": "resources: [namespace.yaml, release.yaml, values.yaml]\n",
            "namespace.yaml": namespaceFile("s39"),
            "release.yaml": helmRelease({
              ...{ name: "s39-app", chart: "s39/chart", namespace: "s39", more },
            }),
            "values.yaml": valuesMap("s39-values", "tag: '1'"),
            ...inFolder("chart", chartFiles()),
          },
        },
      ],
      { nudge: false },
    );
  });
  after(() => world.close());

  it("waits and says what would prove that it has, and goes on once it has", async () => {
    await eventually("the release to be installed", () => isReady(world), { withinMs: 90_000 });
    const values = { "values.yaml": valuesMap("s39-values", "tag: '2'") };
    const run = await change(world, "s39", values);
    const line = await said(world, run, /nothing proves that it took the changed values/);
    assert.match(line, /flux reconcile helmrelease s39-app -n flux-system/);
    assert.equal((await waitRecord(world, run))?.state, "pending");

    await world.kubectl(
      ...["annotate", "helmrelease", "s39-app", "-n", "flux-system", "--overwrite"],
      `reconcile.fluxcd.io/requestedAt=${new Date().toISOString()}`,
    );
    assert.equal(await ended(world, run), "succeeded");
  });
});

/** `kubectl wait` refuses what is not there yet: Flux makes the release some time after the start. */
async function isReady(world: World): Promise<true | undefined> {
  const ready = 'jsonpath={.status.conditions[?(@.type=="Ready")].status}';
  const release = ["get", "helmrelease", "s39-app", "--namespace", "flux-system"];
  return (await world.kubectl(...release, "--output", ready)) === "True" || undefined;
}
