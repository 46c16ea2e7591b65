// Where a build by Flux' own code tells what X changed, nothing else is judged.
import type { Condition } from "../../../core/flux/condition.ts";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import type { BuiltChange, GateInput } from "../../../core/gate/gate-input.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import { api, cluster, healthy, kustomization, older, pulling } from "./gate-world.ts";
import { source, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const keyOf = (name: string) => `Deployment.apps/shop/${name}`;
const idOf = (name: string) => `shop_${name}_apps_Deployment`;
const named = (name: string) => ({ ...api, name });
const built = (...names: readonly string[]): BuiltChange => ({
  ...{ kind: "built", changed: names.map(named), removed: [], hasUnknownValues: false },
});
const varsId = "flux-system_vars__ConfigMap";
const pending: ObservedHealth = { state: "in-progress", cause: "0 of 1" };
const layouts = { dev: { whole: "dev/kustomization.yaml uses namePrefix", unreached: [] } };

function of(facts: {
  readonly health: Readonly<Record<string, ObservedHealth>>;
  readonly built: BuiltChange;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly applied?: string;
  readonly ready?: Partial<Condition>;
  /** What brings the values, if not the Kustomization itself. */
  readonly bringing?: FluxObject;
}): Partial<GateInput> {
  const names = Object.keys(facts.health);
  const { applied = x, spec, ready } = facts;
  const flux = [
    source(),
    ...(facts.bringing ? [facts.bringing] : []),
    kustomization({
      inventory: [...(facts.bringing ? [] : [varsId]), ...names.map(idOf)],
      ...{ applied, ...(spec ? { spec } : {}), ...(ready ? { ready } : {}) },
    }),
  ];
  return {
    layouts,
    clusters: [
      cluster({
        flux,
        health: Object.fromEntries(
          names.map((name) => [keyOf(name), facts.health[name] ?? healthy]),
        ),
        built: { "Kustomization/flux-system/shop-dev": facts.built },
      }),
    ],
  };
}

const valuesFrom = { postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "vars" }] } };
const vars = {
  ...{ group: "", version: "v1", kind: "ConfigMap", namespace: "flux-system", name: "vars" },
};

const rows: readonly Row[] = [
  {
    says: "only what Flux builds otherwise is waited for",
    given: of({ health: { "dev-api": healthy, red: pulling }, built: built("dev-api") }),
    then: "succeeded",
    line: /shop-dev: dev\/kustomization.yaml uses namePrefix; by Flux' build X changes 1 object/,
  },
  {
    says: "another object that fails never ends the run",
    given: of({ health: { "dev-api": pending, red: pulling }, built: built("dev-api") }),
    then: "waiting health",
    later: true,
    text: /Deployment shop\/dev-api: in progress/,
  },
  {
    says: "what it changed fails the run",
    given: of({ health: { "dev-api": pulling, other: healthy }, built: built("dev-api") }),
    then: "failed lasting",
    later: true,
    text: /dev-api: .*ImagePullBackOff/,
  },
  {
    says: "an object whose file X did not touch is waited for, where a patch changed it",
    given: of({ health: { api: healthy, "dev-web": pending }, built: built("dev-web") }),
    then: "waiting health",
    text: /dev-web/,
  },
  {
    says: "nothing that stays is no success before X is applied",
    given: of({ health: { "dev-api": healthy }, built: built(), applied: older }),
    then: "waiting applied",
  },
  {
    says: "and one once it is, whatever else fails",
    given: of({ health: { "dev-api": pulling }, built: built() }),
    then: "succeeded",
  },
  {
    says: "what the inventory of all of X lacks will not come: judged whole",
    given: of({ health: { "dev-api": healthy, web: pending }, built: built("dev-new") }),
    then: "waiting health",
    text: /Deployment shop\/web/,
  },
  {
    says: "also where another object's health check fails for ever",
    given: of({
      ...{ health: { "dev-api": healthy, web: pending }, built: built("dev-new") },
      ready: { status: "False", reason: "HealthCheckFailed", message: "timeout: web" },
    }),
    then: "waiting health",
    text: /Deployment shop\/web/,
  },
  {
    says: "a name that hangs on a value of the cluster is not believed",
    given: of({ health: { "dev-api": healthy, web: pending }, built: built("$" + "{x}-api") }),
    then: "waiting health",
    text: /shop\/web/,
  },
  {
    says: "nor what is the same but for values that X changed elsewhere",
    given: of({
      health: { api: pending },
      built: { kind: "built", changed: [vars], removed: [], hasUnknownValues: true },
      spec: { ...valuesFrom, dependsOn: [{ name: "vars" }] },
      bringing: kustomization({ name: "vars", path: "./vars", inventory: [varsId] }),
    }),
    then: "waiting health",
    line: /ConfigMap flux-system\/vars changed, whose values it takes/,
  },
  {
    says: "where no build can be had it is judged whole, and says why",
    given: of({
      health: { "dev-api": healthy, web: pending },
      built: { kind: "unknown", why: "the module is absent" },
    }),
    then: "waiting health",
    line: /namePrefix, and Flux' build does not tell: the module is absent: 2 of 3/,
  },
];

describeRows("by Flux' own build", rows);
