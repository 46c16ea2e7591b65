// Which entry of which inventory is meant, and what of a whole one holds the run.
import assert from "node:assert/strict";
import { decide } from "../../../core/gate/decide.ts";
import type { ClusterFacts, GateInput } from "../../../core/gate/gate-input.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import type { Identity } from "../../../core/manifests/identity.ts";
import { api, cluster, healthy, input, kustomization } from "./gate-world.ts";
import { now, pulling, shopDev, shopDevId, source } from "./gate-world.ts";
import { describeRows, kindOf, type Row } from "./rows.ts";

const file = (path: string, ...identities: readonly Identity[]) => ({
  ...{ path, removed: false, identities },
});
const named = (name: string, more: Partial<Identity> = {}) => ({ ...api, name, ...more });
const whole = { dev: { whole: "dev/kustomization.yaml uses namePrefix", unreached: [] } };

/** Deployments of an inventory, by the id of the entry: key and how it is. */
function holding(
  entries: Readonly<Record<string, readonly [key: string, health: ObservedHealth]>>,
  facts: Partial<ClusterFacts> & { readonly spec?: Readonly<Record<string, unknown>> } = {},
): ClusterFacts {
  const { spec = {}, ...rest } = facts;
  return cluster({
    flux: [source(), kustomization({ inventory: Object.keys(entries), spec })],
    health: Object.fromEntries(Object.values(entries)),
    ...rest,
  });
}
/** X changes the Deployment's file, and nobody can tell what kustomize makes of it. */
const unmapped = (
  entries: Parameters<typeof holding>[0],
  changed = [file("dev/a.yaml", api)],
): Partial<GateInput> => ({ layouts: whole, changed, clusters: [holding(entries)] });
const one = (name: string, health = healthy) => ({
  [`shop_${name}_apps_Deployment`]: [`Deployment.apps/shop/${name}`, health] as const,
});

const meant: readonly Row[] = [
  {
    says: "is not one of another namespace",
    given: {
      changed: [file("dev/a.yaml", api)],
      clusters: [
        holding({
          ...one("web"),
          other_api_apps_Deployment: ["Deployment.apps/other/api", healthy],
        }),
      ],
    },
    then: "succeeded",
    line: /judged whole, since its inventory has no Deployment shop\/api: /,
  },
  {
    says: "nor of another group",
    given: {
      changed: [file("dev/a.yaml", api)],
      clusters: [
        holding({ "shop_api_acme.io_Deployment": ["Deployment.acme.io/shop/api", healthy] }),
      ],
    },
    then: "succeeded",
    line: /judged whole, since its inventory has no Deployment shop\/api: /,
  },
  {
    says: "is one of any where the file leaves it open",
    given: {
      changed: [file("dev/a.yaml", { ...api, namespace: "" })],
      clusters: [holding(one("api", pulling))],
    },
    then: "waiting health",
  },
  {
    says: "is one without namespace, where its kind has none",
    given: {
      changed: [file("dev/r.yaml", named("r", { group: "acme.io", kind: "Thing" }))],
      clusters: [holding({ "_r_acme.io_Thing": ["Thing.acme.io/r", pulling] })],
    },
    then: "waiting health",
  },
  {
    says: "is that of what builds from the file, before a namesake elsewhere in the environment",
    given: {
      changed: [file("dev/a.yaml", api)],
      clusters: [
        cluster({
          flux: [
            source(),
            kustomization({
              spec: { targetNamespace: "blue" },
              inventory: ["blue_api_apps_Deployment"],
            }),
            kustomization({ name: "other", path: "./other" }),
          ],
          health: {
            "Deployment.apps/blue/api": healthy,
            "Deployment.apps/shop/api": pulling,
          },
        }),
      ],
    },
    then: "succeeded",
  },
  {
    says: "is nothing of what another environment runs",
    given: {
      changed: [file("dev/a.yaml", api)],
      clusters: [
        cluster({
          flux: [
            source(),
            kustomization({ inventory: ["shop_web_apps_Deployment"] }),
            kustomization({ name: "prod", path: "./prod", environment: "prod" }),
          ],
        }),
      ],
    },
    then: "waiting health",
    line: /judged whole, since its inventory has no Deployment shop\/api: /,
  },
];

const parts: readonly Row[] = [
  {
    says: "counts an object once that is named by a file and part of it too",
    given: unmapped({ ...one("dev-api", pulling), ...one("web") }),
    then: "failed lasting",
    later: true,
  },
  {
    says: "takes an object of the very name before one with more around it",
    given: unmapped({ ...one("api", pulling), ...one("dev-api") }),
    then: "failed lasting",
    later: true,
  },
  {
    says: "blames none of two that may be meant, whichever comes first",
    given: unmapped({ ...one("dev-api", pulling), ...one("dev-api-worker") }),
    then: "waiting health",
    later: true,
  },
  {
    says: "blames no object of another group that bears the name",
    given: unmapped({
      "shop_dev-api_acme.io_Deployment": ["Deployment.acme.io/shop/dev-api", pulling],
    }),
    then: "waiting health",
    later: true,
  },
  {
    says: "takes a name of many parts whole",
    given: unmapped(one("a-b-c-d-e-f-g-h-i", pulling), [file("dev/a.yaml", named("i"))]),
    then: "waiting health",
    later: true,
  },
  {
    says: "finds it in one of eight",
    given: unmapped(one("a-b-c-d-e-f-g-h", pulling), [file("dev/a.yaml", named("g-h"))]),
    then: "failed lasting",
    later: true,
  },
  {
    says: "looks at nothing that X took away",
    given: {
      layouts: whole,
      changed: [file("dev/a.yaml", api), { ...file("dev/old.yaml", named("old")), removed: true }],
      clusters: [holding({ ...one("api"), ...one("old", pulling) })],
    },
    then: "succeeded",
  },
  {
    says: "but at what X only moved to another file",
    given: {
      layouts: whole,
      changed: [file("dev/a.yaml", api), { ...file("dev/old.yaml", api), removed: true }],
      clusters: [holding(one("api", pulling))],
    },
    then: "failed lasting",
    later: true,
  },
  {
    says: "and at a namesake in another namespace of what X took away",
    given: {
      layouts: whole,
      changed: [
        file("dev/a.yaml", api),
        { ...file("dev/old.yaml", named("old", { namespace: "blue" })), removed: true },
      ],
      clusters: [holding({ ...one("api"), ...one("old", pulling) })],
    },
    then: "waiting health",
  },
  {
    says: "says how many are well",
    given: unmapped({ ...one("api"), ...one("web") }),
    then: "succeeded",
    line: /shop-dev: judged whole, since dev\/kustomization.yaml uses namePrefix: 2 of 2 objects are well$/m,
  },
  {
    says: "says why it cannot be judged where its inventory is empty",
    given: unmapped({}),
    then: "waiting present",
    text: /judged whole, since .*: its inventory is empty: nothing of it can be judged$/,
  },
  {
    says: "is no reason to wait for the roll-up, where nothing was applied",
    given: { everything: true, changed: [], clusters: [holding({})] },
    then: "succeeded",
    line: /shop-dev: its inventory is empty$/m,
  },
  {
    says: "is told of the roll-up without a reason",
    given: { everything: true, changed: [], clusters: [holding(one("api"))] },
    then: "succeeded",
    line: /shop-dev: 1 of 1 objects are well$/m,
  },
  {
    says: "is judged where its own manifest changed",
    given: {
      changed: [file("clusters/dev.yaml", shopDev), file("dev/a.yaml", api)],
      clusters: [
        cluster({
          flux: [
            source(),
            kustomization({
              inventory: ["shop_api_apps_Deployment", "shop_web_apps_Deployment"],
            }),
            kustomization({
              ...{ name: "root", path: "./clusters", environment: "" },
              inventory: [shopDevId],
            }),
          ],
          health: {
            "Deployment.apps/shop/api": healthy,
            "Deployment.apps/shop/web": { state: "in-progress", cause: "0 of 1" },
          },
        }),
      ],
    },
    then: "waiting health",
    text: /Deployment shop\/web: in progress/,
    line: /judged whole, since its own manifest changed: 1 of 2/,
  },
  {
    says: "is judged where a component is built in",
    given: {
      changed: [file("dev/a.yaml", api)],
      clusters: [
        holding({ ...one("api"), ...one("web", pulling) }, { spec: { components: ["../parts"] } }),
      ],
    },
    then: "waiting health",
    line: /judged whole, since its spec uses components/,
  },
  {
    says: "is judged where an identity hangs on a value",
    given: {
      changed: [file("dev/a.yaml", { ...api, namespace: "${ns}" })],
      clusters: [holding({ ...one("api"), ...one("web", pulling) })],
    },
    then: "waiting health",
    line: /dev\/a.yaml: the identity Deployment \$\{ns\}\/api hangs on a value/,
  },
  {
    says: "is judged where a file of it cannot be read",
    given: {
      changed: [{ ...file("dev/a.yaml"), unreadable: "no YAML" }],
      clusters: [holding({ ...one("api"), ...one("web", pulling) })],
    },
    then: "waiting health",
    line: /judged whole, since dev\/a.yaml: no YAML/,
  },
  {
    says: "is judged where it has all of X, and not what the file names",
    given: {
      changed: [file("dev/w.yaml", named("worker"))],
      clusters: [holding({ ...one("api"), ...one("web", pulling) })],
    },
    then: "waiting health",
    line: /judged whole, since its inventory has no Deployment shop\/worker/,
  },
];

describeRows("the object of a file", meant);
describeRows("a whole inventory", parts);

describe("decide(): an inventory of a thousand that are not well", () => {
  it("names the first ten", () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => Object.entries(one(`w${n}`, pulling))).flat(),
    );
    const verdict = decide(input({ layouts: whole, clusters: [holding(many)] }), now);
    assert.equal(kindOf(verdict), "waiting health");
    assert.equal(verdict.progress.filter((line) => line.includes("ImagePullBackOff")).length, 10);
  });
});
