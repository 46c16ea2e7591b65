import type { Condition } from "../../../core/flux/condition.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { kustomization, newer, older, running, x } from "./gate-world.ts";
import type { KustomizationFacts } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const notReady = (reason: string, message = "") => ({ status: "False", reason, message }) as const;

/** A Kustomization that failed like this at a commit, X by default. */
function failing(facts: KustomizationFacts): Partial<GateInput> {
  return { clusters: [running([kustomization({ applied: older, attempted: x, ...facts })])] };
}

const fetching = (commit: string): Partial<Condition> => ({
  ...{ type: "Reconciling", status: "True", reason: "ProgressingWithRetry" },
  message: `Fetching manifests for revision main@sha1:${commit} with a timeout of 5m0s`,
});
const noPath = notReady(
  "ArtifactFailed",
  "kustomization path not found: stat /tmp/kustomization-1/dev: no such file or directory",
);

const blameRows: readonly Row[] = [
  {
    says: "a build that fails at a newer commit counts when it names the changed file by its path",
    given: failing({
      attempted: newer,
      ready: notReady(
        "BuildFailed",
        "kustomize build failed: accumulating resources from 'dev': '/tmp/kustomization-1/dev/api/shop_apps_v1_deployment_api.yaml': yaml: line 3",
      ),
    }),
    then: "failed terminal",
  },
  {
    says: "or by its folder and its name apart",
    given: failing({
      attempted: newer,
      ready: notReady(
        "BuildFailed",
        "recursed accumulation of path '/tmp/kustomization-1/dev/api': accumulating resources from 'shop_apps_v1_deployment_api.yaml': bad",
      ),
    }),
    then: "failed terminal",
  },
  {
    says: "a file of that name in another folder is somebody else's",
    given: failing({
      attempted: newer,
      ready: notReady(
        "BuildFailed",
        "recursed accumulation of path '/tmp/kustomization-1/dev/web': accumulating resources from 'shop_apps_v1_deployment_api.yaml': bad",
      ),
    }),
    then: "waiting applied",
    later: true,
  },
  {
    says: "what a failed apply lists as configured is not its cause",
    given: failing({
      attempted: newer,
      ready: notReady(
        "ReconciliationFailed",
        "Deployment/other/red apply failed: denied\nDeployment/shop/api configured",
      ),
    }),
    then: "waiting applied",
    later: true,
  },
  {
    says: "a name at the end of a long message counts",
    given: failing({
      ready: notReady(
        "HealthCheckFailed",
        `timeout waiting for: [${"Deployment/other/red status: 'InProgress', ".repeat(30)}Deployment/shop/api status: 'InProgress']`,
      ),
    }),
    then: "failed lasting",
    later: true,
  },
  {
    says: "a path that X took away counts after the grace, although Flux never gets to attempt it",
    given: failing({ attempted: older, ready: noPath, conditions: [fetching(x)] }),
    then: "failed lasting",
    later: true,
    text: /kustomization path not found/,
  },
  {
    says: "a path that was missing before X does not",
    given: failing({ attempted: older, ready: noPath, conditions: [fetching(older)] }),
    then: "waiting applied",
    later: true,
  },
  {
    says: "Stalled before any attempt counts where X wrote that object, and it was brought there",
    given: {
      changed: [
        {
          path: "dev/child.yaml",
          removed: false,
          identities: [
            {
              ...{ group: "kustomize.toolkit.fluxcd.io", version: "v1", kind: "Kustomization" },
              ...{ namespace: "flux-system", name: "child" },
            },
          ],
        },
      ],
      clusters: [
        running([
          kustomization({
            inventory: ["flux-system_child_kustomize.toolkit.fluxcd.io_Kustomization"],
          }),
          kustomization({
            ...{ name: "child", path: "./elsewhere", applied: older },
            ready: notReady("AccessDenied", "cross-namespace references are blocked"),
            conditions: [{ type: "Stalled", status: "True", reason: "AccessDenied" }],
          }),
        ]),
      ],
    },
    then: "failed terminal",
  },
  {
    says: "Stalled without an attempt at X, and not written by X, does not",
    given: failing({
      attempted: older,
      conditions: [{ type: "Stalled", status: "True", reason: "AccessDenied" }],
    }),
    then: "waiting applied",
    later: true,
  },
];

describeRows("whose failure it is", blameRows);
