import { policy, spec, web } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const block = (cidr: string) => ({ ingress: [{ from: [{ ipBlock: { cidr } }] }] });
const peer = (one: object) => ({ ingress: [{ from: [one] }] });
const labels = (matchLabels: object) => ({ podSelector: { matchLabels } });
const sql = labels({ app: "sql" });
const any = { podSelector: {} };
const all = { matchLabels: {}, matchExpressions: [{ key: "app", operator: "Exists" }] };
const both = { ...web.podSelector, matchExpressions: all.matchExpressions };
const everywhere = { namespaceSelector: { matchLabels: {} } };
const named = { namespaceSelector: { matchLabels: { team: "a" } } };
const ten = { ipBlock: { cidr: "10.0.0.0/8" } };
const rules = (each: readonly (object | readonly object[])[]) => ({
  ingress: each.map((from) => ({ from: [from].flat() })),
});
const blocks = Array.from({ length: 5000 }, (_, at) => ({
  ipBlock: { cidr: `10.${at >> 8}.${at & 255}.0/24` },
}));
const through = (port: object) => ({ ingress: [{ from: [web], ports: [port] }] });
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
      "pods of other namespaces, where a selector stood there without a word",
      policy(peer({ namespaceSelector: null, ...web }), peer({ ...named, ...web })),
      "medium network-policy: lets more through than before (ingress)",
    ],
    [
      "one block beside thousands that stay",
      policy(rules(blocks), rules([...blocks, { ipBlock: { cidr: "11.0.0.0/24" } }])),
      "medium network-policy: lets more through than before (ingress)",
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
    ...(
      [
        ["a part of the addresses", ["10.0.0.0/8"], ["10.1.0.0/16"], false],
        ["the same addresses", ["10.1.2.3/8"], ["10.0.0.0/8"], false],
        ["an address of many", ["0.0.0.0/1"], ["127.255.255.255"], false],
        ["the address beside them", ["0.0.0.0/1"], ["128.0.0.0"], true],
        ["more addresses", ["10.0.0.0/8"], ["10.0.0.0/7"], true],
        ["a part of the newer kind", ["fd00::/8"], ["fd00:1::/32"], false],
        ["the newer kind written out", ["fd00:0:0:0:0:0:0:0/64"], ["fd00::/64"], false],
        ["other ones of the newer kind", ["fd00::/16"], ["fd01::1/128"], true],
        ["the newer kind that ends so", ["::1/128"], ["0:0:0:0:0:0:0:1"], false],
        ["the older kind within the newer", ["::/1"], ["1.2.3.4/32"], true],
        ["no addresses: only the same text", ["a"], ["a"], false],
        ["no addresses at all", ["a"], ["b"], true],
        ["one too many parts", ["0.0.0.0/1"], ["1.1.1.1.1"], true],
        ["a number too high", ["0.0.0.0/1"], ["1.1.1.256"], true],
        ["a length too high", ["0.0.0.0/1"], ["1.1.1.1/33"], true],
        ["a length that is none", ["0.0.0.0/1"], ["1.1.1.1/x"], true],
        ["two lengths", ["0.0.0.0/1"], ["1.1.1.1/32/32"], true],
        ["two gaps", ["::/1"], ["1::1::1"], true],
        ["a gap where there is none", ["::/1"], ["1:1:1:1:1:1:1:1::"], true],
        ["too few groups", ["::/1"], ["1:1:1"], true],
        ["no group", ["::/1"], ["1::g"], true],
        ["more than a group", ["::/1"], ["1::xa"], true],
        ["a group and more", ["::/1"], ["1::ax"], true],
        ["a gap of one group", ["::/1"], ["1:2:3:4:5:6::8"], false],
        ["the address behind them", ["10.0.0.0/9"], ["10.128.0.0"], true],
        ["one too many small parts", ["0.0.0.0/1"], ["0.0.1.1.1"], true],
        ["one part too few", ["0.0.0.0/1"], ["1.1.1"], true],
        ["more than a number", ["0.0.0.0/1"], ["1.1.1.x1"], true],
        ["a number and more", ["0.0.0.0/1"], ["1.1.1.1x"], true],
        ["more than a length", ["0.0.0.0/1"], ["1.1.1.1/x9"], true],
        ["a length and more", ["0.0.0.0/1"], ["1.1.1.1/9x"], true],
        ["addresses where there was no length", ["1.1.1.1/x"], ["2.2.2.2"], true],
        ["an address of all", ["0.0.0.0/0"], ["1.2.3.4"], false],
      ] as const
    ).map(
      ([what, [was], [is], more]) =>
        [
          what,
          policy(block(was), block(is)),
          ...(more ? ["medium network-policy: lets more through than before (ingress)"] : []),
        ] as const,
    ),
    ...(
      [
        ["leaves out less", ["10.1.0.0/16"], "10.0.0.0/8", [], true],
        ["leaves out more", ["10.1.0.0/16"], "10.0.0.0/8", ["10.0.0.0/15"], false],
        ["leaves out a part", ["10.1.0.0/16"], "10.0.0.0/8", ["10.1.1.0/24"], true],
        ["is beside what was left out", ["10.1.0.0/16"], "10.2.0.0/16", [], false],
        ["is within what was left out", ["10.1.0.0/16"], "10.1.1.0/24", [], true],
      ] as const
    ).map(
      ([what, except, cidr, left, more]) =>
        [
          `a block ${what}`,
          policy(
            peer({ ipBlock: { cidr: "10.0.0.0/8", except } }),
            peer({ ipBlock: { cidr, except: left } }),
          ),
          ...(more ? ["medium network-policy: lets more through than before (ingress)"] : []),
        ] as const,
    ),
    ...(
      [
        ["two rules as one", [web, sql], [[web, sql]], false],
        ["one rule as two", [[web, sql]], [web, sql], false],
        ["a label more", [web], [labels({ app: "web", tier: "x" })], false],
        ["a label less", [labels({ app: "web", tier: "x" })], [web], true],
        ["an expression more", [any], [{ podSelector: all }], false],
        ["an expression less of two conditions", [{ podSelector: both }], [web], true],
        ["pods of every namespace, then of its own", [{ ...web, ...everywhere }], [web], false],
        ["of its own, then of a named one", [web], [{ ...web, ...named }], true],
        ["of a named one, then of its own", [{ ...web, ...named }], [web], true],
        ["of a named one, then some of it", [named], [{ ...web, ...named }], false],
        ["pods in place of addresses", [ten], [web], true],
        ["addresses in place of pods", [web], [ten], true],
      ] as const
    ).map(
      ([what, before, after, more]) =>
        [
          `peers: ${what}`,
          policy(rules(before), rules(after)),
          ...(more ? ["medium network-policy: lets more through than before (ingress)"] : []),
        ] as const,
    ),
    ...(
      [
        ["a port of a range", { port: 1, endPort: 9 }, { port: 5 }, false],
        ["a range of a range", { port: 1, endPort: 9 }, { port: 1, endPort: 9 }, false],
        ["a range that ends later", { port: 1, endPort: 9 }, { port: 1, endPort: 10 }, true],
        ["a range that begins earlier", { port: 2, endPort: 9 }, { port: 1, endPort: 9 }, true],
        ["a range that begins within", { port: 2, endPort: 9 }, { port: 8, endPort: 10 }, true],
        ["a port behind the range", { port: 1, endPort: 9 }, { port: 10 }, true],
        ["a port of all of a protocol", { protocol: "UDP" }, { protocol: "UDP", port: 53 }, false],
        ["another protocol", { port: 53 }, { protocol: "UDP", port: 53 }, true],
        ["the protocol written out", { port: 53 }, { protocol: "TCP", port: 53 }, false],
        ["a name", { port: "web" }, { port: "web" }, false],
        ["another name", { port: "web" }, { port: "api" }, true],
        ["another name, later in the alphabet", { port: "api" }, { port: "web" }, true],
        ["a name in place of a number", { port: 80 }, { port: "web" }, true],
        ["all ports of one", { port: 53 }, {}, true],
      ] as const
    ).map(
      ([what, before, after, more]) =>
        [
          `ports: ${what}`,
          policy(through(before), through(after)),
          ...(more ? ["medium network-policy: lets more through than before (ingress)"] : []),
        ] as const,
    ),
    ["one peer of all", policy({ ingress: [{}] }, peer(web))],
    [
      "every port where there was one",
      policy({ ingress: [{ from: [web], ports: [{ port: 80 }] }] }, peer(web)),
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
