import assert from "node:assert/strict";
import { getDocument, setDocument } from "../../clients/azure-devops/extension-data.ts";
import type { WatchedCluster } from "../../clients/kubernetes/watch-cluster.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import type { Connector } from "../../connector/connector.ts";
import { createSnapshots } from "../../connector/reconcilers/snapshots.ts";
import {
  parseSnapshot,
  snapshotCollection,
  snapshotLimits,
  snapshotPageCollection,
} from "../../core/environment-snapshot.ts";
import { HttpError } from "../../core/errors.ts";
import { joinPages, pageId } from "../../core/snapshot/pages.ts";
import { parsePage } from "../../core/snapshot/parse-snapshot.ts";
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
    readonly snapshot?: EnvironmentConfig["snapshot"];
  }) {
    const { mode = "statuses", resync = 60_000, snapshot = {} } = of;
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
          if (request.method === "PUT" || refusing) writes += 1;
          const refusal = { code: "AccessDenied", status: 403 };
          return refusing ? Promise.reject(new HttpError("no", refusal)) : ado.http(request);
        },
      },
    };
    const { write } = createSnapshots(watching);
    return { write: () => write({ ...environment, snapshot }, { commit, healthy: false }), said };
  }

  const place = { publisher: "fluxgate", extension: "fluxgate", collection: snapshotCollection };
  const document = (): Promise<unknown> =>
    getDocument(clientOf(sandbox, "reader"), { ...place, id: "dev.west" });
  const page = (id: string): Promise<unknown> =>
    getDocument(clientOf(sandbox, "reader"), { ...place, collection: snapshotPageCollection, id });

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
        appliedBy: "Kustomization/flux-system/shop-dev",
      },
    ]);
    assert.equal(snapshot.leftOut, 0);
    assert.equal(snapshot.every, 60_000, "timings.resync here");
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

  it("is not written again because Flux looks again, nor because it has looked", async () => {
    const of = { path: "./dev", revision: `main@sha1:${commit}` };
    const { status, ...rest } = aKustomization(of) as { readonly status: object };
    const looked = (Ready: string, lastTransitionTime: string) => {
      const conditions = [
        { type: "Ready", status: Ready, reason: "Progressing", lastTransitionTime },
        ...(Ready === "True"
          ? []
          : [{ type: "Reconciling", status: "True", reason: "Progressing" }]),
      ];
      return aCluster([{ ...rest, status: { ...status, conditions } }]).flux();
    };
    let flux = looked("True", "2026-01-01T00:00:00Z");
    const { write } = await snapshots({ cluster: { ...aCluster([]), flux: () => flux } });
    await write();
    flux = looked("Unknown", "2026-01-01T00:10:00Z");
    await write();
    flux = looked("True", "2026-01-01T00:10:01Z");
    await write();
    assert.equal(writes, 1);
  });

  it("is nothing in mode observe", async () => {
    const { write } = await snapshots({ cluster: west(["api"]), mode: "observe" });
    await write();
    assert.equal(writes, 0);
  });

  it("is bounded, splits what does not fit into pages, and counts the rest", async () => {
    const names = Array.from({ length: snapshotLimits.workloads + 7 }, (_, index) => `w${index}`);
    await (await snapshots({ cluster: west(names) })).write();
    const snapshot = parseSnapshot(await document());
    assert.equal(snapshot?.workloads.length, snapshotLimits.workloads);
    assert.equal(snapshot.leftOut, 7);
    const { count = 0 } = snapshot.pages ?? {};
    assert.ok(count > 0, `${count} pages`);
    const pages = await Promise.all(
      Array.from({ length: count }, (_, index) => page(pageId(snapshot.id, index))),
    );
    const whole = joinPages(snapshot, pages.map(parsePage));
    assert.deepEqual(whole?.workloads.map(({ name }) => name).sort(), [...names].sort());
    assert.equal(whole?.leftOut, 0);
  });

  it("tells no controller's message unless the environment opted in", async () => {
    const failing = {
      ...aKustomization({ path: "./dev", revision: `main@sha1:${commit}` }),
    } as { status: { conditions: object[] } };
    const message = "Deployment.apps is invalid: value hunter2";
    failing.status.conditions = [
      { type: "Ready", status: "False", reason: "BuildFailed", message },
    ];
    await (await snapshots({ cluster: aCluster([failing]) })).write();
    assert.doesNotMatch(JSON.stringify(await document()), /hunter2/);
    assert.equal(parseSnapshot(await document())?.objects.at(-1)?.cause, "BuildFailed");
    await (await snapshots({ cluster: aCluster([failing]), snapshot: { messages: true } })).write();
    assert.match(JSON.stringify(await document()), /BuildFailed: .*hunter2/);
  });

  it("says who else writes it, and goes on writing", async () => {
    const { write, said } = await snapshots({ cluster: west(["api"]), resync: 0 });
    await write();
    const other = { ...((await document()) as { id: string }), reportedBy: "another", __etag: -1 };
    await setDocument(clientOf(sandbox, "connector"), { ...place, document: other });
    await write();
    assert.match(said.join(), /Another one writes the snapshot dev.west too/);
    await write();
    assert.notEqual(parseSnapshot(await document())?.reportedBy, "another");
  });

  it("keeps what was last seen of a cluster that fell silent", async () => {
    const known: { silent?: string } = {};
    const cluster = { ...west(["api"]), silent: () => known.silent };
    const { write } = await snapshots({ cluster });
    await write();
    known.silent = "no route to https://10.0.0.1";
    await write();
    const snapshot = parseSnapshot(await document());
    assert.equal(snapshot?.workloads.length, 1);
    assert.equal(snapshot.silent, "it does not answer as it should");
  });

  it("is old, and says so, while the cluster is silent", async () => {
    const { write } = await snapshots({
      cluster: { ...west(["api"]), silent: () => "no route to host" },
    });
    await write();
    const snapshot = parseSnapshot(await document());
    assert.equal(snapshot?.silent, "it does not answer as it should");
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
function west(names: readonly string[]): WatchedCluster {
  const inventory = names.map((name) => `shop_${name}_apps_Deployment`);
  const revision = `main@sha1:${commit}`;
  return aCluster([aKustomization({ path: "./dev", revision, inventory })], async () => {
    const failed = { state: "failed", reason: "ImagePullBackOff" } as const;
    const cause = "ImagePullBackOff of image api:1";
    return { health: { ...failed, cause }, images: ["api:1"] };
  });
}
