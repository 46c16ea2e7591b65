import { of, policy, spec, web } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const blocks = (cidrs: readonly string[], more: object = {}) => ({
  ingress: [{ from: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ...more }],
});
const cilium = spec("cilium.io/v2", "CiliumNetworkPolicy");
const istio = spec("security.istio.io/v1", "AuthorizationPolicy");
const app = { matchLabels: { app: "web" } };
const in443 = { ports: [{ port: 443 }] };
const everybody = "high network-policy: lets everybody in";
const other = "medium network-policy: changes who may talk to whom";

describe("what is said of policies that let everybody in, however that is written", () => {
  saysOfRisks([
    ["two halves", policy(blocks(["10.0.0.0/8"]), blocks(["128.0.0.0/1", "0.0.0.0/1"])), everybody],
    [
      "the other half, which makes it whole",
      policy(blocks(["0.0.0.0/1"]), blocks(["0.0.0.0/1", "128.0.0.0/1"])),
      everybody,
    ],
    [
      "all with an address in it",
      policy(blocks(["10.0.0.0/8"]), blocks(["10.1.2.3/0"])),
      everybody,
    ],
    ["all in full", policy(blocks(["fd00::/8"]), blocks(["0:0:0:0:0:0:0:0/0"])), everybody],
    [
      "halves on another port, where they were open before on one",
      policy(blocks(["0.0.0.0/0"], in443), blocks(["0.0.0.0/1", "128.0.0.0/1"])),
      everybody,
    ],
    ["the same in halves", policy(blocks(["0.0.0.0/0"]), blocks(["0.0.0.0/1", "128.0.0.0/1"]))],
    [
      "halves with a gap",
      policy(blocks(["10.0.0.0/8"]), blocks(["0.0.0.0/1", "128.0.0.0/2"])),
      "medium network-policy: lets more through than before (ingress)",
    ],
    [
      "namespaces with the label that each has",
      policy(
        { ingress: [{ from: [web] }] },
        {
          ingress: [
            {
              from: [
                {
                  namespaceSelector: {
                    matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "Exists" }],
                  },
                },
              ],
            },
          ],
        },
      ),
      everybody,
    ],
    [
      "all namespaces but one",
      policy(
        { ingress: [{ from: [web] }] },
        {
          ingress: [
            {
              from: [
                {
                  namespaceSelector: {
                    matchExpressions: [
                      { key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["web"] },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ),
      "medium network-policy: lets more through than before (ingress)",
    ],
    [
      "the world, to Cilium",
      cilium({ ingress: [{ fromEndpoints: [app] }] }, { ingress: [{ fromEntities: ["world"] }] }),
      everybody,
    ],
    [
      "all addresses, to Cilium",
      cilium(
        { egress: [{ toEndpoints: [app] }] },
        { egress: [{ toCIDRSet: [{ cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] }] }] },
      ),
      "high network-policy: lets its pods reach everything",
    ],
    [
      "one more app, to Cilium",
      cilium({ ingress: [{ fromEndpoints: [app] }] }, { ingress: [{ fromEndpoints: [app, {}] }] }),
      other,
    ],
    [
      "every request, to Istio",
      istio({ rules: [{ from: [{ source: { namespaces: ["a"] } }] }] }, { rules: [{}] }),
      everybody,
    ],
    [
      "no request, to Istio",
      istio(
        { action: "DENY", rules: [{ from: [{ source: { namespaces: ["a"] } }] }] },
        { action: "DENY", rules: [{}] },
      ),
      other,
    ],
  ]);
});

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
