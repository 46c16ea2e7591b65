import assert from "node:assert/strict";
import { getDocument } from "../../clients/azure-devops/extension-data.ts";
import type { WatchedCluster } from "../../clients/kubernetes/watch-cluster.ts";
import type { Connector } from "../../connector/connector.ts";
import { createSnapshots } from "../../connector/reconcilers/snapshots.ts";
import {
  parseSnapshot,
  snapshotCollection,
  snapshotLimits,
} from "../../core/environment-snapshot.ts";
import { HttpError } from "../../core/errors.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../support/sandbox.ts";
import { aCluster, aKustomization } from "./a-cluster.ts";
import { aConnector } from "./a-connector.ts";

const commit = "c".repeat(40);

describe("what the hub is told", () => {
  let sandbox: Sandbox;
  let refusing = false;
  let writes = 0;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "README.md": "" } }]);
  });
  after(() => sandbox.close());
  beforeEach(() => {
    refusing = false;
    writes = 0;
  });

  async function snapshots(of: {
    readonly cluster: WatchedCluster;
    readonly mode?: "observe" | "statuses";
    readonly resync?: number;
  }) {
    const { mode = "statuses", resync = 60_000 } = of;
    const { connector, said } = await aConnector(sandbox, { mode, repository: "manifests" });
    const { ado, config } = connector;
    const [environment] = config.environments;
    assert.ok(environment);
    const watching: Connector = {
      ...connector,
      config: { ...config, timings: { ...config.timings, resync } },
      clusters: new Map([["west", of.cluster]]),
      ado: {
        ...ado,
        http: (request) => {
          if (!request.url.includes("ExtensionManagement")) return ado.http(request);
          writes += 1;
          const refusal = { code: "AccessDenied", status: 403 };
          return refusing ? Promise.reject(new HttpError("no", refusal)) : ado.http(request);
        },
      },
    };
    const { write } = createSnapshots(watching);
    return { write: () => write(environment, { commit }), said };
  }

  async function document(): Promise<unknown> {
    return getDocument(clientOf(sandbox, "reader"), {
      ...{ publisher: "fluxgate", extension: "fluxgate", collection: snapshotCollection },
      id: "dev.west",
    });
  }

  it("is what Flux applied, with images and causes", async () => {
    const { write } = await snapshots({ cluster: west(["api"]) });
    await write();
    const snapshot = parseSnapshot(await document());
    assert.equal(snapshot?.commit, commit);
    assert.deepEqual(
      snapshot.objects.map(({ kind, name, revision }) => [kind, name, revision]),
      [["Kustomization", "shop-dev", `main@sha1:${commit}`]],
    );
    assert.deepEqual(snapshot.workloads, [
      {
        ...{ kind: "Deployment", namespace: "shop", name: "api", images: ["api:1"] },
        ...{ health: "failed", cause: "ImagePullBackOff of image api:1" },
      },
    ]);
    assert.equal(snapshot.leftOut, 0);
  });

  it("is written again only when it differs, or when its age is to be told", async () => {
    const { write } = await snapshots({ cluster: west(["api"]) });
    await write();
    await write();
    assert.equal(writes, 1);
    const often = await snapshots({ cluster: west(["api"]), resync: 0 });
    await often.write();
    await often.write();
    assert.equal(writes, 3);
  });

  it("is nothing in mode observe", async () => {
    const { write } = await snapshots({ cluster: west(["api"]), mode: "observe" });
    await write();
    assert.equal(writes, 0);
  });

  it("is bounded, counts what it leaves out, and asks the cluster for a few at a time", async () => {
    const names = Array.from({ length: snapshotLimits.workloads + 7 }, (_, index) => `w${index}`);
    let asked = 0;
    let most = 0;
    const cluster = west(names, async () => {
      asked += 1;
      most = Math.max(most, asked);
      await new Promise((resolve) => setImmediate(resolve));
      asked -= 1;
    });
    await (await snapshots({ cluster })).write();
    const snapshot = parseSnapshot(await document());
    assert.equal(snapshot?.workloads.length, snapshotLimits.workloads);
    assert.equal(snapshot.leftOut, 7);
    assert.ok(most <= 8, `${most} at once`);
  });

  it("is old, and says so, while the cluster is silent", async () => {
    const { write } = await snapshots({
      cluster: { ...west(["api"]), silent: () => "no route to host" },
    });
    await write();
    const snapshot = parseSnapshot(await document());
    assert.equal(snapshot?.silent, "no route to host");
  });

  it("is tried again later where the extension is missing, and both are said once", async () => {
    const { write, said } = await snapshots({ cluster: west(["api"]), resync: 0 });
    refusing = true;
    await write();
    await write();
    refusing = false;
    await write();
    assert.deepEqual(said, [
      "The hub gets no Flux state: extension data cannot be written",
      "The hub gets Flux' state: extension data can be written now",
    ]);
    const patient = await snapshots({ cluster: west(["api"]) });
    refusing = true;
    writes = 0;
    await patient.write();
    await patient.write();
    assert.equal(writes, 1);
  });
});

/** A cluster with one Kustomization that has applied Deployments of these names. */
function west(names: readonly string[], asked = async () => undefined as void): WatchedCluster {
  const inventory = names.map((name) => `shop_${name}_apps_Deployment`);
  const revision = `main@sha1:${commit}`;
  return aCluster([aKustomization({ path: "./dev", revision, inventory })], async () => {
    await asked();
    const failed = { state: "failed", reason: "ImagePullBackOff" } as const;
    const cause = "ImagePullBackOff of image api:1";
    return { health: { ...failed, cause }, images: ["api:1"] };
  });
}
