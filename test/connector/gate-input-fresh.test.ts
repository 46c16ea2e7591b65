import assert from "node:assert/strict";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import type { Connector } from "../../connector/connector.ts";
import { readGateInput, type GateQuestion } from "../../connector/gate-input.ts";
import type { ManifestsRepository } from "../../connector/manifests-repository.ts";
import { parseFluxObject } from "../../core/flux/parse-flux-object.ts";
import { emptyMemory } from "../../core/gate/memory.ts";
import { aCluster, aKustomization, aSource } from "./a-cluster.ts";

const [x, old] = ["a".repeat(40), "b".repeat(40)];
const url = "https://dev.azure.com/fabrikam/shop/_git/manifests";
const organisationUrl = "https://dev.azure.com/fabrikam";
const at = (commit: string) =>
  [
    aSource(url),
    aKustomization({ path: "dev", revision: `main@sha1:${commit}`, inventory: [] }),
  ] as const;

/** A repository and a cluster whose caches are behind what is there; and what was asked of them. */
function world() {
  const asked: string[] = [];
  const repository = {
    config: { name: "manifests", project: "shop", repository: "manifests", branch: "main" },
    addresses: [{ organisationUrl, project: "shop", repository: "manifests" }],
    head: async (maxAgeMs: number) => {
      asked.push(`head of at most ${maxAgeMs} ms`);
      return maxAgeMs === 0 ? x : old;
    },
    contains: async (commit: string, descendant: string) => (commit === descendant ? "yes" : "no"),
    presumedHead: async (maxAgeMs: number) => {
      asked.push(`presumed head of at most ${maxAgeMs} ms`);
      return old;
    },
    surelyContains: async (commit: string, descendant: string) => {
      asked.push("surely");
      return commit === descendant ? "yes" : "no";
    },
    index: async () => undefined,
    beside: async () => [],
    kustomizations: async () => ({ files: [], kustomizations: new Map() }),
    cameWith: async (_: string, onto?: string) => {
      asked.push(`came onto ${onto ?? "?"}`);
      return { before: old, changes: [{ path: "dev/api.yaml", changeType: "delete" }] };
    },
    file: async () => "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n",
    differing: async () => new Set<string>(),
  } as unknown as ManifestsRepository;
  const cluster = {
    ...aCluster(at(old)),
    readFlux: async () => {
      asked.push("flux");
      return at(x).flatMap((object) => parseFluxObject(object) ?? []);
    },
  };
  const connector = {
    config: { timings: { grace: 1 }, clusters: [] },
    repositories: new Map([["manifests", repository]]),
    clusters: new Map([["west", cluster]]),
  } as unknown as Connector;
  const environment: EnvironmentConfig = {
    ...{ name: "dev", repository: "manifests", path: "dev", objects: [], scope: "delivery" },
    ...{ healthUnknownSucceeds: false, clusters: [{ name: "west", active: true }] },
  };
  const ask = (more: Partial<GateQuestion> = {}) =>
    readGateInput(connector, {
      ...{ environment, delivery: "shop", deadline: 0, memory: emptyMemory, maxAgeMs: 5_000 },
      target: { kind: "pull-request", id: 7, state: "completed", commit: x, onto: old },
      fresh: true,
      ...more,
    });
  return { asked, ask };
}

const applied = async (input: Awaited<ReturnType<typeof readGateInput>>) =>
  input.clusters
    .flatMap(({ flux }) => flux)
    .map((object) => (object.kind === "Kustomization" ? object.lastAppliedRevision : ""))
    .join("");

describe("readGateInput()", () => {
  it("reads head and Flux' objects now, before a success is said, and says so", async () => {
    const { ask, asked } = world();
    const input = await ask();
    assert.equal(await applied(input), `main@sha1:${x}`);
    assert.equal(input.onBranch, "yes");
    assert.equal(input.fresh, true);
    assert.ok(asked.includes("head of at most 0 ms") && asked.includes("flux"));
  });

  it("does with the cache otherwise, and does not call that fresh", async () => {
    const { ask, asked } = world();
    const target = { kind: "commit", commit: old } as const;
    const input = await ask({ fresh: false, target });
    assert.equal(await applied(input), `main@sha1:${old}`);
    assert.equal(input.fresh, false);
    assert.ok(asked.includes("presumed head of at most 5000 ms") && !asked.includes("flux"));
  });

  it("asks twice before it says that X is not on the branch", async () => {
    const { ask, asked } = world();
    const input = await ask({ fresh: false });
    assert.equal(input.onBranch, "no");
    assert.ok(asked.includes("surely"));
  });

  it("judges all that the pull request brought, by what the branch was before", async () => {
    const { ask, asked } = world();
    const { changed } = await ask();
    assert.deepEqual(
      changed?.map(({ path, removed }) => [path, removed]),
      [["dev/api.yaml", true]],
    );
    assert.ok(asked.includes(`came onto ${old}`));
  });

  it("brings what the clusters run before there is an X", async () => {
    const { ask } = world();
    const input = await ask({ target: { kind: "pull-request", id: 7, state: "active" } });
    assert.equal(input.clusters.length, 1);
    assert.equal(input.changed, undefined);
  });
});
