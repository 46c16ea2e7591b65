import assert from "node:assert/strict";
import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";
import { ended, waitLog } from "../support/actions.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { eventually } from "../support/eventually.ts";
import { change, startPlainWorld } from "../support/plain-script.ts";
import type { World } from "../support/world.ts";

const ns = "$" + "{ns}";
const app = (name: string, env: string, tag = "1") =>
  deployment({ name, namespace: ns, env, image: `registry.fabrikam.com/${name}:${tag}` });
const patch = (value: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: any, annotations: { v: "${value}" } }\n`;

describe("scenario 36: files and objects that do not map one to one, by Flux' build", () => {
  let world: World;
  const own = mkdtempSync(join(tmpdir(), "fluxgate-kube-"));
  before(async function () {
    const modules = await kubeFromCache();
    if (modules === undefined) return this.skip();
    cpSync(modules, own, { recursive: true });
    copyFileSync(join(own, "worker.cjs"), join(own, "as-it-is.cjs"));
    const environment = {
      name: "s36-built",
      spec: { postBuild: { substitute: { ns: "s36-built" } } },
      files: {
        "kustomization.yaml":
          "namePrefix: dev-\nresources: [ns.yaml, api.yaml, web.yaml, red.yaml]\npatches: [{ path: p.yaml, target: { name: web } }]\n",
        ...{ "ns.yaml": namespaceFile("s36-built"), "p.yaml": patch("1") },
        ...{ "api.yaml": app("api", "1"), "web.yaml": app("web", "1") },
        // Nobody's who waits here, and never well.
        "red.yaml": app("red", "1", "broken"),
      },
    };
    world = await startPlainWorld([environment], { env: { FLUXGATE_KUBE: own } });
  });
  after(async () => {
    await world?.close();
    rmSync(own, { recursive: true, force: true });
  });

  /** Kills the connector; the next one's module gets so far, says so by a file, and no further. */
  async function killAndRestart(stopsAt?: "start" | "call") {
    await world.stopConnector("SIGKILL");
    if (stopsAt === undefined) copyFileSync(join(own, "as-it-is.cjs"), join(own, "worker.cjs"));
    else writeFileSync(join(own, "worker.cjs"), stoppingAt(stopsAt));
    await world.startConnector();
  }

  const log = async (run: Parameters<typeof waitLog>[1]) => (await waitLog(world, run)).join("\n");

  it("waits for the one object that a file makes, whatever its name and namespace became", async () => {
    const run = await change(world, "s36-built", { "api.yaml": app("api", "2") });
    assert.equal(await ended(world, run), "succeeded");
    const said = await log(run);
    assert.match(said, /Deployment s36-built\/dev-api: healthy/);
    assert.match(said, /uses namePrefix; by Flux' build X changes 1 object/);
    assert.doesNotMatch(said, /dev-red: .*ImagePullBackOff$/m);
  });

  it("waits for what a patch by target changes", async () => {
    const run = await change(world, "s36-built", { "p.yaml": patch("2") });
    assert.equal(await ended(world, run), "succeeded");
    assert.match(await log(run), /Deployment s36-built\/dev-web: healthy/);
  });

  it("begins anew when it is killed while the module starts, and while it builds", async () => {
    await killAndRestart("start");
    const run = await change(world, "s36-built", { "api.yaml": app("api", "3") });
    for (const at of ["start", "call"] as const) {
      await eventually(`the module at its ${at}`, () => existsSync(join(own, at)) || undefined);
      await killAndRestart(at === "start" ? "call" : undefined);
    }
    assert.equal(await ended(world, run), "succeeded");
    const said = await log(run);
    assert.match(said, /by Flux' build X changes 1 object/);
    assert.match(said, /Deployment s36-built\/dev-api: healthy/);
  });

  it("fails with the object that X broke", async () => {
    const run = await change(world, "s36-built", { "web.yaml": app("web", "2", "broken") });
    assert.equal(await ended(world, run), "failed");
    assert.match(await log(run), /Deployment s36-built\/dev-web: .*ImagePullBackOff/);
  });
});

function stoppingAt(message: "start" | "call"): string {
  return `const { parentPort } = require("node:worker_threads");
const { writeFileSync } = require("node:fs");
parentPort.on("message", ({ type }) => {
  if (type === "${message}") writeFileSync(__dirname + "/${message}", "");
  else if (type === "start") parentPort.postMessage({ type: "ready" });
});
`;
}
