import type { KnownKind } from "./known-kind.ts";
import { byCondition, condition, withoutStatus } from "./known-kind.ts";

const gateway = "https://gateway-api.sigs.k8s.io/reference/spec/";
const istio = "https://istio.io/latest/docs/reference/config/";

const old = "has(c.observedGeneration) && c.observedGeneration != metadata.generation";
// Of several gateways each has to have looked.
const named =
  "p.parentRef.name == r.name && (!has(r.sectionName) || (has(p.parentRef.sectionName) && p.parentRef.sectionName == r.sectionName))";
const routes: readonly KnownKind[] = ["HTTP", "GRPC", "TLS", "TCP", "UDP"].map((protocol) => ({
  type: `${protocol}Route.gateway.networking.k8s.io`,
  // Each gateway that it names says so; none has looked while there is none.
  inProgress: `!has(status.parents) || status.parents.size() == 0 || status.parents.exists(p, p.conditions.exists(c, ${old})) || (has(spec.parentRefs) && !spec.parentRefs.all(r, status.parents.exists(p, ${named})))`,
  failed:
    "status.parents.exists(p, p.conditions.exists(c, c.type in ['Accepted', 'ResolvedRefs'] && c.status == 'False'))",
  current:
    "status.parents.all(p, p.conditions.exists(c, c.type == 'Accepted' && c.status == 'True') && p.conditions.exists(c, c.type == 'ResolvedRefs' && c.status == 'True'))",
  source: gateway,
}));

/** Gateways, routes and meshes. */
export const networkKinds: readonly KnownKind[] = [
  {
    type: "Gateway.gateway.networking.k8s.io",
    inProgress: `!has(status.conditions) || status.conditions.exists(c, c.type == 'Programmed' && ${old})`,
    failed: `${condition("Accepted", "False")} || status.conditions.exists(c, c.type == 'Programmed' && c.reason == 'Invalid')`,
    current: condition("Programmed", "True"),
    source: gateway,
  },
  byCondition("GatewayClass.gateway.networking.k8s.io", gateway, "Accepted"),
  ...routes,
  withoutStatus("ReferenceGrant.gateway.networking.k8s.io", gateway),
  withoutStatus("*.networking.istio.io", istio),
  withoutStatus("*.security.istio.io", istio),
  withoutStatus("*.telemetry.istio.io", istio),
  withoutStatus(
    "*.traefik.io",
    "https://doc.traefik.io/traefik/reference/dynamic-configuration/kubernetes-crd/",
  ),
  withoutStatus(
    "*.crd.projectcalico.org",
    "https://docs.tigera.io/calico/latest/reference/resources/",
  ),
  ...["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"].map((kind) => ({
    type: `${kind}.cilium.io`,
    failed: condition("Valid", "False"),
    current: "true",
    source: "https://docs.cilium.io/en/stable/network/kubernetes/policy/",
  })),
];
