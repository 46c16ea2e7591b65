import { pod, service, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

describe("what is said of Traefik's routes, and of what sees who calls", () => {
  const local = { type: "LoadBalancer", externalTrafficPolicy: "Local" };
  const asks = spec("traefik.io/v1alpha1", "Middleware");
  const ranges = { sourceRange: ["192.0.2.0/24"] };
  saysOfRisks([
    [
      "a balancer that hides who calls",
      service(local, { ...local, externalTrafficPolicy: "Cluster" }),
      "medium exposure: its pods no longer see who calls (externalTrafficPolicy Cluster)",
    ],
    [
      "calls that stay on their node",
      service({}, { internalTrafficPolicy: "Local" }),
      "medium exposure: is not reached from nodes where none of its pods runs (internalTrafficPolicy Local)",
    ],
    ["calls to all nodes", service({ internalTrafficPolicy: "Local" }, {})],
    [
      "a balancer that nobody outside calls any more",
      service(local, { type: "ClusterIP" }),
      "medium exposure: changes its type from LoadBalancer to ClusterIP",
    ],
    [
      "a route without a word about TLS",
      spec("traefik.io/v1alpha1", "IngressRoute")({ tls: {}, routes: [] }, { routes: [] }),
      "medium exposure: no longer asks for TLS (tls): its entry point decides",
    ],
    [
      "a middleware that asks nobody",
      asks({ basicAuth: { secret: "s" } }, { headers: {} }),
      "medium exposure: no longer asks who calls (basicAuth)",
    ],
    [
      "a middleware that asks somebody else",
      asks({ basicAuth: { secret: "s" } }, { forwardAuth: { address: "http://auth" } }),
      "medium exposure: asks otherwise who calls (forwardAuth instead of basicAuth)",
    ],
    [
      "a list of addresses by its newer name",
      asks({ ipWhiteList: ranges }, { ipAllowList: ranges }),
    ],
    [
      "rules of names that are written out",
      pod({ dnsPolicy: "ClusterFirst", hostAliases: [] })({}),
    ],
    [
      "the node's rules of names",
      pod({})({ dnsPolicy: "Default" }),
      "medium exposure: its pods find hosts by other rules (dnsPolicy)",
    ],
  ]);
});
