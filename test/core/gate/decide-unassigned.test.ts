// What brings the environment's Kustomizations is nobody's: it gates nothing, and what X makes of them by
// it counts all the same.
import type { BuiltChange, ChangedFile, GateInput } from "../../../core/gate/gate-input.ts";
import { kustomizationsToBuild } from "../../../core/gate/to-build.ts";
import assert from "node:assert/strict";
import type { ObservedHealth } from "../../../core/health/health.ts";
import type { Identity } from "../../../core/manifests/identity.ts";
import { api, cluster, healthy, input, kustomization, older, source, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const pending: ObservedHealth = { state: "in-progress", cause: "0 of 1" };

const named = (name: string): Identity => ({
  ...{ group: "kustomize.toolkit.fluxcd.io", version: "v1", kind: "Kustomization" },
  ...{ namespace: "flux-system", name },
});
const web: Identity = { ...api, name: "web" };
const ofApi: ChangedFile = { path: "dev/api.yaml", removed: false, identities: [api] };
const file = (name: string, ...identities: readonly Identity[]): ChangedFile => ({
  ...{ path: `clusters/${name}`, removed: false, identities },
});

/** `root` brings `layer`, which brings `shop-web`; `shop-dev` is brought by nobody who is seen. */
function of(facts: {
  readonly above?: readonly ChangedFile[];
  readonly changed?: readonly ChangedFile[];
  readonly web?: ObservedHealth;
  readonly root?: string;
  readonly layer?: string;
  readonly applied?: string;
  readonly whole?: string;
  readonly built?: BuiltChange;
}): Partial<GateInput> {
  const { above = [], changed = [ofApi], web: health = healthy, whole } = facts;
  const { root = x, layer = x, applied = x, built } = facts;
  const nobodys = { environment: "" };
  const flux = [
    source(),
    kustomization({ ...nobodys, name: "root", path: "./clusters", applied: root }),
    kustomization({ ...nobodys, name: "layer", path: "./layers", applied: layer }),
    kustomization({
      name: "shop-web",
      path: "./web",
      applied,
      inventory: ["shop_web_apps_Deployment"],
    }),
    kustomization(),
  ].map((object) => {
    const holds = { root: ["layer"], layer: ["shop-web"] }[object.name];
    return holds === undefined ? object : { ...object, inventory: holds.map(named) };
  });
  return {
    ...{ changed, above, bases: {} },
    ...(whole === undefined ? {} : { layouts: { clusters: { whole, unreached: [] } } }),
    clusters: [
      cluster({
        ...{ flux, health: { "Deployment.apps/shop/api": healthy, [keyOf(web)]: health } },
        ...(built ? { built: { "Kustomization/flux-system/root": built } } : {}),
      }),
    ],
  };
}

function keyOf({ namespace, name }: Identity): string {
  return `Deployment.apps/${namespace}/${name}`;
}

const list = file("kustomization.yaml");
const whole = "clusters/kustomization.yaml changed";
const exactly: BuiltChange = {
  ...{ kind: "built", changed: [named("layer")], removed: [], hasUnknownValues: false },
};

const rows: Row[] = [
  {
    says: "is judged where X changed its own manifest, beside other changes",
    given: of({ above: [file("web.yaml", named("shop-web"))], web: pending }),
    then: "waiting health",
    text: /Deployment shop\/web: in progress/,
  },
  {
    says: "and green once it is well",
    given: of({ above: [file("web.yaml", named("shop-web"))] }),
    then: "succeeded",
  },
  {
    says: "and where X changed nothing else",
    given: of({ changed: [], above: [file("web.yaml", named("shop-web"))], web: pending }),
    then: "waiting health",
  },
  {
    says: "holds until what brings it has applied X: it may have applied X as it was before",
    given: of({ above: [file("web.yaml", named("shop-web"))], layer: older }),
    then: "waiting applied",
    text: /shop-web: Kustomization flux-system\/layer has not applied a+ yet/,
  },
  {
    says: "and what brings that, where X changed that too",
    given: of({ above: [file("layer.yaml", named("layer"))], root: older }),
    then: "waiting applied",
    text: /shop-web: Kustomization flux-system\/root has not applied a+ yet/,
  },
  {
    says: "is judged where X changed what brings it",
    given: of({ above: [file("layer.yaml", named("layer"))], web: pending }),
    then: "waiting health",
  },
  {
    says: "and where nobody can tell what X made of what brings it",
    given: of({ above: [list], whole, web: pending }),
    then: "waiting health",
    line: /shop-web: judged whole, since what brings it may have made another of it/,
  },
  {
    says: "and where a build tells that X made another of what brings it",
    given: of({ above: [list], whole, built: exactly, web: pending }),
    then: "waiting health",
  },
  {
    says: "is not, where a build tells that it is as it was",
    given: of({ above: [list], whole, built: { ...exactly, changed: [] }, web: pending }),
    then: "succeeded",
  },
  {
    says: "nor where X changed others of it alone",
    given: of({ above: [file("prod.yaml", named("shop-prod"))], web: pending }),
    then: "succeeded",
  },
  {
    says: "has to run X",
    given: of({ above: [file("web.yaml", named("shop-web"))], applied: older }),
    then: "waiting applied",
    text: /shop-web: runs b+, which does not contain a+/,
  },
  {
    says: "is looked for by its values too, which another brings",
    given: {
      ...of({ above: [file("vars.yaml", { ...api, group: "", kind: "ConfigMap", name: "vars" })] }),
    },
    then: "succeeded",
  },
];

/** `local` runs none of the environment's changed files, `east` all of them. */
function inTwo(facts: Parameters<typeof of>[0]): Partial<GateInput> {
  const { clusters = [], ...rest } = of(facts);
  const [local] = clusters;
  assert.ok(local);
  return { ...rest, clusters: [{ ...local, paths: ["other"] }, cluster({ name: "east" })] };
}

rows.push(
  {
    says: "is judged in a cluster, too, whose folders X left as they were",
    given: inTwo({ above: [file("web.yaml", named("shop-web"))], web: pending }),
    then: "waiting health",
    text: /Deployment shop\/web: in progress/,
  },
  {
    says: "which holds nothing where X changed none of its Kustomizations either",
    given: inTwo({ above: [file("prod.yaml", named("shop-prod"))], web: pending }),
    then: "succeeded",
    line: /^local: cluster local: runs nothing of what changed$/m,
  },
);

describeRows("a Kustomization that nobody's brings", rows);

describe("a build of what brings the environment", () => {
  const asked = (given: Partial<GateInput>) => {
    const { clusters, ...rest } = input(given);
    const [first] = clusters;
    assert.ok(first);
    return kustomizationsToBuild(rest, first, x).map(({ name }) => name);
  };

  it("is asked for where its files do not tell what X makes of it", () => {
    assert.deepEqual(asked(of({ above: [list], whole })), ["root"]);
  });

  it("is not where X changed none of its files", () => {
    assert.deepEqual(asked(of({ whole })), []);
  });
});
