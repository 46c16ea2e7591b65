// Flux' controllers, step by step, over trees of files: each step may come at any time, as in a cluster.
import {
  applyTo,
  contentOf,
  findIn,
  fluxIn,
  nameOf,
  say,
  timeIn,
  type FluxState,
  type Obj,
} from "./flux-state.ts";
import { beginRelease, finalizeRelease, packChart } from "./helm-steps.ts";
import { beginKustomization, finalizeKustomization, type Build } from "./kustomize-steps.ts";
import { treeUrl } from "../a-tree-repository.ts";

const gitSource = { kind: "GitRepository", name: "flux-system" };
const bootstrap = [
  {
    ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
    metadata: { name: "flux-system", namespace: "flux-system" },
    spec: { path: "./clusters/prod", prune: true, interval: "5m", sourceRef: gitSource },
  },
  {
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" },
    metadata: { name: "flux-system", namespace: "flux-system" },
    spec: { url: treeUrl, ref: { branch: "main" } },
  },
  {
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "HelmRepository" },
    metadata: { name: "registry", namespace: "flux-system" },
    spec: { url: "https://charts.fabrikam.com" },
  },
];

/** A cluster in which Flux was just installed. */
export function installFlux(trees: FluxState["trees"], head: string): FluxState {
  const state: FluxState = {
    ...{ trees, head, here: new Map(), remote: new Map(), released: new Map() },
    ...{ artefacts: new Map(), packed: new Map(), begun: new Map() },
    clock: Date.parse("2026-11-23T10:00:00Z"),
  };
  for (const object of bootstrap) applyTo(state, state.here, { object, owner: "" });
  const registry = findIn(state, { kind: "HelmRepository", name: "registry" });
  if (registry) {
    registry.status = { observedGeneration: 1, artifact: { revision: "sha256:1" } };
    say(state, registry, { status: "True", reason: "Succeeded" });
  }
  return state;
}

export type FluxStep = { readonly name: string; readonly run: () => Promise<void> };

/** Every step that may come now. */
export function stepsOf(state: FluxState, build: Build): readonly FluxStep[] {
  return fluxIn(state).flatMap((object): readonly FluxStep[] => {
    const name = nameOf(object);
    const ends = state.begun.get(name);
    switch (object.kind) {
      case "GitRepository":
        return [{ name, run: async () => fetchSource(state, object) }];
      case "HelmChart":
        return [{ name, run: async () => packChart(state, object) }];
      case "Kustomization":
      case "HelmRelease":
        return [
          ends === undefined
            ? { name: `${name} begins`, run: async () => begin(state, object, build) }
            : { name: `${name} ends`, run: () => end(state, name, ends) },
        ];
      default:
        return [];
    }
  });
}

function begin(state: FluxState, object: Obj, build: Build): void {
  const isRelease = object.kind === "HelmRelease";
  if (object.metadata.deletionTimestamp !== undefined) {
    if (isRelease) finalizeRelease(state, object);
    else finalizeKustomization(state, object);
    return;
  }
  const ends = isRelease ? beginRelease(state, object) : beginKustomization(state, object, build);
  if (ends !== undefined) state.begun.set(nameOf(object), ends);
}

async function end(state: FluxState, name: string, ends: () => Promise<void>): Promise<void> {
  state.begun.delete(name);
  await ends();
}

function fetchSource(state: FluxState, object: Obj): void {
  const { ref, ignore } = object.spec;
  const { generation, name } = object.metadata;
  const commit = ref.tag === "old" ? "b".repeat(40) : state.head;
  const revision = `${ref.tag ?? "main"}@sha1:${commit}`;
  const before = state.artefacts.get(name);
  const isKept = before?.revision === revision && before.ignore === ignore;
  const artifact = isKept ? object.status?.artifact : { revision, lastUpdateTime: timeIn(state) };
  state.artefacts.set(name, { revision, commit, ignore });
  object.status = { observedGeneration: generation, ...(artifact ? { artifact } : {}) };
  say(state, object, { status: "True", reason: "Succeeded" });
}

const mostRounds = 12;

/** Every step, again and again, until nothing more comes of it. */
export async function settle(state: FluxState, build: Build): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const before = JSON.stringify([...runningIn(state)]);
    for (const half of ["begins", "ends"]) {
      for (const { name } of stepsOf(state, build)) {
        if (half === "ends" && !name.endsWith(half)) continue;
        // Steps before it may have ended it.
        await stepsOf(state, build)
          .find((one) => one.name === name)
          ?.run();
      }
    }
    // A chain of objects that make one another takes as many rounds as it is long.
    if (round > 4 && before === JSON.stringify([...runningIn(state)])) return;
  }
}

/** What runs: objects as they are applied, by identity, and what Helm has released. */
export function runningIn({ here, remote, released }: FluxState): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  const places = { "": here, "elsewhere ": remote };
  for (const [where, map] of Object.entries(places)) {
    for (const [key, { object }] of map) {
      if (object.kind !== "HelmChart") all.set(`${where}${key}`, contentOf(object));
    }
  }
  for (const [key, what] of released) all.set(`released ${key}`, what);
  return all;
}
