import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { eventually } from "../support/eventually.ts";
import {
  appliedAt,
  configMap,
  fluxNamespace,
  gitRepository,
  kustomization,
  kustomizationAt,
  namespace,
  readyReason,
} from "./flux-objects.ts";
import type { World } from "./flux-world.ts";

type FluxEvent = {
  readonly involvedObject: Readonly<Record<string, string>>;
  readonly severity: string;
  readonly message: string;
  readonly reason: string;
  readonly timestamp: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly reportingController: string;
};

type Received = {
  readonly event: FluxEvent;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

const key = "the key of the bell";

export function notificationCases(world: () => World): void {
  let received: Received[] = [];
  let url = "";
  /** The object whose first event is answered by 503. */
  let failsOnce = "";
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const event = JSON.parse(body) as FluxEvent;
      received.push({ event, body, headers: request.headers });
      const fails = event.involvedObject["name"] === failsOnce;
      if (fails) failsOnce = "";
      response.writeHead(fails ? 503 : 200).end();
    });
  });
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bell`;
  });
  after(() => void server.close());
  beforeEach(() => (received = []));

  /** An Alert on the Kustomization and GitRepository of that name. */
  async function alert(name: string, spec: object = {}): Promise<void> {
    const apiVersion = "notification.toolkit.fluxcd.io/v1beta3";
    const metadata = { name, namespace: fluxNamespace };
    const eventSources = ["GitRepository", "Kustomization"].map((kind) => ({ kind, name }));
    const secretRef = { name };
    await world().apply(
      { apiVersion: "v1", kind: "Secret", metadata, stringData: { token: key } },
      {
        ...{ apiVersion, kind: "Provider", metadata },
        spec: { type: "generic-hmac", address: url, secretRef },
      },
      {
        apiVersion,
        kind: "Alert",
        metadata,
        spec: { providerRef: { name }, eventSources, ...spec },
      },
    );
  }

  const about = (name: string) =>
    received
      .map(({ event }) => event)
      .filter(({ involvedObject }) => involvedObject["name"] === name);

  it("rings for the artifact, what was applied and the end, signed and with its metadata", async () => {
    await alert("bell", { eventMetadata: { cluster: "local" } });
    const commit = await world().push("bell", {
      "deploy/ns.yaml": namespace("bell"),
      "deploy/map.yaml": configMap("bell", "settings"),
    });
    const revision = `bell@sha1:${commit}`;
    await world().apply(gitRepository(world(), "bell"), kustomization("bell"));
    await eventually("the last event", () =>
      about("bell").some(({ message }) => message.startsWith("Reconciliation finished"))
        ? true
        : undefined,
    );
    assert.deepEqual(
      about("bell").map(({ involvedObject, severity, reason, message, metadata }) => [
        ...[
          involvedObject["kind"],
          severity,
          reason,
          message.replace(/in \S+, next/, "in D, next"),
        ],
        metadata,
      ]),
      [
        [
          ...["GitRepository", "info", "NewArtifact", "stored artifact for commit 'Change bell'"],
          { cluster: "local", revision },
        ],
        [
          ...["Kustomization", "info", "Progressing"],
          "Namespace/bell created\nConfigMap/bell/settings created",
          { cluster: "local", revision },
        ],
        [
          ...["Kustomization", "info", "ReconciliationSucceeded"],
          "Reconciliation finished in D, next run in 10m0s",
          { cluster: "local", commit_status: "update", revision },
        ],
      ],
    );
    const [first] = received;
    const { apiVersion, kind, name, uid, resourceVersion } = first?.event.involvedObject ?? {};
    assert.deepEqual(
      [apiVersion, kind, name],
      ["source.toolkit.fluxcd.io/v1", "GitRepository", "bell"],
    );
    assert.ok(uid && resourceVersion);
    assert.match(first?.event.timestamp ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(first?.headers["gotk-component"], "source-controller");
    assert.equal(first.event.reportingController, "source-controller");
    const digest = createHmac("sha256", key).update(first.body).digest("hex");
    assert.equal(first.headers["x-signature"], `sha256=${digest}`);
  });

  it("rings only for failures where the Alert wants no more", async () => {
    await alert("bell-errors", { eventSeverity: "error" });
    await world().push("bell-errors", {
      "deploy/kustomization.yaml": "resources: [absent.yaml]\n",
    });
    await world().apply(gitRepository(world(), "bell-errors"), kustomization("bell-errors"));
    const [event] = await eventually("a failure", () => {
      const events = about("bell-errors");
      return events.length > 0 ? events : undefined;
    });
    assert.deepEqual([event?.severity, event?.reason], ["error", "BuildFailed"]);
    assert.ok(about("bell-errors").every(({ severity }) => severity === "error"));
  });

  it("stays silent while suspended, and for what its lists leave out", async () => {
    await alert("bell-suspended", { suspend: true });
    await alert("bell-listed", { inclusionList: ["created$"], exclusionList: ["^Namespace"] });
    const commits = await Promise.all(
      ["bell-suspended", "bell-listed"].map((name) =>
        world().push(name, { "deploy/map.yaml": configMap("default", name) }),
      ),
    );
    for (const [index, name] of ["bell-suspended", "bell-listed"].entries()) {
      await world().apply(gitRepository(world(), name), kustomization(name));
      await world().until(kustomizationAt(name), appliedAt(`${name}@sha1:${commits[index]}`));
    }
    await eventually("the listed event", () => about("bell-listed")[0]);
    assert.deepEqual(
      about("bell-listed").map(({ message }) => message),
      ["ConfigMap/default/bell-listed created"],
    );
    assert.deepEqual(about("bell-suspended"), []);
  });

  it("rings again when the answer was a server error", async () => {
    await alert("bell-again", { inclusionList: ["created$"] });
    await world().push("bell-again", { "deploy/map.yaml": configMap("default", "bell-again") });
    failsOnce = "bell-again";
    await world().apply(gitRepository(world(), "bell-again"), kustomization("bell-again"));
    await world().until(kustomizationAt("bell-again"), readyReason("ReconciliationSucceeded"));
    await eventually("the second ring", () => (about("bell-again").length >= 2 ? true : undefined));
    const [first, second] = about("bell-again");
    assert.deepEqual(first, second);
  });
}
