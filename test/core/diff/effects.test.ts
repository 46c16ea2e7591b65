import assert from "node:assert/strict";
import { requestedMore, restartsPods } from "../../../core/diff/effects.ts";
import { effectsText } from "../../../hub/view/effects-text.ts";
import { deployment, diffOf, object } from "./manifests.ts";

const asking = (cpu: string, memory: string, replicas?: number) =>
  deployment(
    { resources: { requests: { cpu, memory } } },
    replicas === undefined ? {} : { replicas },
  );
const changes = (before: object, after: object) => diffOf([before], [after]).objects;

describe("what a change does beside its edits", () => {
  it("is a restart of pods for anything in their template", () => {
    const [image] = changes(deployment({ image: "r/a:1" }), deployment({ image: "r/a:2" }));
    assert.ok(image && restartsPods(image));
    const [scaled] = changes(deployment({}, { replicas: 1 }), deployment({}, { replicas: 2 }));
    assert.ok(scaled && !restartsPods(scaled));
  });

  it("is no restart where the API server stores the same template as before", () => {
    const respelt = changes(asking("0.5", "1Gi"), asking("500m", "1024Mi"));
    const written = changes(deployment(), deployment({ imagePullPolicy: "IfNotPresent" }));
    assert.deepEqual([...respelt, ...written].map(restartsPods), [false, false]);
    const env = ["A", "B"].map((name) => ({ name, value: "1" }));
    const [moved] = changes(deployment({ env }), deployment({ env: env.toReversed() }));
    assert.ok(moved && restartsPods(moved));
  });

  it("is no restart of what runs on as it is, is new, goes, or has no pods", () => {
    const template = (image: string) => ({ spec: { containers: [{ name: "a", image }] } });
    const job = (image: string) =>
      object("batch/v1", "Job", { spec: { template: template(image) } });
    const cron = (image: string) =>
      object("batch/v1", "CronJob", {
        spec: { jobTemplate: { spec: { template: template(image) } } },
      });
    const config = (a: string) => object("v1", "ConfigMap", { data: { a } });
    const all = [
      ...changes(job("r/a:1"), job("r/a:2")),
      ...changes(cron("r/a:1"), cron("r/a:2")),
      ...changes(config("1"), config("2")),
      ...diffOf([], [deployment()]).objects,
      ...diffOf([deployment()], []).objects,
    ];
    assert.deepEqual(all.map(restartsPods), [false, false, false, false, false]);
  });

  it("adds up what pods request, by replicas", () => {
    const objects = changes(asking("100m", "128Mi", 2), asking("250m", "128Mi", 3));
    assert.deepEqual(requestedMore(objects), {
      cpu: 550_000_000n,
      memory: 128n * 1_048_576n * 1_000_000_000n,
    });
    assert.deepEqual(effectsText(objects), [
      "Pods of 1 workload restart",
      "Pods request cpu +550m and memory +128 Mi, by their replicas in git",
    ]);
  });

  it("gives back what a removed workload requested", () => {
    const { objects } = diffOf([asking("1", "2Gi")], []);
    assert.deepEqual(effectsText(objects), [
      "Pods request cpu −1 and memory −2 Gi, by their replicas in git",
    ]);
  });
});
