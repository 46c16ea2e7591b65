// What OpenShift lets pods do: SecurityContextConstraints, and the right to `use` one of them
// (docs.redhat.com, "Managing security context constraints").
import type { ObjectChange } from "../object-change.ts";
import type { Mapping } from "../pod-spec.ts";
import { type Finding, high, medium } from "../risk.ts";
import { textsOf, valueAt } from "../values.ts";

export const constraints = "securitycontextconstraints";

/** Of those that come with OpenShift the ones that let no pod be root, nor near its node. */
const mild = /^(restricted|nonroot)(-v\d)?$/;
const ofConstraints = "system:openshift:scc:";

/** Whether a role of OpenShift's own gives its constraints of the same name, none of the mild ones. */
export function isOfConstraints(role: string): boolean {
  return role.startsWith(ofConstraints) && !mild.test(role.slice(ofConstraints.length));
}

/** What a rule with the verb `use` gives; without names it gives them all. */
export function usedConstraints(rule: Mapping): Finding {
  const names = textsOf(rule["resourceNames"]);
  const isMild = names.length > 0 && names.every((name) => mild.test(name));
  return (isMild ? medium : high)(`may use ${constraints}: its pods may do what these let them do`);
}

const powers: Readonly<Record<string, string>> = {
  allowPrivilegedContainer: "be privileged",
  allowHostDirVolumePlugin: "mount folders of the node",
  allowHostNetwork: "use the node's network",
  allowHostPID: "see the node's processes",
  allowHostIPC: "share the node's memory",
};

/** Powers that pods under SecurityContextConstraints did not have, and who may use these. */
export function widerConstraints({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (identity.kind !== "SecurityContextConstraints" || after === undefined) return [];
  const fresh = (field: string) =>
    textsOf(after[field]).filter((one) => !textsOf(before?.[field]).includes(one));
  const isRoot = (side: unknown) => valueAt(side, "runAsUser.type") === "RunAsAny";
  const may = [
    ...Object.keys(powers)
      .filter((field) => after[field] === true && before?.[field] !== true)
      .map((field) => `${powers[field] ?? ""} (${field})`),
    ...(isRoot(after) && !isRoot(before) ? ["run as root (runAsUser)"] : []),
    ...fresh("allowedCapabilities").map((one) => `have the capability ${one}`),
  ];
  return [
    ...may.map((text) => high(`lets pods ${text}`)),
    ...["users", "groups"]
      .flatMap(fresh)
      .map((one) => medium(`lets pods of ${one} do what it allows`)),
  ];
}
