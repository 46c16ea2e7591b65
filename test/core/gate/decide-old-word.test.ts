// A release that waited for its objects says so of its last upgrade: what broke since is looked at.
import type { ObservedHealth } from "../../../core/health/health.ts";
import { helmRelease, kustomization, pulling, release, releaseId, running } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const releasing = (health: ObservedHealth, spec: Readonly<Record<string, unknown>> = {}) => {
  const entries = ["shop_api_apps_Deployment", "shop_once_batch_Job"].map((id) => ({
    id,
    v: "v1",
  }));
  const status = { inventory: { entries } };
  const flux = [kustomization({ inventory: [releaseId] }), helmRelease({ spec, status })];
  return { clusters: [running(flux, health)] };
};
const everything = { everything: true, changed: [] } as const;
const changed = [{ path: "dev/api.yaml", removed: false, identities: [release] }];
const unchanged = {
  target: { kind: "unchanged", commit: "a".repeat(40) },
  changed,
} as const;
const broken = /Deployment shop\/api: pod api-1, container main: ImagePullBackOff/;

const rows: readonly Row[] = [
  {
    says: "what breaks after the upgrade is no longer well, whatever the release says",
    given: { ...everything, ...releasing(pulling) },
    then: "waiting health",
    text: broken,
  },
  {
    says: "and fails the environment after the grace",
    given: { ...everything, ...releasing(pulling) },
    then: "failed lasting",
    later: true,
    text: broken,
  },
  {
    says: "a run that found nothing to change looks at what is there too",
    given: { ...unchanged, ...releasing(pulling) },
    then: "failed lasting",
    later: true,
    text: broken,
  },
  {
    says: "and so does what is said of a delivery that no run waits for",
    given: { settled: true, changed, ...releasing(pulling) },
    then: "failed lasting",
    later: true,
    text: broken,
  },
  {
    says: "what is seen broken is not well either where a Kustomization that waits found it well before",
    given: { clusters: [running([kustomization({ spec: { wait: true } })], pulling)] },
    then: "waiting health",
    text: broken,
  },
  {
    says: "what was taken away since is missed",
    given: { ...everything, ...releasing({ state: "missing" }) },
    then: "waiting health",
    text: /Deployment shop\/api: it is not in the cluster: Flux makes it again with the next upgrade/,
  },
  {
    says: "what only rolls, or may not be read, is as the release says",
    given: { ...everything, ...releasing({ state: "in-progress", cause: "2 of 3" }) },
    then: "succeeded",
    line: /^Deployment shop\/api: healthy, says Flux$|1 of 1 objects are well/m,
  },
  {
    says: "and so is one that nobody may read",
    given: { ...everything, ...releasing({ state: "forbidden" }) },
    then: "succeeded",
  },
  {
    says: "a run that changed the release takes its word, which is of that upgrade",
    given: { changed, ...releasing(pulling) },
    then: "succeeded",
  },
];

describeRows("what a release said of its last upgrade", rows);
