import { api, cluster, helmRelease, kustomization, newer } from "./gate-world.ts";
import { older, running, source, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const notReady = (reason: string, message = "") => ({ status: "False", reason, message }) as const;

const release = { ...api, group: "helm.toolkit.fluxcd.io", version: "v2", kind: "HelmRelease" };

const suspended = kustomization({ spec: { suspend: true } });

const appliedRows: readonly Row[] = [
  {
    says: "lastAppliedRevision contains X: a descendant counts",
    given: { clusters: [running([kustomization({ applied: newer })])] },
    then: "succeeded",
  },
  {
    says: "an older revision does not",
    given: { clusters: [running([kustomization({ applied: older })])] },
    then: "waiting applied",
  },
  {
    says: "a revision that cannot be compared does not",
    given: { clusters: [running([kustomization({ applied: "e".repeat(40) })])] },
    then: "waiting applied",
    text: /cannot tell whether/,
  },
  {
    says: "every concerned object has observed its current generation",
    given: { clusters: [running([kustomization({ generation: 2, observedGeneration: 1 })])] },
    then: "waiting applied",
  },
  {
    says: "is not suspended",
    given: { clusters: [running([suspended])] },
    then: "waiting suspended",
  },
  {
    says: "not Ready only by HealthCheckFailed counts as applied, another team's pod does not hold",
    given: {
      clusters: [
        running([
          kustomization({
            applied: older,
            attempted: x,
            ready: notReady("HealthCheckFailed", "Deployment/other/red status: 'InProgress'"),
          }),
        ]),
      ],
    },
    then: "succeeded",
    later: true,
  },
  {
    says: "a nested HelmRelease counts when its parent applied X and it is Ready",
    given: {
      changed: [
        {
          path: "dev/api/hr.yaml",
          removed: false,
          identities: [release],
        },
      ],
      clusters: [
        running([
          kustomization({ inventory: ["shop_api_helm.toolkit.fluxcd.io_HelmRelease"] }),
          helmRelease({}),
        ]),
      ],
    },
    then: "succeeded",
  },
  {
    says: "what X wrote and an inventory names has to be seen",
    given: {
      changed: [{ path: "dev/api/hr.yaml", removed: false, identities: [release] }],
      clusters: [
        running([kustomization({ inventory: ["shop_api_helm.toolkit.fluxcd.io_HelmRelease"] })]),
      ],
    },
    then: "waiting applied",
    text: /HelmRelease shop\/api: it has not been seen yet/,
  },
  {
    says: "a suspended source is said",
    given: {
      clusters: [
        cluster({
          flux: [source({ has: older, suspend: true }), kustomization({ applied: older })],
        }),
      ],
    },
    then: "waiting suspended",
    text: /its source GitRepository flux-system\/manifests is suspended/,
  },
];

describeRows("applied", appliedRows);
