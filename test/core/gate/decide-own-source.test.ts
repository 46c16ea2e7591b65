// X changes the source of what it changes: what has applied X by the old one has not applied it yet.
import assert from "node:assert/strict";
import { decide } from "../../../core/gate/decide.ts";
import type { ChangedFile, GateInput } from "../../../core/gate/gate-input.ts";
import { api, cluster, helmRelease, input, kustomization, now, older } from "./gate-world.ts";
import { parsed, release, releaseId, shopDevId, source, x } from "./gate-world.ts";
import { describeRows, kindOf } from "./rows.ts";

const toolkit = { group: "source.toolkit.fluxcd.io", version: "v1", namespace: "flux-system" };
const [app] = input().changed ?? [];
const own: ChangedFile = {
  ...{ path: "clusters/dev/source.yaml", removed: false },
  identities: [{ ...toolkit, kind: "GitRepository", name: "manifests" }],
};
const root = (applied: string, entries: readonly string[] = []) =>
  kustomization({
    ...{ name: "root", path: "./clusters/dev", environment: "", applied },
    inventory: [
      shopDevId,
      "flux-system_manifests_source.toolkit.fluxcd.io_GitRepository",
      ...entries,
    ],
  });

/** `root` brings the source, and what has applied X by it. */
function given(of: {
  readonly rootHas: string;
  readonly file?: Partial<ChangedFile>;
  readonly endedAt?: string;
}): Partial<GateInput> {
  const { rootHas, file = {}, endedAt = "11:00:00" } = of;
  const ready = { lastTransitionTime: `2026-11-23T${endedAt}Z` };
  return {
    changed: app ? [app] : [],
    above: [{ ...own, ...file }],
    clusters: [cluster({ flux: [source(), root(rootHas), kustomization({ ready })] })],
  };
}

describeRows("the source of what X changes, which X changes too", [
  {
    says: "holds until what brings it has applied X",
    given: given({ rootHas: older }),
    then: "waiting applied",
    text: /its source GitRepository flux-system\/manifests changed, and .*root has not applied aaaa/,
  },
  {
    says: "and counts then: where another commit is fetched, revisions tell",
    given: given({ rootHas: x }),
    then: "succeeded",
  },
]);

describe("decide(): a source of which X makes another artefact at the same revision", () => {
  const file = { otherArtefacts: ["GitRepository/flux-system/manifests"] };

  it("holds until Flux has built of that, which no revision tells", () => {
    const one = decide(input(given({ rootHas: x, file })), now);
    assert.equal(kindOf(one), "waiting applied");
    assert.match(one.text, /nothing proves that it was built with GitRepository .* as X has it/);
    const two = { ...given({ rootHas: x, file }), memory: one.memory };
    assert.equal(kindOf(decide(input(two), now + 1)), "waiting applied");
    const next = given({ rootHas: x, file, endedAt: "11:05:00" });
    assert.equal(kindOf(decide(input({ ...next, memory: one.memory }), now + 2)), "succeeded");
  });

  it("is not proven by what ended before the change had arrived", () => {
    const one = decide(input(given({ rootHas: older, file })), now);
    const next = given({ rootHas: x, file, endedAt: "11:05:00" });
    assert.equal(
      kindOf(decide(input({ ...next, memory: one.memory }), now + 1)),
      "waiting applied",
    );
  });
});

const digest = `sha256:${"a".repeat(64)}`;
const bundle = parsed({
  ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "OCIRepository" },
  metadata: { name: "bundle", namespace: "shop", generation: 1 },
  status: {
    ...{ observedGeneration: 1, artifact: { revision: `1.2.3@${digest}` } },
    conditions: [{ type: "Ready", status: "True", reason: "Succeeded", message: "" }],
  },
});
const infra = (applied: string) =>
  kustomization({
    ...{ name: "infra", path: "./infra", environment: "", applied },
    inventory: ["shop_bundle_source.toolkit.fluxcd.io_OCIRepository"],
  });
const ofBundle = (applied: string): Partial<GateInput> => ({
  changed: [{ path: "dev/release.yaml", removed: false, identities: [release] }],
  above: [
    {
      ...{ path: "infra/bundle.yaml", removed: false },
      identities: [{ ...toolkit, kind: "OCIRepository", namespace: "shop", name: "bundle" }],
    },
  ],
  clusters: [
    cluster({
      flux: [
        ...[source(), bundle, infra(applied), kustomization({ inventory: [releaseId] })],
        helmRelease({
          spec: { chartRef: { kind: "OCIRepository", name: "bundle" } },
          status: { lastAttemptedRevisionDigest: digest },
        }),
      ],
    }),
  ],
});

describeRows("a source that another Kustomization brings than what takes it", [
  {
    says: "is as it was until that has applied X",
    given: ofBundle(older),
    then: "waiting applied",
    text: /HelmRelease shop\/api: its source OCIRepository shop\/bundle changed, and .*infra has not/,
  },
  { says: "and is X's then", given: ofBundle(x), then: "succeeded" },
]);

const onTag = (has: string): Partial<GateInput> => ({
  changed: [
    ...(app ? [app] : []),
    { path: "clusters/dev/shop.yaml", removed: false, identities: [{ ...api, name: "web" }] },
  ],
  clusters: [
    cluster({
      flux: [
        source(),
        kustomization(),
        parsed({
          ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" },
          metadata: { name: "released", namespace: "flux-system", generation: 1 },
          spec: { url: "https://dev.azure.com/fabrikam/shop/_git/manifests", ref: { tag: "v1" } },
        }),
        kustomization({
          ...{ name: "web", applied: has, inventory: ["shop_web_apps_Deployment"] },
          spec: { path: "./web", sourceRef: { kind: "GitRepository", name: "released" } },
        }),
      ],
      health: {
        "Deployment.apps/shop/api": { state: "current" },
        "Deployment.apps/shop/web": { state: "current" },
      },
    }),
  ],
});

describeRows("an object that only what is on a tag holds", [
  {
    says: "is not what X made of it",
    given: onTag(older),
    then: "waiting present",
    text: /no Kustomization of dev builds from .*shop.yaml; .*web holds it, which builds from elsewhere/,
  },
]);
