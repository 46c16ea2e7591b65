import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import {
  api,
  cluster,
  foreign,
  healthy,
  kustomization,
  older,
  pulling,
  source,
  x,
} from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const url = "https://dev.azure.com/fabrikam/shop/_git/manifests";
const digest = `latest@sha256:${"1".repeat(64)}`;

type Facts = {
  readonly suspend?: true;
  readonly failing?: string;
  readonly made?: string | undefined;
  readonly source?: string | undefined;
  readonly applied?: string;
  readonly health?: ObservedHealth;
  readonly ready?: Parameters<typeof kustomization>[0];
};

/** A Kustomization of E on an artefact that was made from this commit of that repository. */
function from(facts: Facts) {
  const { made = `main@sha1:${x}`, source = url, applied = x, health = healthy } = facts;
  const artefact = parseFluxObject({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "OCIRepository",
    metadata: { name: "manifests", namespace: "flux-system", generation: 1 },
    spec: { url: "oci://registry.fabrikam.com/manifests", suspend: facts.suspend },
    status: {
      observedGeneration: 1,
      artifact: {
        revision: digest,
        metadata: {
          "org.opencontainers.image.revision": made,
          "org.opencontainers.image.source": source,
        },
      },
      conditions: [
        facts.failing === undefined
          ? { type: "Ready", status: "True", reason: "Succeeded", message: "" }
          : { type: "Ready", status: "False", reason: "OCIPullFailed", message: facts.failing },
      ],
    },
  });
  const spec = { sourceRef: { kind: "OCIRepository", name: "manifests" }, path: "./" };
  const k = kustomization({ ...facts.ready, spec }) as FluxObject & { kind: "Kustomization" };
  const object = {
    ...k,
    ...{ lastAppliedRevision: digest, lastAttemptedRevision: digest },
    lastAppliedOriginRevision: `main@sha1:${applied}`,
  };
  return {
    clusters: [
      cluster({
        flux: artefact ? [artefact, object] : [],
        health: { "Deployment.apps/shop/api": health },
      }),
    ],
  };
}

/** The same with a Kustomization on git whose file X changed too. */
function beside({ clusters }: ReturnType<typeof from>) {
  const web = { ...api, name: "web" };
  const inGit = kustomization({
    ...{ name: "web", path: "./dev/web", inventory: ["shop_web_apps_Deployment"] },
    spec: { sourceRef: { kind: "GitRepository", name: "git" } },
  });
  const git = { ...source(), name: "git" };
  return {
    changed: [
      { path: "dev/api/api.yaml", removed: false, identities: [api] },
      { path: "dev/web/web.yaml", removed: false, identities: [web] },
    ],
    clusters: clusters.map((one) => ({
      ...one,
      flux: [...one.flux, git, inGit],
      health: { ...one.health, "Deployment.apps/shop/web": healthy },
    })),
  };
}

const failing = {
  ready: { status: "False", reason: "HealthCheckFailed", message: "Deployment/shop/api" },
} as const;

const rows: readonly Row[] = [
  { says: "is tied to its commit by its annotations", given: from({}), then: "succeeded" },
  {
    says: "is judged whole, since nobody says where its files lie",
    given: from({ health: pulling }),
    then: "failed lasting",
    later: true,
  },
  { says: "of an older commit is not X", given: from({ applied: older }), then: "waiting applied" },
  {
    says: "that was pushed before X is waited for by the name of its source",
    given: from({ made: `main@sha1:${older}`, applied: older }),
    then: "waiting applied",
    text: /its source OCIRepository flux-system\/manifests has not fetched aaaaaaaa yet \(it has bbbbbbbb\)$/,
  },
  {
    says: "is waited for by who suspended its source",
    given: from({ made: `main@sha1:${older}`, applied: older, suspend: true }),
    then: "waiting suspended",
    text: /its source OCIRepository flux-system\/manifests is suspended/,
  },
  {
    says: "is waited for by what keeps its source from it",
    given: from({ made: `main@sha1:${older}`, applied: older, failing: "401 Unauthorized" }),
    then: "waiting applied",
    text: /its source OCIRepository flux-system\/manifests: 401 Unauthorized$/,
  },
  {
    says: "without annotations is said to lack them",
    given: from({ made: "" }),
    then: "waiting concerned",
    text: /OCIRepository flux-system\/manifests does not say which commit it was made from/,
  },
  {
    says: "without annotations is so where another Kustomization brings the rest of X",
    given: beside(from({ made: "" })),
    then: "waiting present",
    text: /^Deployment shop\/api: no Kustomization of dev builds from .*: Kustomization flux-system\/shop-dev may bring it, but its source OCIRepository flux-system\/manifests does not say which commit it was made from/,
  },
  {
    says: "of another repository brings nothing of this one",
    given: from({ source: "https://github.com/a/b" }),
    then: "waiting concerned",
    text: /was made from https:\/\/github.com\/a\/b/,
  },
  {
    says: "nor of another branch",
    given: from({ made: `next@sha1:${foreign}` }),
    then: "waiting concerned",
    text: /was made from branch next/,
  },
  {
    says: "fails with what fails of it",
    given: from({ applied: older, ready: failing, health: pulling }),
    then: "failed lasting",
    later: true,
  },
];

describeRows("an artefact that is not git", rows);
