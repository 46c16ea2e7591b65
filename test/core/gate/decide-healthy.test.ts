import { kustomization, running } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const notReady = (reason: string, message = "") => ({ status: "False", reason, message }) as const;

const wholeEnvironment = {
  environment: { name: "dev", scope: "environment", healthUnknownSucceeds: false },
} as const;

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
