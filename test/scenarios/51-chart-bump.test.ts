import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { fluxgate } from "../cli/cli-process.ts";
import { toolsOnPath } from "../rendering/rendering-harness.ts";
import { ended, waitLog } from "../support/actions.ts";
import { namespaceFile } from "../support/delivery.ts";
import { chartFiles, helmRelease, inFolder } from "../support/helm-chart.ts";
import { change, startPlainWorld } from "../support/plain-script.ts";
import type { World } from "../support/world.ts";

type Files = Readonly<Record<string, string>>;
type Reviewed = {
  readonly kind: string;
  readonly name: string;
  readonly madeBy?: string;
  readonly edits?: readonly { readonly path: string; readonly after?: unknown }[];
};

describe("scenario 51: a chart bump", function () {
  this.timeout(300_000);
  const was: Files = {
    "kustomization.yaml": "resources: [namespace.yaml, release.yaml]\n",
    "namespace.yaml": namespaceFile("s51"),
    "release.yaml": helmRelease({ name: "s51-app", chart: "s51/chart", namespace: "s51" }),
    ...inFolder("chart", chartFiles()),
  };
  const template = "chart/templates/deployment.yaml";
  const bump: Files = {
    "chart/Chart.yaml": chartFiles("1.1.0")["Chart.yaml"] ?? "",
    [template]: (was[template] ?? "").replace("replicas: 1", "replicas: 2"),
  };
  let world: World;
  let folder: string;
  before(async () => {
    await ensureBuilt(["cli"]);
    folder = mkdtempSync(join(tmpdir(), "fluxgate-bump-"));
    world = await startPlainWorld([{ name: "s51", files: was }]);
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function put(side: string, files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, side, "s51", path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** What the review shows of the two. */
  async function review(): Promise<readonly Reviewed[]> {
    put("before", was);
    put("after", { ...was, ...bump });
    const tools = await toolsOnPath();
    const { out, err } = fluxgate(folder, ["diff", "before", "after", "--format", "json"]);
    tools.restore();
    assert.notEqual(out.length, 0, err.join("\n"));
    return (JSON.parse(out.join("\n")) as { readonly objects: readonly Reviewed[] }).objects;
  }

  it("is reviewed as what it renders, and that is what comes to the cluster", async () => {
    const [shown] = (await review()).filter(({ kind }) => kind === "Deployment");
    assert.equal(shown?.madeBy, "HelmRelease flux-system/s51-app");
    const replicas = shown?.edits?.find(({ path }) => path === "spec.replicas")?.after;
    assert.equal(String(replicas), "2", JSON.stringify(shown));
    const run = await change(world, "s51", bump);
    assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
    const of = ["get", "deployment", shown?.name ?? "", "-n", "s51", "-o"] as const;
    assert.equal(await world.kubectl(...of, "jsonpath={.spec.replicas}"), String(replicas));
    const version = ["get", "helmrelease", "s51-app", "-n", "flux-system", "-o"] as const;
    assert.equal(
      await world.kubectl(...version, "jsonpath={.status.lastAttemptedRevision}"),
      "1.1.0",
    );
  });
});
