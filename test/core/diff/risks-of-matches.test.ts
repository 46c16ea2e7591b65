import { spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const http = spec("gateway.networking.k8s.io/v1", "HTTPRoute");
const grpc = spec("gateway.networking.k8s.io/v1", "GRPCRoute");
const mesh = spec("networking.istio.io/v1", "VirtualService");
const traefik = spec("traefik.io/v1alpha1", "IngressRoute");
const contour = spec("projectcontour.io/v1", "HTTPProxy");

const to = (backend: string, ...matches: readonly object[]) => ({
  ...(matches.length > 0 && { matches }),
  backendRefs: [{ name: backend, port: 80 }],
});
const below = (value: string, more: object = {}) => ({
  path: { type: "PathPrefix", value },
  ...more,
});
const rules = (...all: readonly object[]) => ({ rules: all });
const headers = (name: string, amount: number) =>
  Array.from({ length: amount }, (_, at) => below("/", { headers: [{ name, value: `${at}` }] }));
const beta = { headers: [{ name: "x-beta", value: "1" }] };
const filtered = (rule: object) => ({
  ...rule,
  filters: [{ type: "ExtensionRef", extensionRef: { kind: "Auth", name: "a" } }],
});
const medium = (text: string) => `medium exposure: ${text}`;

describe("what is said of requests that a route took before", () => {
  saysOfRisks([
    [
      "one of two matches goes",
      http(rules(to("a", below("/v1"), below("/v2"))), rules(to("a", below("/v1")))),
      medium("no longer serves /v2"),
    ],
    [
      "a rule goes",
      http(rules(to("a", below("/v1")), to("b", below("/v2"))), rules(to("a", below("/v1")))),
      medium("no longer serves /v2"),
    ],
    [
      "a rule of all takes those of one that goes, to the same",
      http(rules(to("a"), to("a", below("/v2"))), rules(to("a"))),
    ],
    [
      "a rule of all takes those of one that goes, to another",
      http(rules(to("a"), to("b", below("/v2", { method: "GET" }))), rules(to("a"))),
      medium("sends /v2 (method GET) to a instead of b"),
    ],
    [
      "it asks for a header now",
      http(rules(to("a")), rules(to("a", below("/", beta)))),
      medium("no longer serves all of /"),
    ],
    ["it asks for one no longer", http(rules(to("a", below("/", beta))), rules(to("a")))],
    [
      "a path that only begins alike",
      http(rules(to("a", below("/v2"))), rules(to("a", below("/v")))),
      medium("no longer serves /v2"),
    ],
    [
      "the path alone",
      http(rules(to("a", below("/v2"))), rules(to("a", { path: { type: "Exact", value: "/v2" } }))),
      medium("no longer serves all of /v2"),
    ],
    [
      "rules in another order",
      http(
        rules(filtered(to("a", below("/v1"))), to("b", below("/v2"))),
        rules(to("b", below("/v2")), filtered(to("a", below("/v1")))),
      ),
    ],
    [
      "a filter that goes while a rule comes",
      http(
        rules(filtered(to("a", below("/v1")))),
        rules(to("b", below("/v2")), to("a", below("/v1"))),
      ),
      medium("no longer puts requests through Auth a"),
    ],
    [
      "another backend while a rule comes",
      http(rules(to("a", below("/v1"))), rules(to("b", below("/v2")), to("b", below("/v1")))),
      "medium rollout: sends its traffic to b instead of a",
    ],
    [
      "a call of gRPC",
      grpc(
        rules(
          to(
            "a",
            { method: { service: "S", method: "A" } },
            { method: { service: "S", method: "B" } },
          ),
        ),
        rules(to("a", { method: { service: "S", method: "A" } })),
      ),
      medium("no longer serves service S, method B"),
    ],
    [
      "all of a service of gRPC",
      grpc(
        rules(to("a", { method: { service: "S", method: "A" } })),
        rules(to("a", { method: { service: "S" } })),
      ),
    ],
    [
      "a route of Istio",
      mesh(
        { http: [{ match: [{ uri: { prefix: "/a" } }, { uri: { exact: "/b" } }], route: [] }] },
        { http: [{ match: [{ name: "new", uri: { prefix: "/" } }], route: [] }] },
      ),
    ],
    [
      "a route of Istio for some alone",
      mesh(
        { http: [{ route: [{ destination: { host: "a" } }] }] },
        {
          http: [
            {
              match: [{ headers: { user: { exact: "x" } } }],
              route: [{ destination: { host: "a" } }],
            },
          ],
        },
      ),
      medium("no longer serves all of /"),
    ],
    [
      "a rule of Istio that stands before the others now",
      mesh(
        {
          http: [
            { match: [{ uri: { prefix: "/a" } }], route: [{ destination: { host: "a" } }] },
            { route: [{ destination: { host: "b" } }] },
          ],
        },
        {
          http: [
            { route: [{ destination: { host: "b" } }] },
            { match: [{ uri: { prefix: "/a" } }], route: [{ destination: { host: "a" } }] },
          ],
        },
      ),
      medium("sends /a to b instead of a"),
    ],
    [
      "a new rule that takes a part",
      http(rules(to("a")), rules(to("a"), to("b", below("/pay")))),
      medium("sends /pay to b instead of a"),
    ],
    [
      "a new rule that takes a part, to the same",
      http(rules(to("a")), rules(to("a"), to("a", below("/pay")))),
    ],
    [
      "requests that are copied and led elsewhere",
      http(
        rules(to("a")),
        rules({
          ...to("a"),
          filters: [
            { type: "RequestMirror", requestMirror: { backendRef: { name: "spy", port: 80 } } },
            { type: "RequestRedirect", requestRedirect: { hostname: "b.fabrikam.com" } },
            { type: "RequestRedirect", requestRedirect: { scheme: "https" } },
          ],
        }),
      ),
      medium("copies requests to spy"),
      medium("redirects requests to b.fabrikam.com"),
    ],
    [
      "faults of Istio",
      mesh({ http: [{ route: [] }] }, { http: [{ route: [], fault: { abort: {} } }] }),
      medium("makes requests fail or wait (fault)"),
    ],
    [
      "more than a page has time for",
      http(rules(to("a", ...headers("x", 1_000))), rules(to("a", ...headers("y", 1_000)))),
      medium("changes 1000 matches: where these requests go is too much to work out here"),
    ],
    [
      "a route of Traefik",
      traefik(
        { routes: [{ match: "Host(`a`)" }, { match: "Host(`b`)" }] },
        { routes: [{ match: "Host(`a`)" }] },
      ),
      medium("no longer serves Host(`b`)"),
    ],
    [
      "a route of Contour",
      contour(
        { routes: [{ conditions: [{ prefix: "/a" }] }, { conditions: [{ prefix: "/b" }] }] },
        { routes: [{ conditions: [{ prefix: "/b" }] }] },
      ),
      medium("no longer serves /a"),
    ],
  ]);
});
