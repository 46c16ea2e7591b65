// X changes what applies it: until the change itself has arrived, what stands there is of before.
import { api, input, kustomization, older, running } from "./gate-world.ts";
import { shopDev, shopDevId, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const [app] = input().changed ?? [];
const own = (removed: boolean) => [
  ...(app ? [app] : []),
  { path: "clusters/dev/shop.yaml", removed, identities: [shopDev] },
];

/** What brings the Kustomization of the environment, and is not assigned to it. */
const root = (applied: string, spec: Readonly<Record<string, unknown>> = {}) =>
  kustomization({
    ...{ name: "root", path: "./clusters/dev", environment: "", applied, spec },
    inventory: [shopDevId],
  });
const pathGone = kustomization({
  ...{ applied: older, attempted: older },
  ready: {
    ...{ status: "False", reason: "ArtifactFailed" },
    message: "kustomization path not found: stat /tmp/kustomization-1/dev: no such file",
  },
  conditions: [
    {
      ...{ type: "Reconciling", status: "True", reason: "ProgressingWithRetry" },
      message: `Fetching manifests for revision main@sha1:${x} with a timeout of 1m`,
    },
  ],
});

const ownChange: readonly Row[] = [
  {
    says: "that applied X as it was before X changed it has not applied X",
    given: { changed: own(false), clusters: [running([root(older), kustomization()])] },
    then: "waiting applied",
    text: /Kustomization flux-system\/root has not applied aaaaaaaa yet: runs bbbbbbbb/,
  },
  {
    says: "counts once that has",
    given: { changed: own(false), clusters: [running([root(x), kustomization()])] },
    then: "succeeded",
  },
  {
    says: "is no success while it is to be taken away",
    given: { changed: own(true), clusters: [running([root(older), kustomization()])] },
    then: "waiting applied",
  },
  {
    says: "fails nobody by a folder that X took away with it, before it is pruned",
    given: { changed: own(true), clusters: [running([root(older), pathGone])] },
    then: "waiting applied",
    later: true,
  },
  {
    says: "nor by one that its new spec no longer has",
    given: { changed: own(false), clusters: [running([root(older), pathGone])] },
    then: "waiting applied",
    later: true,
  },
  {
    says: "but does where the change has arrived",
    given: { changed: own(false), clusters: [running([root(x), pathGone])] },
    then: "failed lasting",
    later: true,
    text: /path not found/,
  },
  {
    says: "and where X did not change it",
    given: { clusters: [running([root(older), pathGone])] },
    then: "failed lasting",
    later: true,
  },
  {
    says: "is held by a suspended one as such: somebody has to resume it",
    given: {
      changed: own(false),
      clusters: [running([root(older, { suspend: true }), kustomization()])],
    },
    then: "waiting suspended",
    text: /root has not applied aaaaaaaa yet: suspended/,
  },
];

const elsewhere = { ...api, name: "web" };
const unassigned: readonly Row[] = [
  {
    says: "is named where only a Kustomization that is not assigned builds from it",
    given: {
      changed: [
        ...(app ? [app] : []),
        { path: "clusters/dev/web.yaml", removed: false, identities: [elsewhere] },
      ],
      clusters: [running([root(x), kustomization()])],
    },
    then: "waiting present",
    text: /root builds from clusters\/dev\/web.yaml, but is not assigned to dev \(label/,
  },
];

const gone = { path: "dev/web.yaml", removed: true, identities: [elsewhere] };
const keeping = kustomization({ spec: { prune: false } });
const kept: readonly Row[] = [
  {
    says: "stays in the cluster where its Kustomization does not prune, and that is said",
    given: { changed: [...(app ? [app] : []), gone], clusters: [running([keeping])] },
    then: "succeeded",
    line: /dev\/web.yaml: .*shop-dev does not prune, so Deployment shop\/web stays/,
  },
  {
    says: "and where it told Flux so itself",
    given: {
      changed: [...(app ? [app] : []), { ...gone, keeping: [elsewhere] }],
      clusters: [running([kustomization()])],
    },
    then: "succeeded",
    line: /dev\/web.yaml: Deployment shop\/web told Flux not to delete it, so it stays/,
  },
  {
    says: "and where its file stays, which holds others",
    given: {
      changed: [{ ...gone, removed: false, identities: [api], left: [elsewhere] }],
      clusters: [running([keeping])],
    },
    then: "succeeded",
    line: /dev\/web.yaml: .*shop-dev does not prune, so Deployment shop\/web stays/,
  },
  {
    says: "stays nowhere where it only moved to another file",
    given: {
      changed: [{ ...gone, identities: [api] }, ...(app ? [app] : [])],
      clusters: [running([keeping])],
    },
    then: "succeeded",
    line: /^(?![^]*does not prune)/,
  },
  {
    says: "nor where it is pruned",
    given: { changed: [...(app ? [app] : []), gone], clusters: [running([kustomization()])] },
    then: "succeeded",
    line: /^(?![^]*does not prune)/,
  },
];

const dependent = (name: string, on: string, reason = "DependencyNotReady") =>
  kustomization({
    ...{ name, path: name === "shop-dev" ? "./dev" : `./${name}`, applied: older },
    spec: { dependsOn: [{ name: on }] },
    ready: { status: "False", reason, message: `dependency 'flux-system/${on}' is not ready` },
  });
const circles: readonly Row[] = [
  {
    says: "is told as one, since no time ends it",
    given: { clusters: [running([dependent("shop-dev", "base"), dependent("base", "shop-dev")])] },
    then: "waiting applied",
    text: /base waits for Kustomization flux-system\/shop-dev in a circle \(dependsOn\)/,
  },
  {
    says: "of one is too",
    given: { clusters: [running([dependent("shop-dev", "shop-dev")])] },
    then: "waiting applied",
    text: /shop-dev waits for itself in a circle/,
  },
  {
    says: "further down the chain is too",
    given: {
      clusters: [
        running([
          dependent("shop-dev", "base"),
          dependent("base", "crds"),
          dependent("crds", "base"),
        ]),
      ],
    },
    then: "waiting applied",
    text: /crds waits for Kustomization flux-system\/base in a circle/,
  },
  {
    says: "is none where the other fails for a reason of its own",
    given: {
      clusters: [
        running([dependent("shop-dev", "base"), dependent("base", "shop-dev", "BuildFailed")]),
      ],
    },
    then: "waiting applied",
    text: /base: BuildFailed: [^;]*$/,
  },
  {
    says: "is none where the chain ends",
    given: { clusters: [running([dependent("shop-dev", "base"), dependent("base", "crds")])] },
    then: "waiting applied",
    text: /Kustomization flux-system\/crds: it has not been seen$/,
  },
];

const climbing: readonly Row[] = [
  {
    says: "is where Flux joins it, `..` and all",
    given: { clusters: [running([kustomization({ path: "./clusters/../dev" })])] },
    then: "succeeded",
  },
  {
    says: "never leads out of the artefact",
    given: { clusters: [running([kustomization({ path: "../../dev" })])] },
    then: "succeeded",
  },
];

describeRows("a Kustomization that X changed", ownChange);
describeRows("a file of the environment", unassigned);
describeRows("an object that X removed", kept);
describeRows("a circle of dependencies", circles);
describeRows("a Kustomization's path", climbing);
