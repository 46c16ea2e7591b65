import type { ObservedHealth } from "../../../core/health/health.ts";
import type { ClusterFacts, GateInput } from "../../../core/gate/gate-input.ts";
import { api, healthy, input, kustomization, now, older, pulling, source } from "./gate-world.ts";
import { cluster, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const changed = input().changed ?? [];
const [file = { path: "", removed: false, identities: [] }] = changed;
const keyOf = (name: string) => `Deployment.apps/shop/${name}`;
const idOf = (name: string) => `shop_${name}_apps_Deployment`;

type Facts = {
  /** Deployments of the inventory, and how they are. */
  readonly health: Readonly<Record<string, ObservedHealth>>;
  readonly history?: ClusterFacts["history"];
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly storedAt?: string;
  readonly applied?: string;
};

function of({ health, history, spec, storedAt, applied = x }: Facts): Partial<GateInput> {
  const names = Object.keys(health);
  const flux = [
    source(storedAt === undefined ? {} : { storedAt }),
    kustomization({ inventory: names.map(idOf), applied, ...(spec ? { spec } : {}) }),
  ];
  return {
    clusters: [
      cluster({
        flux,
        health: Object.fromEntries(names.map((name) => [keyOf(name), health[name] ?? healthy])),
        ...(history ? { history } : {}),
      }),
    ],
  };
}

const why = "dev/kustomization.yaml uses namePrefix";
const layouts = { dev: { whole: why, unreached: [] } };
const stored = "2026-11-23T11:50:00Z";
const before = now - 30 * 60_000;
const after = now - 60_000;
const pending: ObservedHealth = { state: "in-progress", cause: "0 of 1" };
const red = (times: { readonly appliedAt?: number; readonly conditionsAt?: number }) => ({
  ...of({
    health: { "dev-api": healthy, red: pulling },
    storedAt: stored,
    history: { [keyOf("red")]: times },
  }),
  layouts,
});

const rows: readonly Row[] = [
  {
    says: "where kustomizations do more than list, all of the inventory is judged",
    given: { ...of({ health: { "dev-api": healthy, "dev-web": pending } }), layouts },
    then: "waiting health",
    text: /Deployment shop\/dev-web: in progress: 0 of 1/,
  },
  {
    says: "and succeeds when all of it is well",
    given: { ...of({ health: { "dev-api": healthy, "dev-web": healthy } }), layouts },
    then: "succeeded",
  },
  {
    says: "whatever an object of the file's own name says",
    given: { ...of({ health: { api: healthy, other: pending } }), layouts },
    then: "waiting health",
  },
  {
    says: "only what X's files touched can fail the run",
    given: { ...of({ health: { "dev-api": pulling, "dev-web": healthy } }), layouts },
    then: "failed lasting",
    later: true,
    text: /dev-api: .*ImagePullBackOff/,
  },
  {
    says: "another one holds the wait, named, and never fails it",
    given: { ...of({ health: { "dev-api": healthy, red: pulling } }), layouts },
    then: "waiting health",
    later: true,
    text: /Deployment shop\/red: .*cannot be told: it holds the wait until it is well, and never/,
  },
  {
    says: "one of two that may be the file's object fails nobody",
    given: { ...of({ health: { "dev-api": healthy, "dev-api-worker": pulling } }), layouts },
    then: "waiting health",
    later: true,
  },
  {
    says: "what Flux last changed before X, and was failing before, is noted",
    given: red({ appliedAt: before, conditionsAt: before }),
    then: "succeeded",
  },
  {
    says: "what began to fail after X came holds, since it may be of X",
    given: red({ appliedAt: before, conditionsAt: after }),
    then: "waiting health",
    later: true,
  },
  {
    says: "what Flux has changed since X came is of X",
    given: red({ appliedAt: after, conditionsAt: before }),
    then: "failed lasting",
    later: true,
  },
  {
    says: "at the very second that X came, too",
    given: red({ appliedAt: Date.parse(stored), conditionsAt: before }),
    then: "failed lasting",
    later: true,
  },
  {
    says: "nothing is known of managed fields: it holds",
    given: red({ conditionsAt: before }),
    then: "waiting health",
    later: true,
  },
  {
    says: "an identity that a Ready Kustomization's inventory lacks is not waited for",
    given: of({ health: { gateway: healthy } }),
    then: "succeeded",
  },
  {
    says: "nor one that a base's overlay may have renamed",
    given: {
      ...of({ health: { gateway: pending } }),
      changed: [{ ...file, path: "base/api.yaml" }],
      bases: { dev: ["base"] },
    },
    then: "waiting health",
    text: /Deployment shop\/gateway/,
  },
  {
    says: "an identity that hangs on a value",
    given: {
      ...of({ health: { api: healthy, web: pending } }),
      // As it stands in the file.
      changed: [{ ...file, identities: [{ ...api, namespace: "$" + "{ns}" }] }],
    },
    then: "waiting health",
    text: /Deployment shop\/web/,
  },
  {
    says: "a file that could not be read",
    given: {
      ...of({ health: { api: healthy, web: pending } }),
      changed: [...changed, { ...file, path: "dev/odd.yaml", identities: [], unreadable: "no" }],
    },
    then: "waiting health",
  },
  {
    says: "a file that no resources reach changes nothing",
    given: {
      ...of({ health: { api: healthy, web: pending } }),
      changed: [
        ...changed,
        { ...file, path: "dev/unlisted.yaml", identities: [{ ...api, name: "new" }] },
      ],
      layouts: { dev: { unreached: ["dev/unlisted.yaml"] } },
    },
    then: "succeeded",
  },
  {
    says: "an empty inventory proves nothing",
    given: { ...of({ health: {} }), layouts },
    then: "waiting present",
    text: /its inventory is empty/,
  },
  {
    says: "Flux's own word counts where it has wait and is Ready",
    given: {
      ...of({ health: { "dev-api": pending }, spec: { wait: true } }),
      layouts,
    },
    then: "succeeded",
  },
  {
    says: "before X is applied what is there says nothing",
    given: { ...of({ health: { "dev-api": pulling }, applied: older }), layouts },
    then: "waiting applied",
    later: true,
  },
];

describeRows("judged whole", rows);
