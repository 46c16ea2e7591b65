import assert from "node:assert/strict";
import { namespaceFile } from "../support/delivery.ts";
import { ended, waitLog } from "../support/actions.ts";
import { helmRelease, inFolder, chartFiles } from "../support/helm-chart.ts";
import { change, startPlainWorld } from "../support/plain-script.ts";
import type { World } from "../support/world.ts";

describe("scenario 14: Flux has given up", () => {
  const release = (tag: string) =>
    helmRelease({ name: "s14-app", chart: "s14/chart", namespace: "s14", tag });
  let world: World;
  before(async () => {
    world = await startPlainWorld(
      [
        {
          name: "s14",
          files: {
            "kustomization.yaml": "resources: [namespace.yaml, release.yaml]\n",
            "namespace.yaml": namespaceFile("s14"),
            "release.yaml": release("1"),
            ...inFolder("chart", chartFiles()),
          },
        },
      ],
      { timings: { grace: "1h" } },
    );
  });
  after(() => world.close());

  it("fails the run at once, whatever the grace: nothing will heal by itself", async () => {
    const run = await change(world, "s14", { "release.yaml": release("broken-1") });
    assert.equal(await ended(world, run), "failed");
    const log = (await waitLog(world, run)).join("\n");
    assert.match(log, /##\[error\]HelmRelease flux-system\/s14-app: .*(RetriesExceeded|attempt)/);
  });
});
