import { object } from "./manifests.ts";
import { annotatedService, ingress, of, service } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const nginx = "nginx.ingress.kubernetes.io";
const noted = (annotations: object, body: object = {}) =>
  object("networking.k8s.io/v1", "Ingress", {
    metadata: { name: "api", namespace: "shop", annotations },
    ...body,
  });
const balancer = (more: object = {}) => ({ type: "LoadBalancer", ...more });
const path = (path: string, name: string) => ({ path, backend: { service: { name } } });
const paths = (...all: object[]) => ({ rules: [{ host: "a", http: { paths: all } }] });
const secured = { tls: [{ hosts: ["a"] }], rules: [{ host: "a" }] };

describe("what is said of a change of an entrance", () => {
  describe("of a Service", () => {
    saysOfRisks([
      [
        "a new public one",
        [[], of("v1", "Service", { spec: balancer() })],
        "medium exposure: gets a public address of its own (LoadBalancer)",
      ],
      [
        "a new one inside",
        [
          [],
          annotatedService(
            { "networking.gke.io/load-balancer-type": "Internal" },
            { spec: balancer() },
          ),
        ],
      ],
      ["a new one in the cluster", [[], of("v1", "Service", { spec: {} })]],
      [
        "from more addresses",
        service(
          balancer({ loadBalancerSourceRanges: ["a"] }),
          balancer({ loadBalancerSourceRanges: ["a", "b"] }),
        ),
        "medium exposure: can be reached from more addresses (loadBalancerSourceRanges)",
      ],
      [
        "from every address",
        service(balancer({ loadBalancerSourceRanges: ["a"] }), balancer()),
        "medium exposure: can be reached from more addresses (loadBalancerSourceRanges)",
      ],
      [
        "from fewer addresses",
        service(
          balancer({ loadBalancerSourceRanges: ["a", "b"] }),
          balancer({ loadBalancerSourceRanges: ["b"] }),
        ),
      ],
      [
        "from a part of them",
        service(
          balancer({ loadBalancerSourceRanges: ["10.0.0.0/8", "1.2.3.0/24"] }),
          balancer({ loadBalancerSourceRanges: ["10.1.0.0/16", "1.2.3.4/32"] }),
        ),
      ],
      [
        "from all of which there was a part",
        service(
          balancer({ loadBalancerSourceRanges: ["10.1.0.0/16"] }),
          balancer({ loadBalancerSourceRanges: ["10.0.0.0/15"] }),
        ),
        "medium exposure: can be reached from more addresses (loadBalancerSourceRanges)",
      ],
      [
        "from some addresses alone",
        service(balancer(), balancer({ loadBalancerSourceRanges: ["b"] })),
      ],
      [
        "no balancer any more, and so none of its bounds",
        service(balancer({ loadBalancerSourceRanges: ["a"] }), { type: "ClusterIP" }),
        "medium exposure: changes its type from LoadBalancer to ClusterIP",
      ],
      [
        "an address of its own",
        service({}, { externalIPs: ["1.2.3.4"] }),
        "medium exposure: takes traffic for the address 1.2.3.4 (externalIPs)",
      ],
      ["one address fewer", service({ externalIPs: ["1.2.3.4"] }, {})],
      [
        "other pods",
        service({ selector: { a: "b" } }, { selector: { a: "c" } }),
        "medium exposure: selects other pods than before",
      ],
      [
        "a port goes for one protocol",
        service(
          { ports: [{ port: 53 }, { port: 53, protocol: "UDP" }] },
          { ports: [{ port: 53, protocol: "TCP" }] },
        ),
        "medium exposure: no longer listens on port 53/UDP",
      ],
      [
        "a port goes",
        service({ ports: [{ port: 80 }] }, { ports: [{ port: 81 }] }),
        "medium exposure: no longer listens on port 80",
      ],
      ["a port comes", service({ ports: [{ port: 80 }] }, { ports: [{ port: 80 }, { port: 81 }] })],
      ["a name outside for the first time", service({}, { externalName: "a" })],
      [
        "another name outside",
        service({ externalName: "a" }, { externalName: "b" }),
        "medium exposure: sends to b instead of a (externalName)",
      ],
      [
        "another address",
        service({ loadBalancerIP: "1.1.1.1" }, { loadBalancerIP: "1.1.1.2" }),
        "medium exposure: loses its address 1.1.1.1 (loadBalancerIP)",
      ],
      ["an address", service({}, { loadBalancerIP: "1.1.1.2" })],
      [
        "pods before they are ready",
        service({ publishNotReadyAddresses: false }, { publishNotReadyAddresses: true }),
        "medium exposure: sends to pods that are not ready (publishNotReadyAddresses)",
      ],
      [
        "ready pods alone",
        service({ publishNotReadyAddresses: true }, { publishNotReadyAddresses: false }),
      ],
      [
        "it stays inside",
        [
          annotatedService(
            { "service.beta.kubernetes.io/azure-load-balancer-internal": "true" },
            { spec: balancer() },
          ),
          annotatedService(
            { "service.beta.kubernetes.io/azure-load-balancer-internal": "True" },
            { spec: balancer() },
          ),
        ],
      ],
    ]);
    const inside: readonly (readonly [cloud: string, name: string, value: string])[] = [
      ["Azure", "service.beta.kubernetes.io/azure-load-balancer-internal", "true"],
      ["AWS (older)", "service.beta.kubernetes.io/aws-load-balancer-internal", "0.0.0.0/0"],
      ["AWS", "service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"],
      ["Google", "networking.gke.io/load-balancer-type", "Internal"],
      ["Google (older)", "cloud.google.com/load-balancer-type", "Internal"],
      ["OpenStack", "service.beta.kubernetes.io/openstack-internal-load-balancer", "true"],
      ["Oracle", "service.beta.kubernetes.io/oci-load-balancer-internal", "true"],
      ["IBM", "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", "private"],
      ["Alibaba", "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", "intranet"],
    ];
    saysOfRisks(
      inside.map(([cloud, name, value]) => [
        `no longer inside, on ${cloud}`,
        [
          annotatedService({ [name]: value }, { spec: balancer() }),
          annotatedService({}, { spec: balancer() }),
        ],
        "high exposure: is no longer internal: it gets a public address",
      ]),
    );
  });

  describe("of an Ingress", () => {
    saysOfRisks([
      [
        "a host goes",
        ingress({ rules: [{ host: "a" }, { host: "b" }] }, { rules: [{ host: "b" }] }),
        "medium exposure: no longer serves host a",
      ],
      [
        "every host goes",
        ingress({ rules: [{}] }, { rules: [{ host: "b" }] }),
        "medium exposure: no longer serves host *",
      ],
      [
        "a path goes",
        ingress(paths(path("/a", "x"), path("/b", "x")), paths(path("/b", "x"))),
        "medium exposure: no longer serves a/a",
      ],
      ["a path comes", ingress(paths(path("/a", "x")), paths(path("/a", "x"), path("/b", "x")))],
      [
        "a path leads elsewhere",
        ingress(paths(path("/a", "x")), paths(path("/a", "y"))),
        "medium exposure: sends a/a to y instead of x",
      ],
      [
        "a path leads to no Service",
        ingress(
          paths(path("/a", "x")),
          paths({ path: "/a", backend: { resource: { name: "y" } } }),
        ),
        "medium exposure: sends a/a to another backend instead of x",
      ],
      [
        "no TLS",
        ingress(secured, { rules: [{ host: "a" }] }),
        "medium exposure: no longer uses TLS",
      ],
      [
        "no TLS where there was none",
        ingress(
          { tls: [], rules: [{ host: "a" }], defaultBackend: 1 },
          { tls: [], rules: [{ host: "a" }], defaultBackend: 2 },
        ),
      ],
      [
        "TLS of every host goes for one",
        ingress(
          { tls: [{ secretName: "s" }], rules: [{ host: "a" }, { host: "b" }] },
          { tls: [{ secretName: "s", hosts: ["b"] }], rules: [{ host: "a" }, { host: "b" }] },
        ),
        "medium exposure: serves a without its TLS certificate",
      ],
      ["TLS at last", ingress({ rules: [{ host: "a" }] }, secured)],
      [
        "another controller",
        ingress({ ingressClassName: "a" }, { ingressClassName: "b" }),
        "medium exposure: may be served by another controller: class b instead of a",
      ],
      [
        "the class from a label of old to its field",
        [
          noted({ "kubernetes.io/ingress.class": "a" }),
          noted({}, { spec: { ingressClassName: "a" } }),
        ],
      ],
      [
        "another class by its annotation, which goes before the field",
        [
          noted({ "kubernetes.io/ingress.class": "a" }, { spec: { ingressClassName: "c" } }),
          noted({ "kubernetes.io/ingress.class": "b" }, { spec: { ingressClassName: "c" } }),
        ],
        "medium exposure: may be served by another controller: class b instead of a",
      ],
      [
        "a class where none was named",
        ingress({}, { ingressClassName: "b" }),
        "medium exposure: may be served by another controller: class b instead of the default one",
      ],
      [
        "another class inside",
        [
          noted({}, { spec: { ingressClassName: "nginx" } }),
          noted(
            { "alb.ingress.kubernetes.io/scheme": "internal" },
            { spec: { ingressClassName: "alb" } },
          ),
        ],
        "medium exposure: may be served by another controller: class alb instead of nginx",
      ],
      ["a new one", [[], noted({}, { spec: { rules: [{ host: "a" }] } })]],
      [
        "no longer inside",
        [noted({ "alb.ingress.kubernetes.io/scheme": "internal" }), noted({})],
        "high exposure: is no longer internal: it gets a public address",
      ],
      [
        "no longer inside, on Google",
        [
          noted({ "kubernetes.io/ingress.class": "gce-internal" }),
          noted({ "kubernetes.io/ingress.class": "gce" }),
        ],
        "high exposure: is no longer internal: it gets a public address",
      ],
      ...[
        "whitelist-source-range",
        "allowlist-source-range",
        "denylist-source-range",
        "auth-url",
        "auth-tls-secret",
        "enable-modsecurity",
        "enable-owasp-core-rules",
        "limit-rps",
        "limit-rpm",
        "limit-connections",
      ].map(
        (name) =>
          [
            `${name} goes`,
            [noted({ [`${nginx}/${name}`]: "x" }), noted({})],
            `medium exposure: loses ${nginx}/${name}, which guarded it`,
          ] as const,
      ),
      ["a guard comes", [noted({}), noted({ [`${nginx}/auth-url`]: "x" })]],
      [
        "a guard of AWS goes",
        [noted({ "alb.ingress.kubernetes.io/wafv2-acl-arn": "x" }), noted({})],
        "medium exposure: loses alb.ingress.kubernetes.io/wafv2-acl-arn, which guarded it",
      ],
      ["another note goes", [noted({ [`${nginx}/proxy-body-size`]: "1m" }), noted({})]],
      ...["configuration-snippet", "server-snippet", "auth-snippet", "stream-snippet"].map(
        (name) =>
          [
            `${name} comes`,
            [noted({}), noted({ [`${nginx}/${name}`]: "x" })],
            `medium exposure: writes into the controller's own configuration (${nginx}/${name})`,
          ] as const,
      ),
      [
        "the same snippet",
        [
          noted({ [`${nginx}/server-snippet`]: "x" }),
          noted({ [`${nginx}/server-snippet`]: "x", a: "b" }),
        ],
      ],
      [
        "a redirect that was asked for",
        [
          noted({ [`${nginx}/force-ssl-redirect`]: "true" }),
          noted({ [`${nginx}/force-ssl-redirect`]: "false" }),
        ],
        `medium exposure: no longer redirects to TLS (${nginx}/force-ssl-redirect)`,
      ],
      [
        "a redirect of another controller",
        [
          noted({}, { spec: secured }),
          noted({ "haproxy.org/ssl-redirect": "false" }, { spec: secured }),
        ],
        "medium exposure: no longer redirects to TLS (haproxy.org/ssl-redirect)",
      ],
      [
        "a redirect comes",
        [
          noted({ [`${nginx}/ssl-redirect`]: "false" }),
          noted({ [`${nginx}/ssl-redirect`]: "true" }),
        ],
      ],
    ]);
  });
});
