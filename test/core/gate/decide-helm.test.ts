import assert from "node:assert/strict";
import type { Condition } from "../../../core/flux/condition.ts";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { api, chartSource, helmChart, helmRelease, input, kustomization } from "./gate-world.ts";
import { now, older, running, x } from "./gate-world.ts";
import { describeRows, kindOf, type Row } from "./rows.ts";

const notReady = (reason: string, message = "") => ({ status: "False", reason, message }) as const;

const file = { path: "dev/api/hr.yaml", removed: false };
const helm = { ...api, group: "helm.toolkit.fluxcd.io", version: "v2", kind: "HelmRelease" };
const ownFile = { ...file, identities: [helm] };
const values = { ...api, group: "", kind: "ConfigMap", name: "values" };
const valuesFile = { ...file, identities: [values] };
const valuesFrom = { spec: { valuesFrom: [{ kind: "ConfigMap", name: "values" }] } };

/** A HelmRelease in the inventory of a Kustomization that has applied X, or that commit. */
function release(
  facts: Parameters<typeof helmRelease>[0],
  {
    parent = x,
    changed = ownFile,
    chart,
  }: {
    readonly parent?: string;
    readonly changed?: typeof ownFile;
    readonly chart?: FluxObject;
  } = {},
): Partial<GateInput> {
  const inventory = ["shop_api_helm.toolkit.fluxcd.io_HelmRelease", "shop_values__ConfigMap"];
  const flux = [kustomization({ applied: parent, inventory }), helmRelease(facts)];
  return { changed: [changed], clusters: [running(chart ? [...flux, chart] : flux)] };
}

const fromGit = {
  spec: {
    chart: {
      spec: { chart: "./charts/api", sourceRef: { kind: "GitRepository", ...chartSource } },
    },
  },
  status: { helmChart: "shop/api" },
};
const byReference = { spec: { chartRef: { kind: "HelmChart", name: "api" } } };
const chartYaml = { path: "charts/api/Chart.yaml", removed: false, identities: [] };
const chartFile = { path: "charts/api/values.yaml", removed: false, identities: [] };

const helmRows: readonly Row[] = [
  {
    says: "a failing one counts only after its parent applied X",
    given: release({ ready: notReady("UpgradeFailed", "boom") }, { parent: older }),
    then: "waiting applied",
    later: true,
  },
  ...["InstallFailed", "UpgradeFailed", "TestFailed", "RollbackFailed", "UninstallFailed"].map(
    (reason): Row => ({
      says: `${reason} counts after the grace`,
      given: release({ ready: notReady(reason, "boom") }),
      then: "failed lasting",
      later: true,
    }),
  ),
  ...["RollbackSucceeded", "UninstallSucceeded"].map((reason): Row => ({
    says: `${reason}: that attempt failed`,
    given: release({ ready: { status: "True", reason, message: "undone" } }),
    then: "failed lasting",
    later: true,
  })),
  ...[
    ["Released", "UpgradeFailed"],
    ["TestSuccess", "TestFailed"],
  ].map(([type = "", reason = ""]): Row => ({
    says: `says what was undone, not how well: ${reason}`,
    given: release({
      ready: notReady("RollbackSucceeded", "Helm rollback to api.v1 succeeded"),
      conditions: [
        { type: "Remediated", status: "True", reason: "RollbackSucceeded" },
        { type, status: "False", reason, message: "timed out waiting for api" },
      ],
    }),
    then: "failed lasting",
    later: true,
    text: RegExp(
      `^HelmRelease shop/api: ${reason}: Helm has undone it \\(RollbackSucceeded\\): timed out waiting for api$`,
    ),
  })),
  {
    says: "a test that fails and is ignored is said where it is deployed",
    given: release({
      conditions: [{ type: "TestSuccess", status: "False", reason: "TestFailed" }],
    }),
    then: "succeeded",
    line: /ready with 1.2.3, though its Helm test failed \(test.ignoreFailures\)$/m,
  },
  ...["install", "upgrade"].map((action): Row => ({
    says: `so are the Jobs that its ${action} does not wait for`,
    given: release({ spec: { [action]: { disableWaitForJobs: true } } }),
    then: "succeeded",
    line: /ready with 1.2.3, whatever becomes of its Jobs \(disableWaitForJobs\)$/m,
  })),
  {
    says: "how the attempt before this generation ended says nothing of this one",
    given: release({
      ready: { status: "False", reason: "RollbackSucceeded", message: "undone" },
      status: { lastAttemptedGeneration: 0 },
    }),
    then: "waiting applied",
    later: true,
    text: /earlier attempt than generation 1/,
  },
  ...["RetriesExceeded", "MissingRollbackTarget"].map((reason): Row => ({
    says: `nor ${reason}, whatever Ready says beside it`,
    given: release({
      ready: { status: "Unknown", reason: "Progressing" },
      conditions: [{ type: "Stalled", status: "True", reason, message: "given up" }],
      status: { lastAttemptedGeneration: 0 },
    }),
    then: "waiting applied",
    later: true,
    text: /earlier attempt than generation 1/,
  })),
  {
    says: "but what is refused before any attempt counts at once",
    given: release({
      ready: notReady("AccessDenied", "no"),
      conditions: [{ type: "Stalled", status: "True", reason: "AccessDenied", message: "no" }],
      status: { lastAttemptedGeneration: 0 },
    }),
    then: "failed terminal",
  },
  ...["DependencyNotReady", "HealthCheckCanceled", "SourceNotReady", "Progressing"].map(
    (reason): Row => ({
      says: `${reason} never fails by itself`,
      given: release({ ready: notReady(reason, "later") }),
      then: "waiting applied",
      later: true,
    }),
  ),
  {
    says: "Stalled by RetriesExceeded counts at once",
    given: release({
      ready: notReady("UpgradeFailed", "boom"),
      conditions: [
        { type: "Stalled", status: "True", reason: "RetriesExceeded", message: "exhausted" },
      ],
    }),
    then: "failed terminal",
  },
  {
    says: "a chart of this repository holds until it is packed from X",
    given: release(fromGit, { chart: helmChart({ from: older }) }),
    then: "waiting applied",
    text: /HelmChart shop\/api is not packed from aaaaaaaa yet/,
  },
  ...[
    { status: "Unknown", reason: "Progressing", message: "building artifact" } as const,
    notReady("StorageOperationFailed", "no space left"),
    notReady("ChartPackageError", "no such template"),
  ].map((ready): Row => ({
    says: `and until it has packed what it looked at: ${ready.reason}`,
    given: {
      ...release(fromGit, { chart: helmChart({ ready }) }),
      changed: [chartYaml, chartFile],
    },
    then: "waiting applied",
    text: RegExp(`HelmRelease shop/api: HelmChart shop/api: ${ready.message}`),
  })),
  ...[
    ["1.2.4", "waiting applied"],
    ["1.2.3", "succeeded"],
  ].map(([version = "", then = ""]): Row => ({
    says: `and until it gives what it says to have packed: ${version} of 1.2.3`,
    given: {
      ...release(fromGit, {
        chart: helmChart({ ready: { message: `packaged 'api' chart with version '${version}'` } }),
      }),
      changed: [chartYaml],
    },
    then,
  })),
  {
    says: "and until the release has tried that version",
    given: release(
      { ...fromGit, status: { ...fromGit.status, lastAttemptedRevision: "1.2.2" } },
      { chart: helmChart({}) },
    ),
    then: "waiting applied",
    text: /has not tried chart version 1.2.3 yet/,
  },
  {
    says: "and counts then",
    given: release(fromGit, { chart: helmChart({}) }),
    then: "succeeded",
  },
  {
    says: "but not a chart that X changed under its old version: Flux does not take it",
    given: release(fromGit, { changed: chartFile, chart: helmChart({}) }),
    then: "waiting applied",
    text: /X changed its chart but not the version 1.2.3 in Chart.yaml/,
  },
  {
    says: "while one with its Chart.yaml counts",
    given: release(fromGit, { changed: chartYaml, chart: helmChart({}) }),
    then: "succeeded",
  },
  {
    says: "a chart that a chartRef names is the same",
    given: release(byReference, { chart: helmChart({ from: older }) }),
    then: "waiting applied",
    text: /is not packed from/,
  },
  {
    says: "a chart of X that cannot be packed counts after the grace",
    given: release(
      { ...fromGit, ready: notReady("SourceNotReady", "HelmChart 'shop/api' is not ready") },
      { changed: chartFile, chart: helmChart({ ready: notReady("ChartPackageError", "no name") }) },
    ),
    then: "failed lasting",
    later: true,
    text: /HelmChart shop\/api: ChartPackageError: no name/,
  },
  {
    says: "but not one that cannot be fetched",
    given: release(
      { ...fromGit, ready: notReady("SourceNotReady", "HelmChart 'shop/api' is not ready") },
      { changed: chartFile, chart: helmChart({ ready: notReady("ChartPullError", "timeout") }) },
    ),
    then: "waiting applied",
    later: true,
  },
];

describeRows("a HelmRelease", helmRows);

describe("decide(): values that X changed", () => {
  const behind = release(valuesFrom, { parent: older, changed: valuesFile });
  const applied = release(valuesFrom, { changed: valuesFile });

  it("count with a new digest of the configuration", () => {
    const { memory } = decide(input(behind), now);
    assert.equal(kindOf(decide(input({ ...applied, memory }), now)), "waiting applied");
    const taken = release(
      { ...valuesFrom, status: { lastAttemptedConfigDigest: "sha256:2" } },
      { changed: valuesFile },
    );
    assert.equal(kindOf(decide(input({ ...taken, memory }), now)), "succeeded");
  });

  it("count with a digest that is new since a first look that came late: they were there", () => {
    const having = (digest: string, conditions: readonly Partial<Condition>[] = []) =>
      release(
        { ...valuesFrom, conditions, status: { lastAttemptedConfigDigest: digest } },
        { changed: valuesFile },
      );
    const late = decide(input(applied), now);
    assert.match(late.text, /a new lastAttemptedConfigDigest would/);
    const then = { ...having("sha256:2"), memory: late.memory };
    assert.equal(kindOf(decide(input(then), now)), "succeeded");
    const busy = [{ type: "Reconciling", status: "True", reason: "Progressing" }] as const;
    const { memory } = decide(input(having("sha256:1", busy)), now);
    const over = { ...having("sha256:2"), memory };
    assert.equal(kindOf(decide(input(over), now)), "waiting applied", "it may have read the old");
  });

  it("are no longer waited for when a request that came after them was handled", () => {
    const request = (asked: string, handled: string) =>
      release(
        {
          ...valuesFrom,
          annotations: {
            "reconcile.fluxcd.io/requestedAt": asked,
            "reconcile.fluxcd.io/resetAt": asked,
          },
          status: { lastHandledReconcileAt: handled, lastHandledResetAt: handled },
        },
        { changed: valuesFile },
      );
    const { memory, toAsk } = decide(input(request("1", "0")), now);
    assert.deepEqual(
      toAsk?.map(({ release: { name, reset } }) => [name, reset]),
      [["api", true]],
    );
    const at = (asked: string, handled: string) =>
      decide(input({ ...request(asked, handled), memory }), now + 1);
    assert.equal(kindOf(at("1", "1")), "waiting applied", "one that was made before");
    assert.equal(kindOf(at("2", "1")), "waiting applied", "one that is not handled");
    assert.deepEqual(at("2", "1").toAsk, [], "nor asked again");
    assert.equal(kindOf(at("2", "2")), "succeeded");
  });

  it("are still where it was answered without a look: its HelmChart could not be applied", () => {
    const request = (annotations: object, status: object) =>
      release(
        { ...valuesFrom, annotations: { ...annotations }, status: { ...status } },
        { changed: valuesFile },
      );
    const { memory } = decide(input(request({}, {})), now);
    const at = (annotations: object, status: object) =>
      decide(input({ ...request(annotations, status), memory }), now + 1);
    const requested = { "reconcile.fluxcd.io/requestedAt": "2" };
    const answered = { lastHandledReconcileAt: "2" };
    const byHand = at(requested, answered);
    assert.equal(kindOf(byHand), "waiting applied");
    assert.match(byHand.text, /flux reconcile helmrelease api -n shop --reset\)/);
    assert.equal(byHand.toAsk?.length, 1, "so that it tells");
    const other = { ...requested, "reconcile.fluxcd.io/resetAt": "1" };
    assert.equal(at(other, answered).toAsk?.length, 1, "that is of an older request");
    const both = { ...requested, "reconcile.fluxcd.io/resetAt": "2" };
    const cutShort = at(both, answered);
    assert.equal(kindOf(cutShort), "waiting applied");
    assert.match(cutShort.text, /may not be able to apply its HelmChart/);
    assert.match(cutShort.text, /kubectl events -n shop --for helmrelease\/api, HelmChartSyncErr/);
    assert.deepEqual(cutShort.toAsk, []);
    assert.equal(kindOf(at(both, { ...answered, lastHandledResetAt: "2" })), "succeeded");
  });

  it("are asked for without letting go of failures where it fails", () => {
    const failing = { ...valuesFrom, ready: notReady("UpgradeFailed", "timed out") };
    const { toAsk } = decide(input(release(failing, { changed: valuesFile })), now);
    assert.deepEqual(
      toAsk?.map(({ release: { reset } }) => reset),
      [false],
    );
  });

  it("are settled by any request of Flux 2.1, which knows no other", () => {
    const of = (requestedAt: string, handled: string) => {
      const facts = {
        ...{ ...valuesFrom, status: { lastHandledReconcileAt: handled } },
        annotations: { "reconcile.fluxcd.io/requestedAt": requestedAt },
      };
      const { clusters = [], ...rest } = release(facts, { changed: valuesFile });
      const old = clusters.map((one) => ({
        ...one,
        flux: one.flux.map((each) =>
          each.kind === "HelmRelease" ? { ...each, resets: false } : each,
        ),
      }));
      return { ...rest, clusters: old };
    };
    const { memory } = decide(input(of("1", "1")), now);
    const late = decide(input({ ...of("1", "1"), memory }), now + 1);
    assert.match(late.text, /flux reconcile helmrelease api -n shop\)/);
    assert.equal(kindOf(decide(input({ ...of("2", "2"), memory }), now + 1)), "succeeded");
  });

  it("are settled by any request where nothing has to be applied before: a chartRef", () => {
    const of = (annotations: object, status: object) => {
      const spec = { ...valuesFrom.spec, chartRef: { kind: "OCIRepository", name: "api" } };
      return release(
        { spec, annotations: { ...annotations }, status: { ...status } },
        { changed: valuesFile },
      );
    };
    const { memory, toAsk } = decide(input(of({}, {})), now);
    assert.equal(toAsk?.[0]?.release.reset, false);
    const asked = of({ "reconcile.fluxcd.io/requestedAt": "2" }, { lastHandledReconcileAt: "2" });
    assert.equal(kindOf(decide(input({ ...asked, memory }), now + 1)), "succeeded");
  });

  it("are waited for however long, since time alone is no proof, and it says what would be", () => {
    const long = { ...applied, deadline: now + 1e9 };
    const { memory } = decide(input(long), now);
    const verdict = decide(input({ ...long, memory }), now + 24 * 3_600_000);
    assert.equal(kindOf(verdict), "waiting applied");
    assert.match(verdict.text, /flux reconcile helmrelease api -n shop/);
  });

  it("are known by the digest from before the merge, although nobody looked at it since", () => {
    const { clusters } = applied;
    const target = { kind: "pull-request", id: 7, state: "active" } as const;
    const { memory } = decide(input({ target, ...(clusters ? { clusters } : {}) }), now);
    const taken = release(
      { ...valuesFrom, status: { lastAttemptedConfigDigest: "sha256:2" } },
      { changed: valuesFile },
    );
    assert.equal(kindOf(decide(input({ ...taken, memory }), now)), "succeeded");
    assert.equal(kindOf(decide(input({ ...applied, memory }), now)), "waiting applied");
  });

  it("are not waited for where the release takes them from elsewhere", () => {
    const verdict = decide(input({ ...release({}, { changed: valuesFile }) }), now);
    assert.equal(kindOf(verdict), "succeeded");
    assert.deepEqual(verdict.toAsk, []);
  });
});
