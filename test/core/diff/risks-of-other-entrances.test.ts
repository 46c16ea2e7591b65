// Entrances that are neither a Service nor an Ingress: what guards them, who serves them, where they lead.
import { object } from "./manifests.ts";
import { annotatedService, of, pod, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const exposed = (text: string) => `medium exposure: ${text}`;
const gateway = spec("gateway.networking.k8s.io/v1", "Gateway");
const route = spec("gateway.networking.k8s.io/v1", "HTTPRoute");
const grpc = spec("gateway.networking.k8s.io/v1", "GRPCRoute");
const traefik = spec("traefik.io/v1alpha1", "IngressRoute");
const asks = spec("traefik.io/v1alpha1", "Middleware");
const issuer = spec("cert-manager.io/v1", "ClusterIssuer");
const through = (...names: string[]) => ({
  routes: [{ middlewares: names.map((name) => ({ name })) }],
});
const filtered = (...names: string[]) => ({
  rules: [
    { filters: names.map((name) => ({ type: "ExtensionRef", extensionRef: { kind: "F", name } })) },
  ],
});
const service = spec("v1", "Service");
const local = { externalTrafficPolicy: "Local" };
const seen = exposed("its pods no longer see who calls (externalTrafficPolicy Cluster)");
const mesh = spec("networking.istio.io/v1", "DestinationRule");
const tls = (mode?: string) => ({ trafficPolicy: { tls: { mode } } });
const receiver = spec("notification.toolkit.fluxcd.io/v1", "Receiver");
const listener = (name: string, more: object = {}) => ({ name, port: 80, ...more });
const listeners = (...all: object[]) => ({ listeners: all });
const guard = "nginx.ingress.kubernetes.io/auth-url";

describe("what is said of a change of other entrances", () => {
  saysOfRisks([
    [
      "one middleware fewer",
      traefik(through("a", "b"), through("b")),
      exposed("no longer puts requests through middleware a"),
    ],
    ["one middleware more", traefik(through("a"), through("a", "b"))],
    ["one more route", traefik(through("a"), { routes: [...through("a").routes, {}] })],
    [
      "one middleware fewer of two routes",
      traefik({ routes: [...through("a").routes, ...through("a").routes] }, { routes: [{}, {}] }),
      exposed("no longer puts requests through middleware a"),
    ],
    [
      "one filter fewer",
      route(filtered("a", "b"), filtered("a")),
      exposed("no longer puts requests through F b"),
    ],
    [
      "one filter fewer of gRPC",
      grpc(filtered("a"), filtered()),
      exposed("no longer puts requests through F a"),
    ],
    [
      "a filter that changes headers",
      route({ rules: [{ filters: [{ type: "RequestHeaderModifier" }] }] }, { rules: [{}] }),
    ],
    ["a filter of another kind", spec("example.com/v1", "Route")(filtered("a"), filtered())],
    [
      "TLS of a route of TCP",
      spec("traefik.io/v1alpha1", "IngressRouteTCP")({ tls: {}, a: 1 }, { a: 1 }),
      exposed("no longer asks for TLS (tls): its entry point decides"),
    ],
    ["TLS at last", traefik({ a: 1 }, { tls: {}, a: 1 })],
    [
      "another class of gateways",
      gateway({ gatewayClassName: "a" }, { gatewayClassName: "b" }),
      exposed("is served by another gateway class"),
    ],
    [
      "who calls a port of nodes",
      service({ type: "NodePort", ...local }, { type: "NodePort" }),
      seen,
    ],
    [
      "who calls by an address outside",
      service({ externalIPs: ["1.2.3.4"], ...local }, { externalIPs: ["1.2.3.4"] }),
      seen,
    ],
    ["who calls within", service({ ...local }, {})],
    ["who calls at last", service({ type: "NodePort" }, { type: "NodePort", ...local })],
    ...["Endpoints", "EndpointSlice"].map(
      (kind) =>
        [
          `other addresses of ${kind}`,
          [of("v1", kind, { subsets: ["a"] }), of("v1", kind, { subsets: ["b"] })],
          exposed("leads to other addresses"),
        ] as const,
    ),
    [
      "other endpoints",
      [
        of("discovery.k8s.io/v1", "EndpointSlice", { endpoints: ["a"] }),
        of("discovery.k8s.io/v1", "EndpointSlice", { endpoints: ["b"] }),
      ],
      exposed("leads to other addresses"),
    ],
    [
      "another kind of endpoints",
      [
        of("discovery.k8s.io/v1", "EndpointSlice", { addressType: "a" }),
        of("discovery.k8s.io/v1", "EndpointSlice", { addressType: "b" }),
      ],
    ],
    ...["ca", "vault", "selfSigned", "venafi"].map(
      (one) =>
        [
          `another authority: ${one}`,
          issuer({ [one]: { a: 1 } }, { [one]: { a: 2 } }),
          exposed("lets another authority issue its certificates: who trusts that one?"),
        ] as const,
    ),
    [
      "another server of ACME",
      spec("cert-manager.io/v1", "Issuer")({ acme: { server: "a" } }, { acme: { server: "b" } }),
      exposed("lets another authority issue its certificates: who trusts that one?"),
    ],
    ["another mail of ACME", issuer({ acme: { email: "a" } }, { acme: { email: "b" } })],
    [
      "no check of an API's certificate",
      spec("apiregistration.k8s.io/v1", "APIService")({}, { insecureSkipTLSVerify: true }),
      exposed("takes answers of whoever answers (insecureSkipTLSVerify)"),
    ],
    [
      "no check as before",
      spec("apiregistration.k8s.io/v1", "APIService")(
        { insecureSkipTLSVerify: true, a: 1 },
        { insecureSkipTLSVerify: true },
      ),
    ],
    [
      "a mesh without TLS",
      mesh(tls("ISTIO_MUTUAL"), tls("DISABLE")),
      exposed("calls without TLS (spec.trafficPolicy.tls.mode)"),
    ],
    [
      "a mesh without a word of TLS",
      mesh(tls("SIMPLE"), {}),
      exposed("calls without TLS (spec.trafficPolicy.tls.mode)"),
    ],
    ["a mesh without TLS as before", mesh({ a: 1 }, tls("DISABLE"))],
    ["a mesh with TLS at last", mesh(tls("DISABLE"), tls("SIMPLE"))],
    [
      "a bell for everybody",
      receiver({ type: "github" }, { type: "generic" }),
      exposed("takes calls of anybody who knows its address (type generic)"),
    ],
    ["a bell for everybody as before", receiver({ type: "generic", a: 1 }, { type: "generic" })],
    ...["digestAuth", "forwardAuth"].map(
      (one) =>
        [
          `nobody asks: ${one}`,
          asks({ [one]: { a: 1 } }, { b: {} }),
          exposed(`no longer asks who calls (${one})`),
        ] as const,
    ),
    [
      "no list of addresses",
      asks({ ipAllowList: { a: 1 } }, { b: {} }),
      exposed("no longer asks who calls (ipAllowList)"),
    ],
    [
      "another list of addresses by another name",
      asks({ ipWhiteList: { a: 1 } }, { ipAllowList: { a: 2 } }),
      exposed("asks otherwise who calls (ipAllowList instead of ipWhiteList)"),
    ],
    [
      "another Secret to ask by",
      asks({ basicAuth: { secret: "a" } }, { basicAuth: { secret: "b" } }),
    ],
    [
      "hosts by hand",
      pod({})({ hostAliases: [{ ip: "1.2.3.4" }] }),
      exposed("its pods find hosts by other rules (hostAliases)"),
    ],
    [
      "servers of names by hand",
      pod({ dnsConfig: { a: 1 } })({}),
      exposed("its pods find hosts by other rules (dnsConfig)"),
    ],
    [
      "one listener of two goes",
      gateway(listeners(listener("a"), listener("b")), listeners(listener("b"))),
      exposed("listener a goes"),
    ],
    [
      "a new listener without TLS",
      gateway(listeners(listener("a")), listeners(listener("a"), listener("b", { port: 8080 }))),
      exposed("listens on port 8080 without TLS"),
    ],
    [
      "a new listener with TLS",
      gateway(listeners(listener("a")), listeners(listener("a"), listener("b", { tls: {} }))),
    ],
    [
      "a listener's TLS at last",
      gateway(listeners(listener("a")), listeners(listener("a", { tls: {} }))),
    ],
    [
      "routes of all as before",
      gateway(
        listeners(listener("a", { allowedRoutes: { namespaces: { from: "All" } } })),
        listeners(listener("a", { x: 1, allowedRoutes: { namespaces: { from: "All" } } })),
      ),
    ],
    [
      "another order of gateways' fields",
      route(
        { parentRefs: [{ name: "a", kind: "b" }] },
        { parentRefs: [{ kind: "b", name: "a" }], a: 1 },
      ),
    ],
    ["one host more", route({ hostnames: ["a"] }, { hostnames: ["a", "b"] })],
    ["hosts of another kind", spec("example.com/v1", "HTTPRoute")({ hostnames: ["a"] }, {})],
    [
      "all hosts of Istio",
      spec("networking.istio.io/v1", "VirtualService")({ hosts: ["a"], b: 1 }, { b: 1 }),
      exposed("no longer serves host a"),
    ],
    ...["Gateway", "VirtualService", "IngressRoute", "HTTPProxy"].map(
      (kind) =>
        [
          `a guard of ${kind}`,
          [
            object("x.io/v1", kind, { metadata: { name: "a", annotations: { [guard]: "x" } } }),
            object("x.io/v1", kind, { metadata: { name: "a", annotations: {} } }),
          ],
          exposed(`loses ${guard}, which guarded it`),
        ] as const,
    ),
    [
      "a guard of a Service",
      [annotatedService({ [guard]: "x" }), annotatedService({})],
      exposed(`loses ${guard}, which guarded it`),
    ],
    [
      "a guard of another kind",
      [
        object("x.io/v1", "Farm", { metadata: { name: "a", annotations: { [guard]: "x" } } }),
        object("x.io/v1", "Farm", { metadata: { name: "a", annotations: {} } }),
      ],
    ],
    [
      "another guard",
      [annotatedService({ [guard]: "x" }), annotatedService({ [guard]: "y" })],
      `medium exposure: guards itself otherwise: ${guard} from x to y`,
    ],
    [
      "no redirect by default where there is TLS",
      [annotatedService({}), annotatedService({ "traefik.io/ssl-redirect": "false" })],
    ],
    ...["nginx.ingress.kubernetes.io", "haproxy.org", "haproxy-ingress.github.io"].map((by) => {
      const [was, is] = [{ tls: [{}] }, { [`${by}/ssl-redirect`]: "false" }];
      return [
        `no redirect of ${by}, where TLS is`,
        [annotatedService({}, { spec: was }), annotatedService(is, { spec: was })],
        exposed(`no longer redirects to TLS (${by}/ssl-redirect)`),
      ] as const;
    }),
    [
      "no redirect where no TLS is",
      [
        annotatedService({}, { spec: { tls: [] } }),
        annotatedService({ "nginx.ingress.kubernetes.io/ssl-redirect": "false" }, { spec: {} }),
      ],
    ],
    [
      "a redirect that was off",
      [
        annotatedService({ "x/force-ssl-redirect": "false" }),
        annotatedService({ "x/force-ssl-redirect": "false", a: "b" }),
      ],
    ],
    [
      "a redirect that is on",
      [
        annotatedService({ "x/force-ssl-redirect": "true" }),
        annotatedService({ "x/force-ssl-redirect": "true", a: "b" }),
      ],
    ],
    [
      "the same issuer",
      spec("cert-manager.io/v1", "Certificate")(
        { issuerRef: { name: "a" }, b: 1 },
        { issuerRef: { name: "a" } },
      ),
    ],
  ]);
});
