// What is said, word for word where somebody reads it in a log or on a status.
import assert from "node:assert/strict";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { emptyMemory } from "../../../core/gate/memory.ts";
import { waitKeyText } from "../../../core/gate/wait.ts";
import { api, chartSource, cluster, helmChart, helmRelease, input } from "./gate-world.ts";
import { kustomization, now, older, pulling, release, releaseId } from "./gate-world.ts";
import { running, source, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const active = { kind: "pull-request", id: 7, state: "active" } as const;
const seen = { ...emptyMemory, commit: x, seenOnBranch: true };
const whole = { name: "dev", scope: "environment", healthUnknownSucceeds: false } as const;
type Given = Partial<GateInput> & Pick<Row, "line">;
const says = (then: string, text: RegExp, { line, ...given }: Given): Row => ({
  ...{ says: `${then}: ${(line ?? text).source}`, then, text, given },
  ...(line ? { line } : {}),
});
const withStatus = (fields: object): FluxObject => ({ ...kustomization(), ...fields });

describeRows("words about X", [
  says("succeeded", /^aaaaaaaa is deployed in dev and healthy$/, {}),
  says("waiting read-afresh", /^aaaaaaaa is deployed in dev: looking once more$/, { fresh: false }),
  says("waiting branch", /^cannot tell whether aaaaaaaa is on main$/, { onBranch: "unknown" }),
  says("waiting branch", /^pull request !7 was merged as aaaaaaaa, which is not on main$/, {
    onBranch: "no",
  }),
  says(
    "waiting branch",
    /^pull request !7 was merged into next as aaaaaaaa, which is not on main$/,
    {
      onBranch: "no",
      target: { kind: "pull-request", id: 7, state: "completed", commit: x, into: "next" },
    },
  ),
  says(
    "waiting merge",
    /^waiting for the merge of pull request !7, which goes to next, not main$/,
    {
      target: { ...active, into: "next" },
    },
  ),
  says(
    "waiting merge",
    /^waiting for .* !7, whose branch is gone: restore the branch, or abandon it/,
    {
      target: { ...active, branchless: true },
    },
  ),
  says("waiting branch", /^there is no branch main$/, { onBranch: "no", branchMissing: true }),
  says("waiting branch", /^there is no branch main any more: somebody has deleted or renamed it$/, {
    ...{ onBranch: "no", branchMissing: true, memory: seen },
  }),
  says("waiting branch", /^aaaaaaaa is not on main yet$/, {
    ...{ onBranch: "no", target: { kind: "commit", commit: x } },
  }),
  says("waiting read-afresh", /^aaaaaaaa seems to be no longer on main: looking once more$/, {
    ...{ onBranch: "no", memory: seen, fresh: false },
  }),
  says("failed force-push", /^aaaaaaaa is no longer on main: somebody has rewritten the branch$/, {
    ...{ onBranch: "no", memory: seen },
  }),
  says("waiting merge", /^waiting for the merge of pull request !7$/, { target: active }),
  says("waiting merge", /^pull request !7 is completed, its merge commit is not known yet$/, {
    target: { ...active, state: "completed" },
  }),
  says("waiting merge", /^waiting for the merge of pull request !7$/, {
    target: { ...active, commit: x },
  }),
  says("waiting changes", /^no commit of main holds what this run rendered yet$/, {
    target: { kind: "unchanged" },
  }),
  says("failed abandoned", /^pull request !7 was abandoned$/, {
    target: { ...active, state: "abandoned" },
  }),
]);

describeRows("words about clusters", [
  says("waiting cluster", /^environment dev has no active cluster$/, { clusters: [] }),
  says("waiting cluster", /^cluster local: does not answer as it should: no route$/, {
    clusters: [cluster({ silent: "no route" })],
  }),
  says("succeeded", /healthy/, {
    clusters: [cluster(), cluster({ name: "west", paths: ["prod"], flux: [] })],
    line: /^west: cluster west: runs nothing of what changed$/m,
  }),
  says("succeeded", /healthy/, {
    clusters: [cluster({ paths: ["prod", "dev"] })],
  }),
  says("waiting concerned", /: nothing of it was found yet$/, {
    ...{ everything: true, changed: [], clusters: [cluster({ flux: [] })] },
  }),
  says(
    "waiting concerned",
    /: nothing there deploys what changed in dev: no Kustomization on this repository and branch has its folder as path$/,
    { clusters: [running([kustomization({ path: "./other" })])] },
  ),
  says("waiting concerned", /^no active cluster of dev runs dev\/a.txt \(its paths\)$/, {
    changed: ["dev/a.txt", "dev/b.txt"].map((path) => ({ path, removed: false, identities: [] })),
    clusters: [cluster({ paths: ["prod"] })],
  }),
  says(
    "waiting concerned",
    /shop-dev may bring it, but its source OCIRepository flux-system\/manifests does not say which commit/,
    {
      clusters: [
        cluster({
          flux: [
            { ...source(), kind: "OCIRepository" } as unknown as FluxObject,
            kustomization({ spec: { sourceRef: { kind: "OCIRepository", name: "manifests" } } }),
          ],
        }),
      ],
    },
  ),
  says("waiting concerned", /has its folder as path$/, {
    clusters: [
      cluster({
        flux: [source({ ref: { tag: "v1" } }), kustomization({ path: "./other" })],
      }),
    ],
  }),
]);

const unhealthy = kustomization({
  ...{ applied: older, attempted: x },
  ready: { status: "False", reason: "HealthCheckFailed", message: "Deployment/other/red: Failed" },
});
const ofRelease = (facts: Parameters<typeof helmRelease>[0], ...more: readonly FluxObject[]) => ({
  changed: [{ path: "dev/hr.yaml", removed: false, identities: [release] }],
  clusters: [running([kustomization({ inventory: [releaseId] }), helmRelease(facts), ...more])],
});
const chart = {
  spec: { chart: "./charts/api", sourceRef: { kind: "GitRepository", ...chartSource } },
};
const failed = (reason: string, message = "") => ({ status: "False", reason, message }) as const;

describeRows("words about what is applied", [
  says("succeeded", /healthy/, {
    clusters: [running([unhealthy])],
    line: /shop-dev: applied aaaaaaaa, its health check failed$/m,
  }),
  says(
    "waiting health",
    /shop-dev: not ready: HealthCheckFailed: Deployment\/other\/red: Failed$/,
    {
      ...{ environment: whole, clusters: [running([unhealthy])] },
    },
  ),
  says("waiting applied", /shop-dev: runs nothing, which does not contain aaaaaaaa$/, {
    clusters: [running([withStatus({ lastAppliedRevision: undefined })])],
  }),
  says("waiting applied", /its controller has not finished generation 2 yet$/, {
    clusters: [running([kustomization({ generation: 2, observedGeneration: 1 })])],
  }),
  says("waiting applied", /its controller has not finished generation 2 yet$/, {
    clusters: [running([withStatus({ conditions: [], generation: 2 })])],
  }),
  says("waiting applied", /shop-dev: Building manifests$/, {
    clusters: [
      running([
        kustomization({
          ...{ applied: older, ready: { status: "Unknown", reason: "Progressing" } },
          conditions: [{ type: "Reconciling", status: "True", message: "Building manifests" }],
        }),
      ]),
    ],
  }),
  says("waiting suspended", /its source GitRepository flux-system\/manifests is suspended/, {
    clusters: [
      cluster({ flux: [source({ has: older, suspend: true }), kustomization({ applied: older })] }),
    ],
  }),
  says("succeeded", /healthy/, {
    ...ofRelease({}),
    line: /HelmRelease shop\/api: ready with 1.2.3$/m,
  }),
  says("waiting suspended", /HelmRelease shop\/api: suspended, by whom is not recorded$/, {
    ...ofRelease({ spec: { suspend: true } }),
  }),
  says("waiting applied", /HelmRelease shop\/api: its newest generation is not done yet$/, {
    ...ofRelease({ status: { observedGeneration: 0 }, ready: { observedGeneration: 1 } }),
  }),
  says("waiting applied", /HelmRelease shop\/api: Helm install in progress$/, {
    ...ofRelease({
      ready: { status: "Unknown", reason: "Progressing", message: "Helm install in progress" },
    }),
  }),
  says("waiting applied", /HelmRelease shop\/api: SourceNotReady: not yet$/, {
    ...ofRelease({ ready: failed("SourceNotReady", "not yet") }),
  }),
  says("waiting applied", /its HelmChart has not been seen yet$/, {
    ...ofRelease({ spec: { chart }, status: { helmChart: "shop/api" } }),
  }),
  says("waiting applied", /HelmChart shop\/api is not packed from aaaaaaaa yet$/, {
    ...ofRelease(
      { spec: { chart }, status: { helmChart: "shop/api" } },
      helmChart({ from: older }),
    ),
  }),
  says("waiting applied", /HelmChart shop\/api is not packed from aaaaaaaa yet: no disk$/, {
    ...ofRelease(
      { spec: { chart }, status: { helmChart: "shop/api" } },
      helmChart({ from: older, ready: failed("StorageOperationFailed", "no disk") }),
    ),
  }),
  says("waiting applied", /HelmRelease shop\/api: it has not been seen yet$/, {
    changed: [{ path: "dev/hr.yaml", removed: false, identities: [release] }],
    clusters: [running([kustomization({ inventory: [releaseId] })])],
  }),
]);

const job = { ...api, group: "batch", kind: "Job", name: "migrate" };
const ofJob = (state: "missing"): Partial<GateInput> => ({
  changed: [{ path: "dev/job.yaml", removed: false, identities: [job] }],
  clusters: [
    cluster({
      flux: [source(), kustomization({ inventory: ["shop_migrate_batch_Job"] })],
      health: { "Job.batch/shop/migrate": { state } },
    }),
  ],
});
const missingOfRelease = (): Partial<GateInput> => {
  const made = helmRelease({
    spec: { install: { disableWait: true } },
    status: { inventory: { entries: [{ id: "shop_api_apps_Deployment", v: "v1" }] } },
  });
  return {
    changed: [{ path: "dev/release.yaml", removed: false, identities: [release] }],
    clusters: [running([kustomization({ inventory: [releaseId] }), made], { state: "missing" })],
  };
};
const at = (state: "terminating" | "unknown") => ({
  clusters: [running([kustomization()], { state, cause: "because" })],
});

describeRows("words about health", [
  says("waiting health", /^Deployment shop\/api: terminating: because$/, at("terminating")),
  says("waiting health", /^Deployment shop\/api: unknown: because$/, at("unknown")),
  says("waiting health", /^Deployment shop\/api: .*ImagePullBackOff of image r.io\/api:broken$/, {
    clusters: [running([kustomization()], pulling)],
  }),
  says("waiting health", /^Deployment shop\/api: Deadline: 3 of 4$/, {
    clusters: [
      running([kustomization()], { state: "failed", reason: "Deadline", cause: "3 of 4" }),
    ],
  }),
  says(
    "waiting health",
    /^Deployment shop\/api: it is not in the cluster: Flux makes it again at its next interval, unless its manifest says to leave it \(kustomize.toolkit.fluxcd.io\/reconcile: disabled, or ssa: Ignore\)$/,
    { clusters: [running([kustomization()], { state: "missing" })] },
  ),
  says("waiting health", /removed before anybody saw it complete; Flux makes it again/, {
    ...ofJob("missing"),
  }),
  says(
    "waiting health",
    /it is not in the cluster: Flux makes it again with the next upgrade, or at its next interval where driftDetection is enabled /,
    missingOfRelease(),
  ),
  says("waiting health", /its health has not been read yet$/, {
    clusters: [cluster({ health: {} })],
  }),
  says(
    "waiting health-unknown",
    /no permission to read it \(grant the connector get on its kind\)$/,
    {
      clusters: [running([kustomization()], { state: "forbidden" })],
    },
  ),
  says("succeeded", /healthy/, {
    clusters: [running([kustomization({ spec: { wait: true } })], { state: "forbidden" })],
    line: /^Deployment shop\/api: healthy, says Flux$/m,
  }),
]);

describe("decide(): words", () => {
  it("say that what X changed is not known yet", () => {
    const { changed, ...rest } = input();
    assert.ok(changed);
    assert.equal(decide(rest, now).text, "what aaaaaaaa changed is not known yet");
  });

  it("are the same on the log's line and on the status while nothing is looked at", () => {
    const verdict = decide(input({ target: active }), now);
    assert.deepEqual([verdict.progress, verdict.notes], [[verdict.text], []]);
  });

  it("are noted of what is taken for well because it may not be read", () => {
    const environment = { ...whole, scope: "delivery", healthUnknownSucceeds: true } as const;
    const clusters = [running([kustomization()], { state: "forbidden" })];
    const { notes } = decide(input({ environment, clusters }), now);
    assert.match(notes.join(), /^Deployment shop\/api: applied, health unknown/);
  });

  it("name a wait by all that makes it one", () => {
    const key = { organisation: "o", project: "p", build: 1, plan: "l", job: "j", task: "t" };
    const text = waitKeyText({ ...key, attempt: 2 } as Parameters<typeof waitKeyText>[0]);
    assert.equal(text, "o/p/1/l/j/t/2");
  });
});
