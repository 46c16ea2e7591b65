import assert from "node:assert/strict";
import { currentPods } from "../../../core/health/current-pods.ts";
import { podDelay, replicaFailure } from "../../../core/health/pod-delay.ts";
import { podProblem } from "../../../core/health/pod-problem.ts";
import { workloadHealth } from "../../../core/health/workload-health.ts";
import { conditionsOf, healthObject } from "./health-object.ts";

const revision = (value?: string) =>
  value === undefined ? {} : { "deployment.kubernetes.io/revision": value };
const workload = (kind: string, annotations: object, status: object = {}) => ({
  ...{ apiVersion: "apps/v1", kind },
  ...{ metadata: { name: "api", annotations }, status },
});
const pod = (name: string, more: object = {}) => ({ metadata: { name, ...more } });
const ownedBy = (...uids: readonly string[]) => ({ ownerReferences: uids.map((uid) => ({ uid })) });
const namesOf = (pods: readonly unknown[]) =>
  pods.map((one) => (one as { readonly metadata: { readonly name: string } }).metadata.name);

describe("the pods of a workload's newest form", () => {
  const sets = [
    { metadata: { uid: "old", annotations: revision("1") } },
    { metadata: { uid: "new", annotations: revision("2") } },
  ];
  const pods = [pod("a", ownedBy("old")), pod("b", ownedBy("x", "new")), pod("c")];

  it("are those of the ReplicaSet of a Deployment's revision, whoever owns them too", () => {
    const of = (annotations: object, replicaSets: readonly unknown[]) =>
      namesOf(currentPods(workload("Deployment", annotations), { replicaSets, pods }));
    assert.deepEqual(of(revision("2"), sets), ["b"]);
    assert.deepEqual(of(revision("3"), sets), [], "its ReplicaSet is not made yet");
    assert.deepEqual(of(revision("2"), []), ["a", "b", "c"], "they could not be read");
    const unnamed = [{ metadata: { annotations: revision("2") } }];
    assert.deepEqual(of(revision("2"), unnamed), []);
  });

  it("are those with a StatefulSet's and a DaemonSet's label, or without any", () => {
    const labelled = (label: string) =>
      ["r1", "r2"].map((value) => pod(value, { labels: { [label]: value } }));
    const of = (one: object, label: string) =>
      namesOf(currentPods(one, { replicaSets: [], pods: [...labelled(label), pod("none")] }));
    const set = (updateRevision?: string) => workload("StatefulSet", {}, { updateRevision });
    assert.deepEqual(of(set("r2"), "controller-revision-hash"), ["r2", "none"]);
    assert.deepEqual(of(set(), "controller-revision-hash"), ["r1", "r2", "none"]);
    const daemons = workload("DaemonSet", { "deprecated.daemonset.template.generation": "r2" });
    assert.deepEqual(of(daemons, "pod-template-generation"), ["r2", "none"]);
  });

  it("are all of another kind's, but those that are being deleted", () => {
    const gone = pod("gone", { deletionTimestamp: "2026-11-23T12:00:00Z" });
    const of = { replicaSets: sets, pods: [...pods, gone] };
    assert.deepEqual(namesOf(currentPods(workload("Job", {}), of)), ["a", "b", "c"]);
  });
});

describe("the first container that cannot start", () => {
  const waiting = (reason: string, more: object = {}) => ({
    state: { waiting: { reason, ...more } },
  });
  const problem = (status: object, spec: object = {}) =>
    podProblem({ metadata: { name: "p" }, spec, status });

  it("is told with the image that somebody wrote, else the one that ran, else none", () => {
    const main = { name: "main", image: "ran", ...waiting("ErrImageNeverPull") };
    const cause = (image: string) => ({
      reason: "ErrImageNeverPull",
      cause: `pod p, container main: ErrImageNeverPull of image ${image}`,
    });
    const other = { name: "other", image: "no" };
    const written = { containers: [other, { name: "main", image: "written" }] };
    assert.deepEqual(problem({ containerStatuses: [main] }, written), cause("written"));
    const init = { initContainers: [other, { name: "main", image: "of init" }] };
    assert.deepEqual(problem({ initContainerStatuses: [main] }, init), cause("of init"));
    assert.deepEqual(problem({ containerStatuses: [main] }), cause("ran"));
    const bare = { ...main, image: undefined };
    assert.deepEqual(problem({ containerStatuses: [bare] }), cause("?"));
  });

  it("is told by what the kubelet says of its start", () => {
    const said = (status: object) =>
      podProblem({ status: { containerStatuses: [{ ready: true }, status] } })?.cause;
    assert.equal(
      said(waiting("CreateContainerError", { message: "no such mount" })),
      "pod ?, container ?: CreateContainerError: no such mount",
    );
    assert.equal(
      said(waiting("RunContainerError")),
      "pod ?, container ?: RunContainerError: no message",
    );
    const crash = { image: "i", ...waiting("CrashLoopBackOff", { message: "back-off 5m" }) };
    assert.equal(said(crash), "pod ?, container ?: CrashLoopBackOff of image i (0 restarts)");
    assert.equal(said(waiting("ContainerCreating")), undefined);
    assert.equal(said({ state: { running: {} } }), undefined);
  });
});

describe("what holds a pod back, in detail", () => {
  const delay = (status: object) => podDelay({ metadata: { name: "p" }, status });
  const ended = (more: object) => ({ state: { terminated: { exitCode: 3, ...more } } });

  it("is the scheduler's message, else its reason", () => {
    const unscheduled = (text: string) => delay(conditionsOf(`PodScheduled ${text}`));
    assert.equal(unscheduled("False Unschedulable"), "pod p is not scheduled: Unschedulable");
    assert.equal(unscheduled("False Unschedulable: taint"), "pod p is not scheduled: taint");
    assert.equal(unscheduled("True"), undefined);
    assert.equal(delay({}), undefined);
    assert.equal(podDelay({ status: { message: "no node" } }), "pod ?: no node");
  });

  it("is a container's end with its reason and message", () => {
    const of = (status: object) => delay({ containerStatuses: [{ name: "m", ...status }] });
    assert.equal(of(ended({})), "pod p, container m ended with exit code 3");
    assert.equal(
      of(ended({ reason: "OOMKilled" })),
      "pod p, container m ended with exit code 3 (OOMKilled)",
    );
    assert.equal(
      of(ended({ reason: "Error", message: "no db" })),
      "pod p, container m ended with exit code 3: no db",
    );
    assert.equal(of({ state: { terminated: { exitCode: 0 } } }), undefined);
    assert.equal(
      of({ lastState: { terminated: { exitCode: 1 } } }),
      "pod p, container m is not ready, and before ended with exit code 1",
    );
    assert.equal(of({ ready: true, lastState: { terminated: { exitCode: 1 } } }), undefined);
    assert.equal(of({ lastState: { terminated: { exitCode: 0 } } }), undefined);
    assert.equal(
      delay({ containerStatuses: [ended({})] }),
      "pod p, container ? ended with exit code 3",
    );
  });

  it("is an init container that runs, not one that waits, is done or is a sidecar", () => {
    const of = (status: object) => delay({ initContainerStatuses: [{ name: "i", ...status }] });
    const running = { state: { running: { startedAt: "x" } } };
    assert.equal(of(running), "pod p, init container i still runs");
    assert.equal(of({ ...running, started: false }), "pod p, init container i still runs");
    assert.equal(of({ ...running, started: true }), undefined);
    assert.equal(of({ state: { waiting: { reason: "PodInitializing" } } }), undefined);
    // What it did before it runs again is over.
    assert.equal(
      of({ state: { waiting: {} }, lastState: { terminated: { exitCode: 1 } } }),
      undefined,
    );
  });

  it("is why no pod is made, by the first owner that says so", () => {
    const owner = (...texts: readonly string[]) => ({ status: conditionsOf(...texts) });
    const owners = [owner("ReplicaFailure False No: no"), owner("ReplicaFailure True Quota: full")];
    assert.equal(replicaFailure(owners), "Quota: full");
    assert.equal(replicaFailure([owner("Other True Quota: full")]), undefined);
  });
});

describe("a workload with its pods", () => {
  const rolling = healthObject("apps/v1 Deployment", { replicas: 1 }, {});
  const bad = {
    metadata: { name: "p" },
    status: {
      containerStatuses: [
        { name: "m", state: { waiting: { reason: "RunContainerError", message: "x" } } },
      ],
    },
  };
  const held = { metadata: { name: "q" }, status: conditionsOf("PodScheduled False No: cpu") };
  const text = (of: object, pods: readonly unknown[]) => {
    const health = workloadHealth(of, { replicaSets: [], pods });
    return `${health.state}: ${"cause" in health ? health.cause : ""}`;
  };

  it("is told by the pod that cannot start, before one that is held back", () => {
    assert.equal(text(rolling, [held, bad]), "failed: pod p, container m: RunContainerError: x");
    assert.equal(
      text(rolling, [held]),
      "in-progress: 0 of 1 pods made; pod q is not scheduled: cpu",
    );
    assert.equal(text(rolling, [{}]), "in-progress: 0 of 1 pods made");
  });

  it("is told by its pods too where it says itself that it has failed", () => {
    const late = healthObject(
      "apps/v1 Deployment",
      { replicas: 1 },
      conditionsOf("Progressing False ProgressDeadlineExceeded: late"),
    );
    assert.equal(text(late, [bad]), "failed: pod p, container m: RunContainerError: x");
    assert.equal(text(late, [held]), "failed: late; pod q is not scheduled: cpu");
  });

  it("is left as it is where it is current or being deleted", () => {
    const deleted = { ...rolling, metadata: { deletionTimestamp: "2026-11-23T12:00:00Z" } };
    assert.equal(text(deleted, [bad]), "terminating: it is being deleted");
    assert.equal(text(healthObject("v1 Secret", {}, {}), [bad]), "current: ");
  });
});
