// Where requests that come to an entrance end, and what guards it.
import { annotatedService, ingress, service, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const to = (path: string | undefined, name: string, more: object = {}) => ({
  ...{ path, pathType: "Prefix", ...more },
  backend: { service: { name, port: { number: 80 } } },
});
const at = (host: string | undefined, ...paths: object[]) => ({ host, http: { paths } });
const rules = (...all: object[]) => ({ rules: all });
const says = (text: string) => `medium exposure: ${text}`;
const older = (serviceName: string, servicePort: unknown) => ({
  ...{ path: "/", backend: { serviceName, servicePort } },
});
const portOf = (port: object) => ({
  rules: [at("a", { path: "/", backend: { service: { name: "x", port } } })],
});

describe("what is said of where requests go", () => {
  saysOfRisks([
    [
      "a path that the one above takes over",
      ingress(rules(at("a", to("/", "web"), to("/api", "api"))), rules(at("a", to("/", "web")))),
      says("sends a/api to web instead of api"),
    ],
    [
      "a path that the same Service takes by the one above",
      ingress(rules(at("a", to("/", "x"), to("/api", "x"))), rules(at("a", to("/", "x")))),
    ],
    [
      "a path that lies below no other",
      ingress(rules(at("a", to("/b", "x"), to("/bc", "y"))), rules(at("a", to("/b", "x")))),
      says("no longer serves a/bc"),
    ],
    [
      "a path beside one that takes itself alone",
      ingress(
        rules(at("a", to("/", "x", { pathType: "Exact" }), to("/b", "y"))),
        rules(at("a", to("/", "x", { pathType: "Exact" }))),
      ),
      says("no longer serves a/b"),
    ],
    [
      "the longest of those above",
      ingress(
        rules(at("a", to("/", "x"), to("/b/", "y"), to("/b/c", "z"))),
        rules(at("a", to("/", "x"), to("/b/", "y"))),
      ),
      says("sends a/b/c to y instead of z"),
    ],
    [
      "a host that a wildcard takes over",
      ingress(
        rules(at("aa.b", to("/", "x")), at("*", to("/", "z")), at("*.b", to("/", "y"))),
        rules(at("*", to("/", "z")), at("*.b", to("/", "y"))),
      ),
      says("sends aa.b/ to y instead of x"),
    ],
    [
      "a host that a rule for all takes over",
      ingress(
        rules(at("a.b", to("/", "x")), at(undefined, to("/", "z")), at("c.d.e", to("/", "w"))),
        rules(at(undefined, to("/", "z")), at("c.d.e", to("/", "w"))),
      ),
      says("sends a.b/ to z instead of x"),
    ],
    [
      "a host too deep for a wildcard",
      ingress(rules(at("a.c.b", to("/", "x")), at("*.b")), rules(at("*.b"))),
      says("no longer serves host a.c.b"),
    ],
    [
      "a host that keeps its rule, beside one for all",
      ingress(
        rules(at("a", to("/b", "x"), to("/c", "x")), at("*", to("/", "z"))),
        rules(at("a", to("/c", "x")), at("*", to("/", "z"))),
      ),
      says("no longer serves a/b"),
    ],
    [
      "all paths, as one that is not written",
      ingress(rules(at("a", to(undefined, "x"))), rules(at("a", to("/", "y")))),
      says("sends a/ to y instead of x"),
    ],
    [
      "a path that takes itself alone from now on",
      ingress(rules(at("a", to("/", "x"))), rules(at("a", to("/", "x", { pathType: "Exact" })))),
      says("no longer serves what is below a/ (pathType Exact)"),
    ],
    [
      "a path that takes more",
      ingress(rules(at("a", to("/", "x", { pathType: "Exact" }))), rules(at("a", to("/", "x")))),
    ],
    [
      "another port",
      ingress(portOf({ number: 80 }), portOf({ number: 81 })),
      says("sends a/ to x:81 instead of x:80"),
    ],
    [
      "another name of a port",
      ingress(portOf({ name: "a" }), portOf({ name: "b" })),
      says("sends a/ to x:b instead of x:a"),
    ],
    [
      "another Service, as older versions write it",
      ingress(rules(at("a", older("x", 80))), rules(at("a", older("y", 80)))),
      says("sends a/ to y instead of x"),
    ],
    [
      "another port, as older versions write it",
      ingress(rules(at("a", older("x", 80))), rules(at("a", older("x", 81)))),
      says("sends a/ to x:81 instead of x:80"),
    ],
    [
      "no Service for what no rule takes",
      ingress({ defaultBackend: { service: { name: "x" } } }, { rules: [] }),
      says("no longer serves what no rule takes (defaultBackend)"),
    ],
    [
      "another Service for what no rule takes",
      ingress(
        { defaultBackend: { service: { name: "x" } } },
        { defaultBackend: { service: { name: "y" } } },
      ),
      says("sends what no rule takes to y instead of x (defaultBackend)"),
    ],
    [
      "another port for what no rule takes",
      ingress(
        { defaultBackend: { service: { name: "x", port: { number: 1 } } } },
        { defaultBackend: { service: { name: "x", port: { number: 2 } } } },
      ),
      says("sends what no rule takes to x:2 instead of x:1 (defaultBackend)"),
    ],
    [
      "a Service for what no rule takes",
      ingress({ rules: [] }, { defaultBackend: { service: { name: "x" } } }),
    ],
  ]);

  describe("by a Service", () => {
    const inside = { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" };
    const sends = (targetPort: unknown, more: object = {}) => ({
      ports: [{ port: 80, targetPort, ...more }],
    });
    const node = (nodePort?: number) => ({ type: "NodePort", ...sends(80, { nodePort }) });
    saysOfRisks([
      [
        "another port of its pods",
        service(sends(8080), sends(81)),
        says("sends port 80 to 81 of its pods instead of 8080"),
      ],
      [
        "the port itself in place of another",
        service(sends(8080), sends(undefined)),
        says("sends port 80 to 80 of its pods instead of 8080"),
      ],
      ["a name for a number", service(sends(8080), sends("web"))],
      [
        "another name",
        service(sends("web"), sends("api")),
        says("sends port 80 to api of its pods instead of web"),
      ],
      [
        "the port of another protocol",
        service(sends(53, { protocol: "UDP" }), sends(54)),
        says("no longer listens on port 80/UDP"),
      ],
      [
        "another port of the nodes",
        service(node(30000), node(30001)),
        says("is reached at port 30001 of the nodes instead of 30000"),
      ],
      ["a port of the nodes that is no longer written", service(node(30000), node())],
      [
        "an address inside that goes with its balancer",
        [
          annotatedService(inside, { spec: { type: "LoadBalancer" } }),
          annotatedService({}, { spec: {} }),
        ],
        says("changes its type from LoadBalancer to ClusterIP"),
      ],
      ["a note of a balancer that it is not", [annotatedService(inside), annotatedService({})]],
      ["a port of the nodes that is written now", service(node(), node(30000))],
      ["the same port of the nodes", service({ ...node(30000), a: 1 }, node(30000))],
      [
        "another port of its pods, with its protocol written out",
        service(sends(8080, { protocol: "TCP" }), sends(81)),
        says("sends port 80 to 81 of its pods instead of 8080"),
      ],
      [
        "a caller at another pod each time",
        service({ sessionAffinity: "ClientIP" }, {}),
        says("no longer sends a caller to the same pod each time (sessionAffinity)"),
      ],
      ...[
        { externalName: "a" },
        { loadBalancerIP: "1.1.1.1" },
        { sessionAffinity: "ClientIP" },
        { publishNotReadyAddresses: true },
      ].map(
        (spec) =>
          [`the same ${Object.keys(spec).join()}`, service({ ...spec, a: 1 }, spec)] as const,
      ),
      ["no name outside", service({ externalName: "a" }, {})],
      [
        "a Service of Knative",
        spec("serving.knative.dev/v1", "Service")({ sessionAffinity: "ClientIP" }, {}),
      ],
      ["rules of other kinds", spec("x.io/v1", "Farm")({ rules: [{ host: "a" }] }, { rules: [] })],
      ["a caller at one pod", service({}, { sessionAffinity: "ClientIP" })],
      [
        "another class of balancers",
        service(
          { type: "LoadBalancer", loadBalancerClass: "a" },
          { type: "LoadBalancer", loadBalancerClass: "b" },
        ),
        "high immutable-field: changes spec.loadBalancerClass, which cannot be changed: the cluster will refuse it, and Flux fails",
      ],
      [
        "no class, as it is no balancer any more",
        service({ type: "LoadBalancer", loadBalancerClass: "a" }, {}),
        says("changes its type from LoadBalancer to ClusterIP"),
      ],
    ]);
  });

  describe("by Istio", () => {
    const gateway = spec("networking.istio.io/v1", "Gateway");
    const servers = (mode: string | undefined, ...hosts: string[]) => ({
      servers: [{ port: { number: 443 }, ...(mode === undefined ? {} : { tls: { mode } }), hosts }],
    });
    const route = spec("networking.istio.io/v1", "VirtualService");
    const sends = (host: string) => ({ http: [{ route: [{ destination: { host } }] }] });
    saysOfRisks([
      [
        "no certificate of who calls",
        gateway(servers("MUTUAL", "a"), servers("SIMPLE", "a")),
        says("asks less of who calls port 443 (tls.mode SIMPLE)"),
      ],
      [
        "no TLS",
        gateway(servers("SIMPLE", "a"), servers(undefined, "a")),
        says("asks less of who calls port 443 (tls.mode none)"),
      ],
      ["TLS at last", gateway(servers(undefined, "a"), servers("SIMPLE", "a"))],
      [
        "a host goes",
        gateway(servers("SIMPLE", "a", "b"), servers("SIMPLE", "b")),
        says("no longer serves host a on port 443"),
      ],
      [
        "a host that a wildcard takes over, however deep",
        gateway(servers("SIMPLE", "a.b.c"), servers("SIMPLE", "*.c")),
      ],
      ["a host comes", gateway(servers("SIMPLE", "a"), servers("SIMPLE", "a", "b"))],
      [
        "every host",
        gateway(servers("SIMPLE", "a", "b"), servers("SIMPLE", "*")),
        says("serves every host on port 443, before a, b alone"),
      ],
      ["every host as before", gateway(servers("SIMPLE", "a", "*"), servers("SIMPLE", "*"))],
      [
        "a port goes",
        gateway(servers("SIMPLE", "a"), { servers: [] }),
        says("no longer listens on port 443"),
      ],
      [
        "the hosts of one port in two entries",
        gateway(servers("SIMPLE", "a", "b"), {
          servers: [...servers("SIMPLE", "a").servers, ...servers("SIMPLE", "b").servers],
        }),
      ],
      [
        "what others call so",
        spec("example.com/v1", "Farm")(
          { ...servers("MUTUAL", "a"), listeners: [{ name: "a" }] },
          { servers: [], listeners: [] },
        ),
      ],
      [
        "another destination",
        route(sends("x"), sends("y")),
        "medium rollout: sends its traffic to y instead of x",
      ],
    ]);
  });

  describe("through guards", () => {
    const noted = (name: string, value: string) => annotatedService({ [`x/${name}`]: value });
    const otherwise = (name: string, was: string, is: string) =>
      says(`guards itself otherwise: x/${name} from ${was} to ${is}`);
    const changed = (name: string, was: string, is: string) =>
      [noted(name, was), noted(name, is)] as const;
    const row = (what: string, ...[name, was, is]: readonly [string, string, string]) =>
      [what, changed(name, was, is), otherwise(name, was, is)] as const;
    saysOfRisks([
      row("a firewall that is off", "enable-modsecurity", "true", "false"),
      row("another firewall", "wafv2-acl-arn", "a", "b"),
      row("twice the requests", "limit-rps", "5", "10"),
      row("requests without end", "limit-rps", "5", "0"),
      row("addresses of Azure's balancer", "azure-allowed-ip-ranges", "10.0.0.0/8", "0.0.0.0/0"),
      row("services of Azure", "azure-allowed-service-tags", "AzureCloud", "Internet"),
      row(
        "addresses beside others",
        "whitelist-source-range",
        "10.0.0.0/8",
        "10.1.0.0/16, 11.0.0.0/8",
      ),
      row(
        "an address that is let in again",
        "denylist-source-range",
        "10.1.0.0/16,1.2.3.4/32",
        "10.0.0.0/8",
      ),
      [
        "fewer addresses",
        changed("whitelist-source-range", "10.0.0.0/8,11.0.0.0/8", "11.1.0.0/16, 10.1.0.0/16"),
      ],
      [
        "more addresses kept out",
        changed("denylist-source-range", "10.1.0.0/16", "10.0.0.0/8, 1.2.3.4/32"),
      ],
      [
        "the same guard",
        [annotatedService({ "x/auth-url": "a" }), annotatedService({ "x/auth-url": "a", b: "c" })],
      ],
      ["another word that guards nothing", changed("proxy-body-size", "1m", "")],
      ["some more requests", changed("limit-rps", "5", "9")],
      ["fewer requests", changed("limit-rps", "5", "4")],
      ["another word for who asks", changed("auth-realm", "a", "b")],
      [
        "an empty list of addresses",
        changed("whitelist-source-range", "10.0.0.0/8", ""),
        says("loses x/whitelist-source-range, which guarded it"),
      ],
    ]);
  });
});
