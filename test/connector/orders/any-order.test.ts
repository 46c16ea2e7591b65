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
import { aTreeRepository, old, x } from "../a-tree-repository.ts";
import { fluxIn, type FluxState, type Obj } from "./flux-state.ts";
import { buildsOf } from "./kustomize-steps.ts";
import { randomLayouts, type Layout } from "./random-layouts.ts";
import { installFlux, pausesOf, runningIn, settle, stepsOf } from "./simulated-flux.ts";

// FLUXGATE_TREES=1000 tries more of them.
const amount = Number(process.env["FLUXGATE_TREES"] ?? 12);
const seed = Number(process.env["FLUXGATE_SEED"] ?? 5);
const mostSteps = 120;

// What holds a run for good though all that it changed runs: somebody has to do, or to ask, something.
const honestWaits = [
  /suspended, by whom is not recorded/,
  /it lives in another cluster \(kubeConfig/,
  // Its source is on a tag.
  /nothing there deploys what changed in prod|holds it, which builds from elsewhere/,
  /of GitRepository \S+ yet$/,
  // Of a ConfigMap that nobody brings there.
  /ConfigMap vars not found|ValuesError|DependencyNotReady/,
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
    let [greens, tried] = [0, 0];
    for (let at = 0; tried < amount; at += 1) {
      const layout = layouts.next();
      const trees = { [x]: layout.after, [old]: layout.before };
      const flux = installFlux(trees, old);
      await settle(flux, build);
      // What could not come before X is none of X.
      if (fluxIn(flux).some(isBroken)) continue;
      tried += 1;
      const wanted = installFlux(trees, x);
      await settle(wanted, build);
      const goal = differing(runningIn(flux), runningIn(wanted));
      const trail: string[] = [];
      let failed: string | undefined;
      let memory: GateMemory = emptyMemory;

      async function look() {
        const verdict = await verdictOf(layout, flux, { memory, builds });
        memory = verdict.memory;
        const running = runningIn(flux);
        if (verdict.kind === "failed") failed ??= `${verdict.text} after ${trail.join(", ")}`;
        const late = [...goal].find(([key, what]) => running.get(key) !== what);
        if (verdict.kind === "succeeded" && late !== undefined) {
          const [key, what] = late;
          const where = `seed ${seed}, world ${at}: green after ${trail.join(", ")}\n`;
          assert.equal(running.get(key), what, `${where}${key}\n${storyOf(layout)}`);
        }
        return { verdict, isReached: late === undefined };
      }

      flux.head = x;
      await look();
      for (let step = 0; step < mostSteps; step += 1) {
        const steps = chance() < 0.02 ? pausesOf(flux) : stepsOf(flux, build);
        const one = steps[Math.floor(chance() * steps.length)];
        await one?.run();
        if (one !== undefined) trail.push(`${one.of} ${one.does}`);
        const isHalf = one !== undefined && flux.rest.has(one.of);
        if (chance() < (isHalf ? 0.3 : 0.12)) await look();
      }
      for (let round = 0; round < 3; round += 1) {
        await settle(flux, build);
        await look();
      }
      const { verdict, isReached } = await look();
      const story = () => `seed ${seed}, world ${at}: ${failed}\n${storyOf(layout)}`;
      assert.ok(failed === undefined || !isReached, story());
      if (verdict.kind === "succeeded") greens += 1;
      else if (isReached) {
        const isHonest = honestWaits.some((wait) => wait.test(verdict.text));
        assert.ok(isHonest, `seed ${seed}, world ${at}: ${verdict.text}\n${storyOf(layout)}`);
      }
    }
    assert.ok(greens > amount / 4, `${greens} of ${amount} were green`);
  });
});

function isBroken({ status }: Obj): boolean {
  const { conditions = [] } = status ?? {};
  return conditions.some((one) => one.type === "Ready" && one.status === "False");
}

/** What was there that Flux reads first, and all that X changed. */
function storyOf({ before, after, edits }: Layout): string {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const files = paths
    .filter((path) => before[path] !== after[path] || path.startsWith("clusters/"))
    .map((path) => {
      const [was = "(none)", is = "(none)"] = [before[path], after[path]];
      return `--- ${path}\n${was}${was === is ? "" : `+++\n${is}`}`;
    });
  return [`edits: ${edits.join(", ")}`, ...files].join("\n");
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) {
  return new Map([...after].filter(([key, what]) => before.get(key) !== what));
}

async function verdictOf(
  { before, after }: Layout,
  flux: FluxState,
  { memory, builds }: { readonly memory: GateMemory; readonly builds: BuildSideReader },
) {
  const west = aCluster(structuredClone(fluxIn(flux)), async (identity) => {
    const isThere = flux.here.has(identityKey(identity));
    return { health: { state: isThere ? "current" : "missing" }, images: [] };
  });
  const connector: Partial<Connector> = {
    config: { timings: { grace: 1 }, clusters: [] } as unknown as Connector["config"],
    repositories: new Map([["manifests", aTreeRepository(before, after)]]),
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
