// How long one verdict of the gate takes where a cluster runs a thousand Kustomizations.
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { emptyMemory } from "../../../core/gate/memory.ts";

const size = { kustomizations: 1_000, files: 100, objects: 10 };
const rounds = 31;
// As a process that has run for a while.
const warming = 20;
const x = "a".repeat(40);
const ready = { type: "Ready", status: "True", reason: "ReconciliationSucceeded", message: "" };
const conditions = [ready];

/** Median and worst, ms of CPU: the first look after a change in the cluster, which indexes it anew. */
export function measureDecide(): { readonly median: number; readonly worst: number } {
  const objects = [
    sourceAt(x),
    ...numbers(size.kustomizations).map((index) => kustomization(index)),
  ];
  const times = numbers(warming + rounds).map((round) => {
    // One of them has changed: another list, and one other object in it.
    const flux = objects.map((object, index) =>
      index === round + 1 ? kustomization(round) : object,
    );
    const input = inputOf(flux);
    const began = process.cpuUsage();
    const verdict = decide(input, 0);
    const { user, system } = process.cpuUsage(began);
    const ms = (user + system) / 1000;
    if (verdict.kind !== "succeeded") throw new Error(`the gate says ${verdict.text}`);
    return ms;
  });
  const sorted = times.slice(warming).sort((a, b) => a - b);
  return { median: sorted[rounds >> 1] ?? Infinity, worst: sorted.at(-1) ?? Infinity };
}

function inputOf(flux: readonly FluxObject[]): GateInput {
  const step = size.kustomizations / size.files;
  const changed = numbers(size.files).map((file) => {
    const team = Math.floor(file * step);
    return { path: `dev/team-${team}/o0.yaml`, removed: false, identities: [identity(team, 0)] };
  });
  return {
    target: { kind: "commit", commit: x },
    environment: { name: "dev", scope: "delivery", healthUnknownSucceeds: false },
    repository: [{ ...organisation, project: "shop", repository: "manifests" }],
    branch: "main",
    ...{ onBranch: "yes", changed, bases: {}, contains: {}, fresh: true },
    ...{ deadline: Infinity, grace: 120_000, memory: { ...emptyMemory, commit: x } },
    clusters: [
      { name: "west", active: true, flux, health: healthOf(changed.map(({ path }) => path)) },
    ],
  };
}

const organisation = { organisationUrl: "https://dev.azure.com/fabrikam" };

function healthOf(paths: readonly string[]): GateInput["clusters"][number]["health"] {
  return Object.fromEntries(
    paths.map((path) => {
      const team = /team-(\d+)/.exec(path)?.[1] ?? "";
      return [`Deployment.apps/team-${team}/o0`, { state: "current" } as const];
    }),
  );
}

function identity(team: number, object: number) {
  const type = { group: "apps", version: "v1", kind: "Deployment" };
  return { ...type, namespace: `team-${team}`, name: `o${object}` };
}

function sourceAt(commit: string): FluxObject {
  return parsed({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "manifests", namespace: "flux-system", generation: 1 },
    spec: {
      url: "https://dev.azure.com/fabrikam/shop/_git/manifests",
      ref: { branch: "main" },
    },
    status: { observedGeneration: 1, artifact: { revision: `main@sha1:${commit}` }, conditions },
  });
}

function kustomization(team: number): FluxObject {
  return parsed({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: {
      ...{ name: `team-${team}`, namespace: "flux-system", generation: 1 },
      labels: { "fluxgate.dev/environment": "dev" },
    },
    spec: {
      path: `./dev/team-${team}`,
      prune: true,
      sourceRef: { kind: "GitRepository", name: "manifests" },
    },
    status: {
      observedGeneration: 1,
      conditions,
      lastAppliedRevision: `main@sha1:${x}`,
      lastAttemptedRevision: `main@sha1:${x}`,
      inventory: {
        entries: numbers(size.objects).map((object) => ({
          id: `team-${team}_o${object}_apps_Deployment`,
          v: "v1",
        })),
      },
    },
  });
}

function parsed(json: unknown): FluxObject {
  const object = parseFluxObject(json);
  if (!object) throw new Error("no Flux object");
  return object;
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
