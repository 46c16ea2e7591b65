// Policies of networks and meshes: what opens them for everybody. The rest of them is not known here.
// https://docs.cilium.io/en/stable/security/policy/language/,
// https://istio.io/latest/docs/reference/config/security/authorization-policy/
import { areAll } from "../address-ranges.ts";
import { type Mapping, mappings } from "../pod-spec.ts";
import type { Identity } from "../../manifests/identity.ts";
import { textsOf, valueAt } from "../values.ts";

/** Whom such a policy lets through: `in` everybody, `out` everywhere. */
export function opensFor({ group, kind }: Identity, policy: Mapping): ReadonlySet<"in" | "out"> {
  const specs = mappings([policy["spec"], ...mappings(policy["specs"])]);
  if (group === "cilium.io") {
    return new Set([
      ...(specs.some((spec) => isOpen(spec, "ingress", "from")) ? (["in"] as const) : []),
      ...(specs.some((spec) => isOpen(spec, "egress", "to")) ? (["out"] as const) : []),
    ]);
  }
  const allows = kind === "AuthorizationPolicy" && specs.some(allowsAll);
  return new Set(allows ? (["in"] as const) : []);
}

function isOpen(spec: Mapping, rules: string, peers: string): boolean {
  return mappings(spec[rules]).some((rule) => {
    const entities = textsOf(rule[`${peers}Entities`]);
    const addresses = [
      ...textsOf(rule[`${peers}CIDR`]),
      ...mappings(rule[`${peers}CIDRSet`]).map(({ cidr }) => String(cidr)),
    ];
    return entities.includes("all") || entities.includes("world") || areAll(addresses);
  });
}

// A rule without conditions fits every request.
function allowsAll(spec: Mapping): boolean {
  const isAllow = (valueAt(spec, "action") ?? "ALLOW") === "ALLOW";
  return isAllow && mappings(spec["rules"]).some((rule) => Object.keys(rule).length === 0);
}
