// What Flux does not apply, or does not ask, although it is Ready at X.
import type { GateInput } from "../../../core/gate/gate-input.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import { api, cluster, healthy, kustomization, source } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);
const fetched = source({ storedAt: "2026-11-23T11:00:00Z" });
const disabled = "kustomize.toolkit.fluxcd.io/reconcile: disabled";

const annotated = (appliedAt: string | undefined, spec: object = {}): Partial<GateInput> => ({
  clusters: [
    cluster({
      flux: [fetched, kustomization({ spec: { ...spec } })],
      history: {
        "Deployment.apps/shop/api": {
          leftAlone: disabled,
          ...(appliedAt === undefined ? {} : { appliedAt: at(appliedAt) }),
        },
      },
    }),
  ],
});
const ignoring = (appliedAt: string | undefined): Partial<GateInput> => ({
  clusters: [
    cluster({
      flux: [fetched, kustomization({ spec: { ignore: [{ paths: ["/spec/replicas"] }] } })],
      history: {
        "Deployment.apps/shop/api": appliedAt === undefined ? {} : { appliedAt: at(appliedAt) },
      },
    }),
  ],
});
const edited = { by: "kubectl-edit", fields: ["spec.replicas"] };
const handled = (
  spec: Readonly<Record<string, unknown>>,
  more: object = {},
): Partial<GateInput> => ({
  clusters: [
    cluster({
      flux: [fetched, kustomization({ spec })],
      history: { "Deployment.apps/shop/api": { appliedAt: at("12:00:00"), edited, ...more } },
    }),
  ],
});
const set = { ...api, kind: "StatefulSet", name: "db" };
const waiting = (kind: string, health: ObservedHealth): Partial<GateInput> => ({
  changed: [{ path: "dev/db.yaml", removed: false, identities: [{ ...set, kind }] }],
  clusters: [
    cluster({
      flux: [
        source(),
        kustomization({ spec: { wait: true }, inventory: [`shop_db_apps_${kind}`] }),
      ],
      health: { [`${kind}.apps/shop/db`]: health },
    }),
  ],
});
const byHand: ObservedHealth = { state: "in-progress", cause: "0 of 2 pods at the new revision" };

const rows: readonly Row[] = [
  {
    says: "an object of which Flux leaves fields out is said to be as it was before X",
    given: ignoring("10:00:00"),
    then: "succeeded",
    line: /Deployment shop\/api: healthy, but Flux has changed nothing of it since aaaaaaaa came: .*\(spec.ignore\)$/,
  },
  {
    says: "and not where Flux has changed it since",
    given: ignoring("12:00:00"),
    then: "succeeded",
    line: /Deployment shop\/api: healthy$/,
  },
  {
    says: "nor where nobody can tell",
    given: ignoring(undefined),
    then: "succeeded",
    line: /Deployment shop\/api: healthy$/,
  },
  {
    says: "an object that somebody has edited since is not what X made of it until Flux puts it back",
    given: handled({}),
    then: "waiting applied",
    text: /kubectl-edit has changed spec.replicas since Flux applied it: Flux puts that back when it next/,
  },
  {
    says: "whatever Flux says of its health",
    given: handled({ wait: true }),
    then: "waiting applied",
  },
  {
    says: "but holds nobody where Flux may leave it so, which is said",
    given: handled({ ignore: [{ paths: ["/spec/replicas"] }] }),
    then: "succeeded",
    line: /since Flux applied it, and may leave that so \(spec.ignore of its Kustomization\)$/,
  },
  {
    says: "nor where it is told to",
    given: handled({}, { leftAlone: disabled }),
    then: "succeeded",
    line: /may leave that so \(kustomize.toolkit.fluxcd.io\/reconcile: disabled\)$/,
  },
  {
    says: "nor anybody once nothing waits for it any more",
    given: { ...handled({}), settled: true },
    then: "succeeded",
    line: /kubectl-edit has changed spec.replicas since Flux applied it: Flux puts that back when/,
  },
  {
    says: "and is nobody's affair in all that runs",
    given: { ...handled({}), everything: true, changed: [] },
    then: "succeeded",
  },
  {
    says: "an object that Flux is told to leave alone is not what X made of it",
    given: annotated("10:00:00"),
    then: "waiting applied",
    text: /Flux leaves it as it is \(kustomize.toolkit.fluxcd.io\/reconcile: disabled\) until that goes: what changed is not applied/,
  },
  {
    says: "nor where nobody can tell when Flux applied it",
    given: annotated(undefined),
    then: "waiting applied",
    text: /until that goes: whether what changed is applied, nobody says/,
  },
  {
    says: "nor where Flux itself calls all of it healthy",
    given: annotated("10:00:00", { wait: true }),
    then: "waiting applied",
  },
  {
    says: "while of all that runs it is only asked whether it is well",
    given: { ...annotated("10:00:00"), everything: true, changed: [] },
    then: "succeeded",
  },
  {
    says: "one that Flux has made since counts",
    given: annotated("11:30:00"),
    then: "succeeded",
  },
  {
    says: "a StatefulSet that somebody updates by hand is asked beside Flux' word",
    given: waiting("StatefulSet", byHand),
    then: "waiting health",
  },
  {
    says: "of other workloads that word counts",
    given: waiting("Deployment", byHand),
    then: "succeeded",
  },
  {
    says: "and of that one where it may not be read",
    given: waiting("StatefulSet", { state: "forbidden" }),
    then: "succeeded",
  },
  { says: "or is well", given: waiting("StatefulSet", healthy), then: "succeeded" },
];

describeRows("what Flux leaves alone", rows);
