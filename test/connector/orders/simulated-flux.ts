// Flux' controllers, step by step, over trees of files: each step may come at any time, as in a cluster.
import {
  applyTo,
  contentOf,
  findIn,
  fluxIn,
  nameOf,
  write,
  type Ends,
  type FluxState,
  type Obj,
} from "./flux-state.ts";
import { endsOf, handsOn } from "./by-hand.ts";
import { step, type FluxStep } from "./flux-step.ts";
import { beginRelease, finalizeRelease } from "./helm-steps.ts";
import { fetchSource, packChart, pullArtefact } from "./source-steps.ts";
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
    ...{ trees, head, pushed: head, here: new Map(), remote: new Map(), released: new Map() },
    ...{ artefacts: new Map(), packed: new Map(), begun: new Map() },
    ...{ releases: new Map(), rest: new Map(), paused: new Set(), edited: new Set() },
    clock: Date.parse("2026-11-23T10:00:00Z"),
  };
  for (const object of bootstrap) applyTo(state, state.here, { object, owner: "" });
  const registry = findIn(state, { kind: "HelmRepository", name: "registry" });
  if (registry) {
    registry.status = { observedGeneration: 1, artifact: { revision: "sha256:1" } };
    write(state, registry, { said: { Ready: ["True", "Succeeded"] } });
  }
  return state;
}

/** Every step that may come now. */
export function stepsOf(state: FluxState, build: Build): readonly FluxStep[] {
  return fluxIn(state).flatMap((object): readonly FluxStep[] => {
    const name = nameOf(object);
    const rest = state.rest.get(name);
    if (rest !== undefined) {
      return [step(name, "writes the rest", () => writeRest(state, name))];
    }
    const ends = state.begun.get(name);
    switch (object.kind) {
      case "GitRepository":
        return [step(name, "looks", () => fetchSource(state, object))];
      case "OCIRepository":
        return [
          step(name, "looks", () => pullArtefact(state, object)),
          ...(state.pushed === state.head
            ? []
            : [step(name, "is pushed", () => void (state.pushed = state.head))]),
        ];
      case "HelmChart":
      case "Kustomization":
      case "HelmRelease":
        return ends === undefined
          ? [step(name, "begins", () => begin(state, object, build))]
          : stepsOn(state, name, ends);
      default:
        return [];
    }
  });
}

function writeRest(state: FluxState, name: string): void {
  const rest = state.rest.get(name);
  state.rest.delete(name);
  rest?.();
}

function stepsOn(state: FluxState, name: string, ends: Ends): readonly FluxStep[] {
  return Object.entries(ends).map(([does, go], at) => ({
    ...{ of: name, does },
    isGood: at === 0,
    run: async () => {
      state.begun.delete(name);
      const more = await go();
      if (more !== undefined) state.begun.set(name, more);
    },
  }));
}

function begin(state: FluxState, object: Obj, build: Build): void {
  if (object.kind === "HelmChart") {
    const more = packChart(state, object);
    if (more !== undefined) state.begun.set(nameOf(object), more);
    return;
  }
  const isRelease = object.kind === "HelmRelease";
  if (object.metadata.deletionTimestamp !== undefined) {
    if (isRelease) finalizeRelease(state, object);
    else finalizeKustomization(state, object);
    return;
  }
  const ends = isRelease ? beginRelease(state, object) : beginKustomization(state, object, build);
  if (ends !== undefined) state.begun.set(nameOf(object), ends);
}

const mostRounds = 12;

/** Every step, again and again, until nothing more comes of it. */
export async function settle(state: FluxState, build: Build): Promise<void> {
  for (const one of handsOn(state)) if (one.does === "is resumed") await one.run();
  state.pushed = state.head;
  for (let round = 0; round < mostRounds; round += 1) {
    for (const one of endsOf(state)) await one.run();
    const before = JSON.stringify([...runningIn(state)]);
    for (const object of fluxIn(state)) await finish(state, nameOf(object), build);
    // A chain of objects that make one another takes as many rounds as it is long.
    if (round > 4 && before === JSON.stringify([...runningIn(state)])) return;
  }
}

/** One reconciliation of an object, to its end, as it should go. */
async function finish(state: FluxState, name: string, build: Build): Promise<void> {
  do {
    const next = stepsOf(state, build).find((one) => one.of === name && one.isGood);
    if (next === undefined) return;
    await next.run();
  } while (state.rest.has(name) || state.begun.has(name));
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
