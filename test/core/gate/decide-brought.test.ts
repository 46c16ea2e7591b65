// A Kustomization brings others: what X changed of it may make others of them, whose files are as they
// were.
import type { BuiltChange, ChangedFile, GateInput } from "../../../core/gate/gate-input.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import type { Identity } from "../../../core/manifests/identity.ts";
import { cluster, healthy, kustomization, older, source, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const pending: ObservedHealth = { state: "in-progress", cause: "0 of 1" };
const idOf = (name: string) => `flux-system_${name}_kustomize.toolkit.fluxcd.io_Kustomization`;
const keyOf = (name: string) => `Kustomization/flux-system/${name}`;
const named = (name: string): Identity => ({
  ...{ group: "kustomize.toolkit.fluxcd.io", version: "v1", kind: "Kustomization" },
  ...{ namespace: "flux-system", name },
});

/** `root` brings `layer`, which brings `shop-dev`, which brings the Deployment. */
function of(facts: {
  readonly changed: readonly ChangedFile[];
  readonly health?: ObservedHealth;
  readonly applied?: string;
  readonly lists?: string;
  readonly built?: BuiltChange;
  /** Of `shop-dev`. */
  readonly environment?: string;
}): Partial<GateInput> {
  const { changed, health = healthy, applied = x, lists, built, environment = "dev" } = facts;
  const flux = [
    source(),
    kustomization({ name: "root", path: "./root", inventory: [idOf("root"), idOf("layer")] }),
    kustomization({ name: "layer", path: "./layer", inventory: [idOf("shop-dev")] }),
    kustomization({ path: "./dev", applied, environment }),
  ];
  return {
    changed,
    ...(lists === undefined ? {} : { layouts: { root: { whole: lists, unreached: [] } } }),
    clusters: [
      cluster({
        ...{ flux, health: { "Deployment.apps/shop/api": health } },
        ...(built ? { built: { [keyOf("root")]: built } } : {}),
      }),
    ],
  };
}

const own: ChangedFile = { path: "root/sync.yaml", removed: false, identities: [named("root")] };
const patch: ChangedFile = { path: "root/patch.yaml", removed: false, identities: [] };
const lists = "root/kustomization.yaml uses patches";
const exactly = (more: Partial<BuiltChange>): BuiltChange => ({
  ...{ kind: "built", changed: [named("layer")], removed: [], hasUnknownValues: false },
  ...(more as object),
});

const rows: readonly Row[] = [
  {
    says: "where its own manifest changed, all that it brings is judged, however deep",
    given: of({ changed: [own], health: pending }),
    then: "waiting health",
    text: /Deployment shop\/api: in progress/,
    line: /shop-dev: judged whole, since what brings it may have made another of it/,
  },
  {
    says: "where all of the environment has to be ready, too",
    given: {
      ...of({ changed: [own], health: pending }),
      environment: { name: "dev", scope: "environment", healthUnknownSucceeds: false },
    },
    then: "waiting health",
    text: /Deployment shop\/api: in progress/,
  },
  {
    says: "and has to have applied X",
    given: of({ changed: [own], applied: older }),
    then: "waiting applied",
    text: /shop-dev: runs b+, which does not contain a+/,
  },
  {
    says: "and is green once it is well",
    given: of({ changed: [own] }),
    then: "succeeded",
  },
  {
    says: "not where only its interval or the like changed: it builds as before",
    given: of({ changed: [{ ...own, sameBuilds: [keyOf("root")] }], health: pending }),
    then: "succeeded",
  },
  {
    says: "nor what is labelled for another environment",
    given: of({ changed: [own], health: pending, environment: "staging" }),
    then: "succeeded",
  },
  {
    says: "where nobody can tell what a kustomization makes of what it lists, too",
    given: of({ changed: [patch], lists, health: pending }),
    then: "waiting health",
  },
  {
    says: "a build tells which it made others of",
    given: of({ changed: [patch], lists, built: exactly({}), health: pending }),
    then: "waiting health",
  },
  {
    says: "and which of these build as before",
    given: of({
      ...{ changed: [patch], lists, health: pending },
      built: exactly({ sameBuilds: [keyOf("layer")] }),
    }),
    then: "succeeded",
  },
  {
    says: "and that it made others of none",
    given: of({ changed: [patch], lists, built: exactly({ changed: [] }), health: pending }),
    then: "succeeded",
  },
];

describeRows("what a Kustomization brings", rows);
