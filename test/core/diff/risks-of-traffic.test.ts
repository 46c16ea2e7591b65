import { policy, spec, web } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const block = (cidr: string) => ({ ingress: [{ from: [{ ipBlock: { cidr } }] }] });
const peer = (one: object) => ({ ingress: [{ from: [one] }] });
const out = (one: object) => ({ policyTypes: ["Egress"], egress: [one] });

describe("what is said of a change of who may talk to whom", () => {
  saysOfRisks([
    [
      "all addresses",
      policy(peer(web), block("0.0.0.0/0")),
      "high network-policy: lets everybody in",
    ],
    [
      "all addresses of the newer kind",
      policy(peer(web), block("::/0")),
      "high network-policy: lets everybody in",
    ],
    [
      "some addresses",
      policy(peer(web), block("10.0.0.0/8")),
      "medium network-policy: lets more through than before (ingress)",
    ],
    [
      "all namespaces",
      policy(peer(web), peer({ namespaceSelector: {} })),
      "high network-policy: lets everybody in",
    ],
    [
      "all pods of all namespaces",
      policy(peer(web), peer({ namespaceSelector: {}, podSelector: {} })),
      "high network-policy: lets everybody in",
    ],
    [
      "some pods of all namespaces",
      policy(peer(web), peer({ namespaceSelector: {}, ...web })),
      "medium network-policy: lets more through than before (ingress)",
    ],
    [
      "all pods of its namespace",
      policy(peer(web), peer({ podSelector: {} })),
      "medium network-policy: lets more through than before (ingress)",
    ],
    [
      "nobody",
      policy(peer(web), { policyTypes: ["Ingress"], ingress: [] }),
      "medium network-policy: lets nothing through any more (ingress)",
    ],
    [
      "somebody where nobody was",
      policy({ policyTypes: ["Ingress"] }, peer(web)),
      "medium network-policy: lets more through than before (ingress)",
    ],
    [
      "another port",
      policy(
        { ingress: [{ from: [web], ports: [{ port: 80 }] }] },
        { ingress: [{ from: [web], ports: [{ port: 81 }] }] },
      ),
      "medium network-policy: lets more through than before (ingress)",
    ],
    ["one port of all", policy(peer(web), { ingress: [{ from: [web], ports: [{ port: 80 }] }] })],
    [
      "out to everything",
      policy(out({ to: [web] }), out({})),
      "high network-policy: lets its pods reach everything",
    ],
    [
      "out without limits, since nothing governs it",
      policy({ egress: [{ to: [web] }] }, {}),
      "high network-policy: no longer restricts egress: lets its pods reach everything",
    ],
    [
      "in without limits, since nothing governs it",
      policy({ policyTypes: ["Ingress"] }, { policyTypes: ["Egress"] }),
      "high network-policy: no longer restricts ingress: lets everybody in",
    ],
    [
      "limits where there were none",
      policy({ policyTypes: ["Egress"] }, { policyTypes: ["Egress", "Ingress"] }),
    ],
    [
      "other pods",
      policy(
        { podSelector: { matchLabels: { a: "b" } } },
        { podSelector: { matchLabels: { a: "c" } } },
      ),
      "medium network-policy: covers other pods than before",
    ],
    ...(
      [
        ["CiliumNetworkPolicy", "cilium.io/v2"],
        ["GlobalNetworkSet", "crd.projectcalico.org/v1"],
        ["AuthorizationPolicy", "security.istio.io/v1"],
        ["PeerAuthentication", "security.istio.io/v1"],
      ] as const
    ).map(
      ([kind, api]) =>
        [
          `by a ${kind}`,
          spec(api, kind)({ a: 1 }, { a: 2 }),
          "medium network-policy: changes who may talk to whom",
        ] as const,
    ),
    ["by none of them", spec("example.com/v1", "Network")({ a: 1 }, { a: 2 })],
  ]);
});
