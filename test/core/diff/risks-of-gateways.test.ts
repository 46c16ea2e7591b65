import { spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const gateway = spec("gateway.networking.k8s.io/v1", "Gateway");
const route = spec("gateway.networking.k8s.io/v1", "HTTPRoute");
const listener = (more: object) => ({ listeners: [{ name: "l", port: 443, tls: {}, ...more }] });

describe("what is said of a change of an entrance", () => {
  describe("of the Gateway API, and of who issues certificates", () => {
    saysOfRisks([
      [
        "a listener goes",
        gateway(listener({}), { listeners: [] }),
        "medium exposure: listener l goes",
      ],
      [
        "a listener without TLS",
        gateway(listener({}), listener({ tls: undefined })),
        "medium exposure: listener l no longer uses TLS",
      ],
      [
        "routes of all",
        gateway(listener({}), listener({ allowedRoutes: { namespaces: { from: "All" } } })),
        "medium exposure: listener l takes routes of every namespace",
      ],
      [
        "routes of fewer",
        gateway(
          listener({ allowedRoutes: { namespaces: { from: "All" } } }),
          listener({ allowedRoutes: { namespaces: { from: "Same" } } }),
        ),
      ],
      [
        "another port",
        gateway(listener({}), listener({ port: 8443 })),
        "medium exposure: listener l is at another port",
      ],
      [
        "another host",
        gateway(listener({ hostname: "a" }), listener({ hostname: "b" })),
        "medium exposure: listener l serves b instead of a",
      ],
      [
        "one host of all",
        gateway(listener({}), listener({ hostname: "b" })),
        "medium exposure: listener l serves b alone, before every host",
      ],
      [
        "every host of one",
        gateway(listener({ hostname: "a" }), listener({})),
        "medium exposure: listener l serves every host, before a alone",
      ],
      ["a new listener with TLS", gateway({ listeners: [] }, listener({}))],
      [
        "another gateway",
        route({ parentRefs: [{ name: "a" }] }, { parentRefs: [{ name: "b" }] }),
        "medium exposure: hangs on another gateway (parentRefs)",
      ],
      [
        "a host goes",
        route({ hostnames: ["a", "b"] }, { hostnames: ["b"] }),
        "medium exposure: no longer serves host a",
      ],
      [
        "a host that a wildcard takes over, and one that it does not",
        route({ hostnames: ["a.b.c", "a.d.c"] }, { hostnames: ["*.b.c"] }),
        "medium exposure: no longer serves host a.d.c",
      ],
      ["a host comes", route({ hostnames: ["a"] }, { hostnames: ["a", "b"] })],
      [
        "every host instead of one",
        route({ hostnames: ["a"] }, {}),
        "medium exposure: serves every host of its gateway, before a alone",
      ],
      [
        "one host instead of every",
        route({}, { hostnames: ["a", "b"] }),
        "medium exposure: serves a, b alone, before every host of its gateway",
      ],
      [
        "a host of Istio's goes",
        spec("networking.istio.io/v1", "VirtualService")({ hosts: ["a"] }, { hosts: ["b"] }),
        "medium exposure: no longer serves host a",
      ],
      [
        "a name of a certificate goes",
        spec("cert-manager.io/v1", "Certificate")({ dnsNames: ["a", "b"] }, { dnsNames: ["a"] }),
        "medium exposure: no longer serves host b",
      ],
      [
        "another issuer",
        spec("cert-manager.io/v1", "Certificate")(
          { issuerRef: { name: "a" } },
          { issuerRef: { name: "b" } },
        ),
        "medium exposure: is issued by b instead of a: who trusts that one?",
      ],
    ]);
  });
});
