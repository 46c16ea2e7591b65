import assert from "node:assert/strict";
import { buildSideReader, type BuildSideReader } from "../../../connector/builds/build-side.ts";
import type { Connector } from "../../../connector/connector.ts";
import { readGateInput } from "../../../connector/gate-input.ts";
import type { EnvironmentConfig } from "../../../core/connector-config/config.ts";
import { decide } from "../../../core/gate/decide.ts";
import { emptyMemory, type GateMemory } from "../../../core/gate/memory.ts";
import { identityKey } from "../../../core/manifests/identity.ts";
import { useKube } from "../../support/kube.ts";
import { randomFrom } from "../../support/random.ts";
import { aCluster } from "../a-cluster.ts";
import { aTreeHistory, old, x } from "../a-tree-repository.ts";
import { editsOf, endsOf, handsOn } from "./by-hand.ts";
import { fluxIn, nameOf, type FluxState, type Obj } from "./flux-state.ts";
import { buildsOf } from "./kustomize-steps.ts";
import { pushesOf, storyFrom, type Push } from "./pushes.ts";
import { differing, randomLayouts, type Layout } from "./random-layouts.ts";
import { installFlux, runningIn, settle, stepsOf } from "./simulated-flux.ts";

// FLUXGATE_TREES=1000 tries more of them.
const amount = Number(process.env["FLUXGATE_TREES"] ?? 12);
const seed = Number(process.env["FLUXGATE_SEED"] ?? 5);
const mostSteps = 120;

// What holds a run for good though all that it changed runs: somebody has to do, or to ask, something.
const honestWaits = [
  /suspended, by whom is not recorded/,
  /it lives in another cluster \(kubeConfig/,
  /changed no file in the folder of prod, nor in one that its Kustomizations build from/,
  // Its source is on a tag.
  /nothing there deploys what changed in prod|holds it, which builds from elsewhere|is on tag (old|new)$/,
  /of GitRepository \S+ yet$/,
  // Of a ConfigMap that nobody brings there.
  /ConfigMap vars not found|ValuesError|DependencyNotReady/,
  // An artefact that nobody signed with what it was made from.
  /does not say which commit it was made from/,
  // What was the same before leaves no trace.
  /nothing proves that it (took|was built with)/,
  /not the version \S+ in Chart\.yaml|has not tried chart version/,
];

describe("a verdict while Flux works, in any order", function () {
  this.timeout(60_000 + amount * 30_000);
  const kube = useKube();

  it("is green only once all that X changed runs as X has it, and then is", async () => {
    const layouts = randomLayouts(seed);
    const chance = randomFrom(seed + 1);
    const build = buildsOf(kube());
    const builds = buildSideReader(kube());
    let [greens, tried, rewritten, edited] = [0, 0, 0, 0];
    for (let at = 0; tried < amount; at += 1) {
      const layout = layouts.next();
      const pushes = pushesOf(layout, storyFrom(chance()));
      const trees = Object.fromEntries(
        [...aroundX(layout), ...pushes].map(({ commit: { id, tree } }) => [id, tree]),
      );
      const flux = installFlux(trees, old);
      await settle(flux, build);
      // What could not come before X is none of X.
      if (fluxIn(flux).some(isBroken)) continue;
      tried += 1;
      const goal = othersThan(runningIn(flux), await settledAt(x));
      const last = pushes.at(-1)?.commit.id ?? x;
      const after = last === x ? goal : await settledAt(last);
      const trail: string[] = [];
      const read = new Set<string>();
      let failed: string | undefined;
      let memory: GateMemory = emptyMemory;
      const where = () =>
        `seed ${seed}, world ${at}: after ${trail.join(", ")}\n${storyOf(layout)}`;

      async function settledAt(commit: string) {
        const other = installFlux(trees, commit);
        await settle(other, build);
        return runningIn(other);
      }

      async function look() {
        read.clear();
        const of = { memory, builds, read };
        const verdict = await verdictOf([...aroundX(layout), ...pushes], flux, of);
        memory = verdict.memory;
        const running = runningIn(flux);
        if (verdict.kind === "failed") failed ??= verdict.text;
        const late = [...goal].find(([key, what]) => {
          const is = running.get(key);
          // What came after X may make another of it, or let it go.
          return is !== what && after.has(key) && is !== after.get(key);
        });
        if (verdict.kind === "succeeded" && late !== undefined) {
          const [key, what] = late;
          assert.equal(running.get(key), what, `green: ${where()}\n${key}`);
        }
        return { verdict, isReached: late === undefined };
      }

      flux.head = x;
      await look();
      const due = [...pushes];
      let isLookedAt = true;
      for (let step = 0; step < mostSteps; step += 1) {
        if (due.length > 0 && chance() < 0.05) {
          const push = due.shift() as Push;
          flux.head = push.commit.id;
          trail.push(push.does);
          isLookedAt = push.isLookedAt;
        }
        const luck = chance();
        const byHand = luck < 0.02 ? handsOn(flux) : luck < 0.06 ? endsOf(flux) : [];
        const steps = byHand.length > 0 ? byHand : stepsOf(flux, build);
        const one = steps[Math.floor(chance() * steps.length)];
        await one?.run();
        if (one !== undefined) trail.push(`${one.of} ${one.does}`);
        const isHalf = one !== undefined && flux.rest.has(one.of);
        if (chance() < (isHalf ? 0.3 : 0.12) && isLookedAt) await look();
      }
      flux.head = last;
      for (let round = 0; round < 3; round += 1) {
        await settle(flux, build);
        await look();
        if (round > 0) continue;
        // By hand, once all is well, what is read beside Flux' own word: Flux puts it back.
        for (const one of editsOf(flux).filter(({ of }) => read.has(of))) {
          edited += 1;
          await one.run();
          trail.push(`${one.of} ${one.does}`);
        }
        await look();
      }
      const { verdict, isReached } = await look();
      const told = () => `${verdict.text}: ${where()}`;
      if (!isOn(last, pushes)) {
        assert.equal(verdict.kind === "failed" && verdict.failure, "force-push", told());
        rewritten += 1;
        continue;
      }
      assert.ok(failed === undefined || !isReached, told());
      if (verdict.kind === "succeeded") greens += 1;
      else if (isReached)
        assert.ok(
          honestWaits.some((wait) => wait.test(verdict.text)),
          told(),
        );
    }
    assert.ok(edited > 0, `${edited} objects were edited by hand once all was well`);
    assert.ok(greens + rewritten > amount / 4, `${greens} of ${amount} were green`);
  });
});

function aroundX({ before, after }: Layout): readonly Pick<Push, "commit">[] {
  return [{ commit: { id: old, tree: before } }, { commit: { id: x, tree: after, parent: old } }];
}

function isOn(head: string, pushes: readonly Push[]): boolean {
  return head === x || pushes.some(({ commit: { id, parent } }) => id === head && parent === x);
}

function isBroken({ status }: Obj): boolean {
  const { conditions = [] } = status ?? {};
  return conditions.some((one) => one.type === "Ready" && one.status === "False");
}

/** What was there that Flux reads first, and all that X changed. */
function storyOf({ before, after, edits }: Layout): string {
  const changed = differing(before, after);
  const files = [...new Set([...changed, ...Object.keys(after)])]
    .filter((path) => changed.includes(path) || path.startsWith("clusters/"))
    .map((path) => {
      const [was = "(none)", is = "(none)"] = [before[path], after[path]];
      return `--- ${path}\n${was}${was === is ? "" : `+++\n${is}`}`;
    });
  return [`edits: ${edits.join(", ")}`, ...files].join("\n");
}

function othersThan(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) {
  return new Map([...after].filter(([key, what]) => before.get(key) !== what));
}

async function verdictOf(
  pushed: readonly Pick<Push, "commit">[],
  flux: FluxState,
  of: {
    readonly memory: GateMemory;
    readonly builds: BuildSideReader;
    /** Takes the objects that are asked of the cluster. */
    readonly read: Set<string>;
  },
) {
  const { memory, builds, read } = of;
  const west = aCluster(structuredClone(fluxIn(flux)), async (identity) => {
    const held = flux.here.get(identityKey(identity))?.object;
    if (held !== undefined) read.add(nameOf(held));
    const isEnding = held?.metadata.deletionTimestamp !== undefined;
    if (isEnding) return { health: { state: "terminating", cause: "it is let go of" }, images: [] };
    const edited = { by: "kubectl-edit", fields: ["spec.replicas"] };
    return {
      ...{ health: { state: held === undefined ? "missing" : "current" }, images: [] },
      history: flux.edited.has(identityKey(identity)) ? { edited } : {},
    };
  });
  const repository = aTreeHistory(
    pushed.map(({ commit }) => commit),
    () => flux.head,
  );
  const connector: Partial<Connector> = {
    config: { timings: { grace: 1 }, clusters: [] } as unknown as Connector["config"],
    repositories: new Map([["manifests", repository]]),
    ...{ clusters: new Map([["west", west]]), builds },
  };
  const environment: EnvironmentConfig = {
    ...{ name: "prod", repository: "manifests", path: "", scope: "delivery" },
    ...{
      objects: ["Kustomization/flux-system/*", "HelmRelease/*/*"],
      healthUnknownSucceeds: false,
    },
    clusters: [{ name: "west", active: true }],
  };
  const input = await readGateInput(connector as Connector, {
    ...{ environment, delivery: "shop", target: { kind: "commit", commit: x }, fresh: true },
    ...{ deadline: Infinity, memory, maxAgeMs: 0 },
  });
  return decide(input, 0);
}
