import { kustomization, older, running, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const notReady = (reason: string, message = "") => ({ status: "False", reason, message }) as const;

const wholeEnvironment = {
  environment: { name: "dev", scope: "environment", healthUnknownSucceeds: false },
} as const;

const settings = {
  file: {
    path: "dev/settings.yaml",
    removed: false,
    identities: [
      { group: "", version: "v1", kind: "ConfigMap", namespace: "shop", name: "settings" },
    ],
  },
  by: (failure?: string) =>
    kustomization({
      spec: { wait: true },
      inventory: ["shop_settings__ConfigMap"],
      ...(failure === undefined
        ? {}
        : { applied: older, attempted: x, ready: notReady("HealthCheckFailed", failure) }),
    }),
};

const healthRows: readonly Row[] = [
  {
    says: "by kstatus' rules where Flux checks nothing",
    given: {
      clusters: [running([kustomization()], { state: "in-progress", cause: "0 of 1" })],
    },
    then: "waiting health",
  },
  {
    says: "by Flux's own word where it has wait and is Ready",
    given: {
      clusters: [
        running([kustomization({ spec: { wait: true } })], {
          state: "in-progress",
          cause: "0 of 1",
        }),
      ],
    },
    then: "succeeded",
  },
  {
    says: "but not of what somebody has taken away since",
    given: {
      clusters: [running([kustomization({ spec: { wait: true } })], { state: "missing" })],
    },
    then: "waiting health",
    text: /^Deployment shop\/api: it is not in the cluster/,
  },
  {
    says: "nor of what is being deleted",
    given: {
      clusters: [
        running([kustomization({ spec: { wait: true } })], {
          ...{ state: "terminating", cause: "foregroundDeletion has not let it go" },
        }),
      ],
    },
    then: "waiting health",
    text: /^Deployment shop\/api: terminating: foregroundDeletion/,
  },
  {
    says: "what nothing makes ready is well once applied",
    given: { changed: [settings.file], clusters: [running([settings.by()])] },
    then: "succeeded",
  },
  {
    says: "but not where Flux' health check misses it",
    given: {
      changed: [settings.file],
      clusters: [
        running([
          settings.by(
            "health check failed after 5m0s: timeout waiting for: [ConfigMap/shop/settings status: 'Terminating']",
          ),
        ]),
      ],
    },
    then: "waiting health",
    text: /^ConfigMap shop\/settings: Flux' health check misses it: .*Terminating/,
  },
  {
    says: "and is where that misses something else",
    given: {
      changed: [settings.file],
      clusters: [
        running([
          settings.by("health check failed after 5m0s: [ConfigMap/shop/other status: 'NotFound']"),
        ]),
      ],
    },
    then: "succeeded",
  },
  {
    says: "where RBAC forbids that: applied, health unknown, which does not succeed by itself",
    given: { clusters: [running([kustomization()], { state: "forbidden" })] },
    then: "waiting health-unknown",
  },
  {
    says: "and succeeds if so configured",
    given: {
      clusters: [running([kustomization()], { state: "forbidden" })],
      environment: { name: "dev", scope: "delivery", healthUnknownSucceeds: true },
    },
    then: "succeeded",
  },
  {
    says: "before a success all of it is read afresh",
    given: { fresh: false },
    then: "waiting read-afresh",
  },
  {
    says: "scope environment: what X did not change holds too",
    given: {
      ...wholeEnvironment,
      clusters: [
        running([
          kustomization(),
          kustomization({
            name: "other",
            path: "./dev/other",
            ready: notReady("HealthCheckFailed"),
            inventory: [],
          }),
        ]),
      ],
    },
    then: "waiting health",
  },
];

describeRows("healthy", healthRows);
