import assert from "node:assert/strict";
import { ended, waitLog } from "../support/actions.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { change, startPlainWorld } from "../support/plain-script.ts";
import type { World } from "../support/world.ts";

const api = (env: string, tag = "1") =>
  deployment({
    ...{ name: "api", namespace: "s36", env },
    image: `registry.fabrikam.com/api:${tag}`,
  });
const kustomization = (body: string) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${body}`;
const patch = (value: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: any, annotations: { v: "${value}" } }\n`;

const environments = [
  {
    name: "s36-prefix",
    files: {
      "kustomization.yaml": kustomization("namePrefix: dev-\nresources: [ns.yaml, api.yaml]\n"),
      ...{ "ns.yaml": namespaceFile("s36"), "api.yaml": api("1") },
    },
  },
  {
    name: "s36-patch",
    files: {
      "kustomization.yaml": kustomization(
        "resources: [ns.yaml, api.yaml]\npatches: [{ path: p.yaml, target: { kind: Deployment } }]\n",
      ),
      "ns.yaml": namespaceFile("s36-patch"),
      "api.yaml": api("1").replace("namespace: s36", "namespace: s36-patch"),
      "p.yaml": patch("1"),
    },
  },
  {
    name: "s36-values",
    spec: { postBuild: { substitute: { ns: "s36-values" } } },
    files: {
      "ns.yaml": namespaceFile("s36-values"),
      "api.yaml": api("1").replace("namespace: s36", "namespace: $" + "{ns}"),
    },
  },
  {
    name: "s36-unlisted",
    files: {
      "kustomization.yaml": kustomization("resources: [ns.yaml]\n"),
      "ns.yaml": namespaceFile("s36-unlisted"),
    },
  },
];

describe("scenario 36: files and objects that do not map one to one, without Flux' build", () => {
  let world: World;
  before(async () => {
    world = await startPlainWorld(environments, { env: { FLUXGATE_KUBE: "" } });
  });
  after(() => world.close());

  const log = async (run: Parameters<typeof waitLog>[1]) => (await waitLog(world, run)).join("\n");

  it("judges the whole Kustomization under a namePrefix, and says why", async () => {
    const run = await change(world, "s36-prefix", { "api.yaml": api("2") });
    assert.equal(await ended(world, run), "succeeded");
    assert.match(
      await log(run),
      /judged whole, since s36-prefix\/kustomization.yaml uses namePrefix, and Flux' build does not tell: .* without/,
    );
  });

  it("fails with the renamed object that X broke", async () => {
    const run = await change(world, "s36-prefix", { "api.yaml": api("3", "broken") });
    assert.equal(await ended(world, run), "failed");
    assert.match(await log(run), /Deployment s36\/dev-api: .*ImagePullBackOff/);
  });

  it("judges it whole for a patch that names no object", async () => {
    const run = await change(world, "s36-patch", { "p.yaml": patch("2") });
    assert.equal(await ended(world, run), "succeeded");
    assert.match(await log(run), /uses patches, .*: \d of \d objects are well/);
  });

  it("judges it whole where a namespace is put in by Flux", async () => {
    const text = api("2").replace("namespace: s36", "namespace: $" + "{ns}");
    const run = await change(world, "s36-values", { "api.yaml": text });
    assert.equal(await ended(world, run), "succeeded");
    assert.match(await log(run), /judged whole, since .* hangs on a value/);
  });

  it("says that a file which no list reaches changes nothing, and waits for nothing of it", async () => {
    const run = await change(world, "s36-unlisted", { "new.yaml": api("1") });
    assert.equal(await ended(world, run), "succeeded");
    assert.match(
      await log(run),
      /s36-unlisted\/new.yaml: no resources of a kustomization reach it/,
    );
  });
});
