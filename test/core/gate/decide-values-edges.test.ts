// Values that X changed, where more than one brings them, or another than the one that is waited for.
import assert from "node:assert/strict";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { api, cluster, healthy, helmRelease, input, kustomization } from "./gate-world.ts";
import { now, older, release, releaseId, running, source, x } from "./gate-world.ts";
import { kindOf } from "./rows.ts";

const map = (name: string, namespace = "flux-system") =>
  ({ ...api, group: "", kind: "ConfigMap", namespace, name }) as const;
const [own] = input().changed ?? [];

/** `vars` and `more` are brought by Kustomizations of these names, and both substituted. */
function given(facts: {
  readonly spec?: object;
  readonly more?: string;
  readonly endedAt?: string;
  readonly varsSpec?: Readonly<Record<string, unknown>>;
  readonly varsEntry?: string;
}): Partial<GateInput> {
  const { more = x, endedAt = "12:00:00", varsEntry = "flux-system_vars__ConfigMap" } = facts;
  const substituteFrom = ["vars", "more"].map((name) => ({ kind: "ConfigMap", name }));
  const flux = [
    source(),
    kustomization({
      ...{ name: "vars", path: "./vars", inventory: [varsEntry] },
      ...(facts.varsSpec ? { spec: facts.varsSpec } : {}),
    }),
    kustomization({
      ...{ name: "more", path: "./more", applied: more },
      inventory: ["flux-system_more__ConfigMap"],
    }),
    kustomization({
      spec: { postBuild: { substituteFrom }, ...facts.spec },
      ready: { lastTransitionTime: `2026-11-23T${endedAt}Z` },
    }),
  ];
  return {
    changed: [
      ...(own ? [own] : []),
      { path: "vars/vars.yaml", removed: false, identities: [map("vars")] },
      { path: "more/more.yaml", removed: false, identities: [map("more")] },
    ],
    clusters: [cluster({ flux, health: { "Deployment.apps/shop/api": healthy } })],
  };
}
const first = (facts: Parameters<typeof given>[0]) => decide(input(given(facts)), now);
const dependsOn = (...names: readonly string[]) => ({
  dependsOn: names.map((name) => ({ name })),
});

describe("decide(): values that several bring", () => {
  it("are proven by a build after the last of them was applied", () => {
    const one = first({ more: older });
    const two = decide(input({ ...given({ endedAt: "12:01:00" }), memory: one.memory }), now + 1);
    assert.equal(kindOf(two), "waiting applied", "it ended before `more` was there");
    const three = { ...given({ endedAt: "12:02:00" }), memory: two.memory };
    assert.equal(kindOf(decide(input(three), now + 2)), "succeeded");
  });

  it("hold until Flux itself waits for all of them", () => {
    assert.equal(kindOf(first({ spec: dependsOn("vars", "more") })), "succeeded");
    const one = first({ spec: dependsOn("vars") });
    assert.equal(kindOf(one), "waiting applied");
    assert.match(one.text, /values of ConfigMap flux-system\/more/);
    assert.equal(kindOf(first({ spec: dependsOn("another", "third") })), "waiting applied");
  });

  it("hold where what is waited for comes from another source: its revision tells nothing", () => {
    const varsSpec = { sourceRef: { kind: "GitRepository", name: "another" } };
    const verdict = first({ spec: dependsOn("vars", "more"), varsSpec });
    assert.equal(kindOf(verdict), "waiting applied");
  });
});

describe("decide(): values of a release", () => {
  const values = { path: "dev/values.yaml", removed: false, identities: [map("values", "shop")] };
  const given = (
    facts: { readonly parent?: string; readonly suspend?: boolean; readonly name?: string },
    status: object = {},
  ): Partial<GateInput> => {
    const inventory = ["shop_api_helm.toolkit.fluxcd.io_HelmRelease", "shop_values__ConfigMap"];
    const { parent = x, suspend = false, name = "values" } = facts;
    const release = helmRelease({
      spec: { suspend, valuesFrom: [{ kind: "ConfigMap", name }] },
      status: { ...status },
    });
    return {
      changed: [values],
      clusters: [running([kustomization({ applied: parent, inventory }), release])],
    };
  };
  const asked = (facts: Parameters<typeof given>[0]) =>
    (decide(input(given(facts)), now).toAsk ?? []).length;

  it("are asked for once they are there, of a release that looks", () => {
    assert.equal(asked({}), 1);
    assert.equal(asked({ parent: older }), 0, "they are not applied yet");
    assert.equal(asked({ suspend: true }), 0, "nobody would look");
    assert.equal(asked({ name: "others" }), 0, "it takes others");
  });

  it("are not proven by what else of X changed the digest before they came", () => {
    const parent = ["shop_api_helm.toolkit.fluxcd.io_HelmRelease"];
    type Facts = {
      readonly parent: string;
      readonly values: string;
      readonly digest: string;
      readonly asked?: string;
      readonly isOwn?: true;
      readonly step?: string;
    };
    const at = (facts: Facts) => {
      const { step } = facts;
      const object = helmRelease({
        ...(step ? { conditions: [{ type: "Reconciling", status: "True", reason: step }] } : {}),
        spec: { valuesFrom: [{ kind: "ConfigMap", name: "values" }] },
        status: {
          lastAttemptedConfigDigest: facts.digest,
          ...{ lastHandledReconcileAt: facts.asked, lastHandledResetAt: facts.asked },
        },
        ...(facts.asked
          ? {
              annotations: {
                "reconcile.fluxcd.io/requestedAt": facts.asked,
                "reconcile.fluxcd.io/resetAt": facts.asked,
              },
            }
          : {}),
      });
      const flux = [
        kustomization({ applied: facts.parent, inventory: parent }),
        kustomization({
          ...{ name: "values", path: "./values", applied: facts.values },
          inventory: ["shop_values__ConfigMap"],
        }),
        object,
      ];
      const path = "values/values.yaml";
      const api = { path: "dev/release.yaml", removed: false, identities: [release] };
      const changed = [...(own ? [own] : []), { ...values, path }, ...(facts.isOwn ? [api] : [])];
      return { changed, clusters: [running(flux)] };
    };
    const looks = (...seen: readonly Parameters<typeof at>[0][]) => {
      let { memory } = input();
      let kind = "";
      let asks = 0;
      for (const one of seen) {
        const verdict = decide(input({ ...at(one), memory }), now);
        [memory, kind, asks] = [verdict.memory, kindOf(verdict), verdict.toAsk?.length ?? 0];
      }
      return `${kind} ${asks}`;
    };
    const before = { parent: older, values: older, digest: "sha256:0" };
    const half = { parent: x, values: older, digest: "sha256:1" };
    assert.equal(looks(before, half), "waiting applied 0", "nobody is asked before they are there");
    const there = { parent: x, values: x, digest: "sha256:1" };
    assert.equal(looks(before, half, there), "waiting applied 1");
    assert.equal(looks(before, half, there, { ...there, digest: "sha256:2" }), "succeeded 0");
    const early = { ...half, asked: "1" };
    assert.equal(looks(before, early, { ...there, asked: "1" }), "waiting applied 1");
    const answered = { ...there, asked: "2" };
    assert.equal(looks(before, half, there, answered), "succeeded 0");
    const own1 = { ...there, isOwn: true } as const;
    assert.equal(looks({ ...before, isOwn: true }, own1), "waiting applied 1", "its spec may");
    assert.equal(looks({ ...before, isOwn: true }, own1, own1), "waiting applied 1");
    const later = { ...own1, digest: "sha256:2" };
    assert.equal(looks({ ...before, isOwn: true }, own1, later), "succeeded 0");
    const busy = { ...own1, step: "Progressing" };
    assert.equal(looks(busy, later), "waiting applied 1", "it had read what was there before");
    const retrying = { ...own1, step: "ProgressingWithRetry" };
    assert.equal(looks(retrying, later), "succeeded 0");
  });

  it("are not proven by an empty answer, nor by the digest that it had", () => {
    const { memory } = decide(input(given({ parent: older })), now);
    const at = (status: object) => kindOf(decide(input({ ...given({}, status), memory }), now + 1));
    assert.equal(at({ lastHandledReconcileAt: "" }), "waiting applied");
    assert.equal(at({ lastHandledResetAt: "" }), "waiting applied");
    assert.equal(at({}), "waiting applied");
    assert.equal(at({ lastAttemptedConfigDigest: "sha256:2" }), "succeeded");
  });
});

describe("decide(): values that X brings with a new release", () => {
  const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);
  const values = { path: "dev/values.yaml", removed: false, identities: [map("values", "shop")] };
  const brought = (facts: { readonly made: string; readonly by?: string }): Partial<GateInput> => {
    const entry = "shop_values__ConfigMap";
    const inventory = [releaseId, ...(facts.by === undefined ? [entry] : [])];
    const others =
      facts.by && kustomization({ ...{ name: facts.by, path: "./v" }, inventory: [entry] });
    const spec = { valuesFrom: [{ kind: "ConfigMap", name: "values" }] };
    return {
      changed: [values, { path: "dev/release.yaml", removed: false, identities: [release] }],
      clusters: [
        cluster({
          flux: [
            ...[source({ storedAt: "2026-11-23T11:00:00Z" }), kustomization({ inventory })],
            ...(others ? [others] : []),
            { ...helmRelease({ spec }), createdAt: at(facts.made) },
          ],
        }),
      ],
    };
  };

  it("were there before it, by the same Kustomization", () => {
    assert.equal(kindOf(decide(input(brought({ made: "11:00:05" })), now)), "succeeded");
  });

  it("are not known to have been where another brings them, or the release is older", () => {
    for (const facts of [{ made: "10:59:00" }, { made: "11:00:05", by: "values" }])
      assert.equal(kindOf(decide(input(brought(facts)), now)), "waiting applied");
  });
});
