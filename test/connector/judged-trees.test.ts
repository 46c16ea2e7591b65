import assert from "node:assert/strict";
import { buildSideReader, type BuildSideReader } from "../../connector/builds/build-side.ts";
import type { Connector } from "../../connector/connector.ts";
import { readGateInput } from "../../connector/gate-input.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { canonical } from "../../core/diff/values.ts";
import { decide } from "../../core/gate/decide.ts";
import { emptyMemory } from "../../core/gate/memory.ts";
import type { ObservedHealth } from "../../core/health/health.ts";
import { identityKey, identityOf, type KubernetesObject } from "../../core/manifests/identity.ts";
import { appliedTree, type AppliedTree } from "../core/diff/applied-trees.ts";
import { randomTrees, type Tree } from "../core/diff/random-trees.ts";
import { useKube } from "../support/kube.ts";
import { aCluster, aSource } from "./a-cluster.ts";
import { aTreeRepository, old, treeUrl, x } from "./a-tree-repository.ts";

// FLUXGATE_TREES=1000 tries more of them.
const amount = Number(process.env["FLUXGATE_TREES"] ?? 24);

type Live = Readonly<Record<string, unknown>> & {
  readonly metadata: { readonly name: string };
  readonly status: Readonly<Record<string, unknown>>;
};

/** What a Kustomization of the cluster says that has applied X. */
function applied({ object, built }: AppliedTree["kustomizations"][number]): Live {
  const revision = `main@sha1:${x}`;
  const { metadata } = object;
  return {
    ...{ ...object, metadata: { ...metadata, ...{ generation: 1 } } },
    status: {
      ...{ observedGeneration: 1, lastAppliedRevision: revision, lastAttemptedRevision: revision },
      conditions: [{ type: "Ready", status: "True", reason: "ReconciliationSucceeded" }],
      inventory: { entries: built.map((one) => ({ id: inventoryId(one), v: "v1" })) },
    },
  };
}

function inventoryId(object: KubernetesObject): string {
  const { group, kind, name, namespace } = identityOf(object);
  return `${namespace}_${name}_${group}_${kind}`;
}

/** One status of one Kustomization made another one; an undefined status takes it away. */
function withStatus(live: readonly Live[], name: string, status?: object): readonly Live[] {
  return live.flatMap((one) => {
    if (one.metadata.name !== name) return [one];
    return status === undefined ? [] : [{ ...one, status: { ...one.status, ...status } }];
  });
}

type World = {
  readonly sides: { readonly before: Tree; readonly after: Tree };
  readonly path: string;
  readonly everything: boolean;
  /** Patterns of what the environment is made of. */
  readonly objects: readonly string[];
  readonly builds: BuildSideReader;
};
type Sick = { readonly key: string; readonly health: ObservedHealth };

async function verdictOf(
  { sides, path, everything, objects, builds }: World,
  live: readonly Live[],
  sick?: Sick,
) {
  const source = aSource(treeUrl) as { readonly metadata: object };
  const own = {
    ...{ ...source, metadata: { ...source.metadata, name: "flux-system" } },
    status: { observedGeneration: 1, artifact: { revision: `main@sha1:${x}` } },
  };
  const west = aCluster([own, ...live], async (identity) => {
    const health = sick?.key === identityKey(identity) ? sick.health : undefined;
    return { health: health ?? { state: "current" }, images: [] };
  });
  const connector: Partial<Connector> = {
    config: { timings: { grace: 1 }, clusters: [] } as unknown as Connector["config"],
    repositories: new Map([["manifests", aTreeRepository(sides.before, sides.after)]]),
    ...{ clusters: new Map([["west", west]]), builds },
  };
  const environment: EnvironmentConfig = {
    ...{ name: "prod", repository: "manifests", path, scope: "delivery" },
    ...{ objects, healthUnknownSucceeds: false },
    clusters: [{ name: "west", active: true }],
  };
  const input = await readGateInput(connector as Connector, {
    ...{ environment, delivery: "shop", target: { kind: "commit", commit: x }, fresh: true },
    everything,
    ...{ deadline: Infinity, memory: emptyMemory, maxAgeMs: 0 },
  });
  return decide(input, 0);
}

// What the trees' edits lead to beside a success: files that nothing builds, or values that nobody
// knows to be there.
const honestWaits =
  /nothing there deploys what changed|changed no file in the folder of prod, nor in one that its Kustomizations build from|builds from \S+, and no inventory holds it|nothing proves that it was built with the changed values/;

const unwell: readonly ObservedHealth[] = [
  { state: "in-progress", cause: "0 of 1" },
  { state: "failed", reason: "ImagePullBackOff", cause: "no image" },
  { state: "missing" },
  { state: "unknown", cause: "forbidden" },
];

describe("a verdict over repositories that are made by chance", function () {
  this.timeout(60_000 + amount * 20_000);
  const kube = useKube();

  /**
   * Holds verdicts to what is so: of what X changed, or of everything that there is.
   * @param of.objects what is assigned; by default all
   */
  async function hold(
    most: number,
    of: { readonly everything?: true; readonly objects?: readonly string[] } = {},
  ): Promise<void> {
    const { everything = false, objects = ["Kustomization/flux-system/*"] } = of;
    const trees = randomTrees(Number(process.env["FLUXGATE_SEED"] ?? 5));
    const tried = { green: 0, worse: 0 };
    for (let at = 0; at < most; at += 1) {
      const sides = trees.next(of.objects && /^clusters\/prod\//);
      const was = await appliedTree(kube(), sides.before);
      const is = await appliedTree(kube(), sides.after);
      if (was === undefined || is === undefined) continue;
      const says = (what: string) => `${at}: ${what}\n${JSON.stringify(sides)}`;
      const path = of.objects ? "apps/shop" : at % 3 === 0 ? "clusters/prod" : "";
      const world = { sides, path, everything, objects, builds: buildSideReader(kube()) };
      const live = is.kustomizations.map(applied);
      const now = await verdictOf(world, live);
      if (now.kind !== "succeeded") {
        assert.match(now.kind === "waiting" ? now.text : "", honestWaits, says(now.kind));
        continue;
      }
      tried.green += 1;
      const judged = everything ? new Map<string, KubernetesObject>() : was.objects;
      for (const { what, kustomizations = live, sick } of worseThan(judged, is, live)) {
        // Where one that was not seen builds from outside of the environment's folder nobody knows.
        if (kustomizations.length < live.length && path !== "") continue;
        tried.worse += 1;
        const { kind } = await verdictOf(world, kustomizations, sick);
        assert.notEqual(kind, "succeeded", says(what));
      }
    }
    assert.ok(tried.green > most / 8 && tried.worse > most / 2, JSON.stringify(tried));
  }

  it("is green once all is applied and well, and never while what X changed is not", () =>
    hold(amount));

  it("of all that there is, never while anything is not", () =>
    hold(Math.ceil(amount / 4), { everything: true }));

  it("is never, too, where nobody assigned what brings it", () =>
    hold(amount, { objects: ["app", "infra"].map((name) => `Kustomization/flux-system/${name}`) }));
});

/** Each way in which one of the Deployments that differ may not have come, or not be well. */
function* worseThan(
  was: AppliedTree["objects"],
  is: AppliedTree,
  live: readonly Live[],
): Iterable<{
  readonly what: string;
  readonly kustomizations?: readonly Live[];
  readonly sick?: Sick;
}> {
  for (const { object, built } of is.kustomizations) {
    const by = object.metadata.name;
    for (const key of changedDeployments(was, built)) {
      for (const health of unwell) yield { what: `${key} ${health.state}`, sick: { key, health } };
      const revision = `main@sha1:${old}`;
      const conditions = [
        { type: "Ready", status: "False", reason: "BuildFailed", message: "no such file" },
      ];
      for (const status of [
        { lastAppliedRevision: revision },
        { lastAppliedRevision: revision, conditions },
        { observedGeneration: 0 },
      ])
        yield {
          what: `${by} ${JSON.stringify(status)}`,
          kustomizations: withStatus(live, by, status),
        };
      yield { what: `${by} is gone`, kustomizations: withStatus(live, by) };
    }
  }
}

function changedDeployments(was: AppliedTree["objects"], built: readonly KubernetesObject[]) {
  return built.flatMap((object) => {
    const key = identityKey(identityOf(object));
    const before = was.get(key);
    const isSame = before !== undefined && canonical(before) === canonical(object);
    return object.kind === "Deployment" && !isSame ? [key] : [];
  });
}
