import { of, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

describe("what is said of policies that refuse", () => {
  saysOfRisks([
    [
      "Gatekeeper only tells, where it denied without a word",
      spec("constraints.gatekeeper.sh/v1beta1", "K8sRequired")({}, { enforcementAction: "warn" }),
      "medium hardening: no longer enforces what it did (spec.enforcementAction)",
    ],
    [
      "Gatekeeper denies without a word",
      spec("constraints.gatekeeper.sh/v1beta1", "K8sRequired")({ enforcementAction: "deny" }, {}),
    ],
    ...["constructor", "toString"].map(
      (key) =>
        [
          `a key that every object of JavaScript has: ${key}`,
          [
            of("v1", "ConfigMap", { data: { [key]: "a" } }),
            of("v1", "ConfigMap", { data: { [key]: "b" } }),
          ],
        ] as const,
    ),
  ]);
});
