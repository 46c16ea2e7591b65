// What goes into a release: the charts of its chart, and values by their paths.
import assert from "node:assert/strict";
import { parse, stringify } from "yaml";
import {
  condition,
  configMap,
  configMapAt,
  deploymentAt,
  findCondition,
  fluxNamespace,
  gitRepository,
  readyReason,
} from "./flux-objects.ts";
import type { Seen, World } from "./flux-world.ts";
import { chartFiles, helmChartAt, helmRelease, helmReleaseAt, release } from "./helm-objects.ts";

export function helmPackingCases(world: () => World): void {
  const until = (name: string, holds: (object: Seen) => boolean) =>
    world().until(helmReleaseAt(name), holds);

  it("packs what a chart's lock file names, not what Chart.yaml would", async () => {
    const on = (name: string) => [{ name, version: "1.0.0", repository: `file://../${name}` }];
    const part = (name: string) => ({
      [`${name}/Chart.yaml`]: stringify({ apiVersion: "v2", name, version: "1.0.0" }),
      [`${name}/templates/a.yaml`]: stringify({
        ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: `hr-lock-${name}` } },
      }),
    });
    await world().push("hr-lock", {
      ...chartFiles(),
      "chart/Chart.yaml": stringify({ name: "app", version: "1.0.0", dependencies: on("one") }),
      "chart/Chart.lock": stringify({ dependencies: [...on("one"), ...on("two")] }),
      ...{ ...part("one"), ...part("two") },
    });
    await world().apply(gitRepository(world(), "hr-lock"), helmRelease(world(), "hr-lock"));
    await until("hr-lock", readyReason("InstallSucceeded"));
    for (const name of ["one", "two"]) {
      assert.ok(await world().get(configMapAt("default", `hr-lock-${name}`)), name);
    }
  });

  it("refuses to pack another version of a chart than the lock file names", async () => {
    const on = (version: string) => [{ name: "one", version, repository: "file://../one" }];
    await world().push("hr-locked", {
      ...chartFiles(),
      "chart/Chart.yaml": stringify({ name: "app", version: "1.0.0", dependencies: on("2.0.0") }),
      "chart/Chart.lock": stringify({ dependencies: on("1.0.0") }),
      "one/Chart.yaml": stringify({ apiVersion: "v2", name: "one", version: "2.0.0" }),
    });
    await world().apply(gitRepository(world(), "hr-locked"), helmRelease(world(), "hr-locked"));
    const chart = await world().until(helmChartAt("hr-locked"), (one) =>
      Boolean(findCondition(one, "Ready")?.message?.includes("dependency")),
    );
    assert.equal(
      condition(chart, "Ready").message,
      "dependency build error: failed to add local dependency 'one': can't get a valid version for constraint '1.0.0'",
    );
  });

  it("sets a value by its path as helm does, over those that stand beside it", async () => {
    await world().apply(
      parse(
        configMap(fluxNamespace, "hr-path", {
          ...{ tag: "'7'", text: "a,b={c}", more: "---\n---\ntag: never\n" },
        }),
      ) as object,
    );
    const from = (valuesKey: string, more: object = {}) => ({
      ...{ kind: "ConfigMap", name: "hr-path", valuesKey, ...more },
    });
    await release(world(), "hr-path", {
      valuesFrom: [
        from("tag", { targetPath: "tag" }),
        from("text", { targetPath: "greeting", literal: true }),
        from("more"),
      ],
    });
    await until("hr-path", readyReason("InstallSucceeded"));
    const map = await world().get(configMapAt("default", "hr-path-settings"));
    assert.deepEqual(map?.data, { greeting: "a,b={c}" });
    const deployed = await world().get(deploymentAt("default", "hr-path"));
    assert.match(JSON.stringify(deployed), /shop\/app:7"/);
  });
}
