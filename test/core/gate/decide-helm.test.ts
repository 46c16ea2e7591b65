import type { GateInput } from "../../../core/gate/gate-input.ts";
import { api, helmRelease, kustomization, older, running, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const ready = { status: "True" } as const;

const notReady = (reason: string, message = "") => ({ status: "False", reason, message }) as const;

const hrFile = [
  {
    path: "dev/api/hr.yaml",
    removed: false,
    identities: [{ ...api, group: "helm.toolkit.fluxcd.io", version: "v2", kind: "HelmRelease" }],
  },
];
const release = (facts: Parameters<typeof helmRelease>[0], parent = x): Partial<GateInput> => ({
  changed: hrFile,
  clusters: [
    running([
      kustomization({
        applied: parent,
        inventory: ["shop_api_helm.toolkit.fluxcd.io_HelmRelease"],
      }),
      helmRelease(facts),
    ]),
  ],
});

const helmRows: readonly Row[] = [
  {
    says: "a failing one counts only after its parent applied X",
    given: release({ ready: notReady("UpgradeFailed", "boom") }, older),
    then: "waiting applied",
    later: true,
  },
  {
    says: "UpgradeFailed counts after the grace",
    given: release({ ready: notReady("UpgradeFailed", "boom") }),
    then: "failed lasting",
    later: true,
  },
  {
    says: "RollbackSucceeded: that attempt failed",
    given: release({ ready: { ...ready, reason: "RollbackSucceeded", message: "rolled back" } }),
    then: "failed lasting",
    later: true,
  },
  {
    says: "Stalled by RetriesExceeded counts at once",
    given: release({
      ready: notReady("UpgradeFailed", "boom"),
      conditions: [
        { type: "Stalled", status: "True", reason: "RetriesExceeded", message: "exhausted" },
      ],
    }),
    then: "failed terminal",
  },
];

describeRows("a HelmRelease", helmRows);
