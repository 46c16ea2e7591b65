import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { changed } from "./server-case.ts";

/** A namespace whose labels enforce a level. */
export const enforcing = (level: string, labels = ""): KubernetesObject =>
  changed(
    `{ apiVersion: v1, kind: Namespace, metadata: { name: enforced-${level}, labels: { pod-security.kubernetes.io/enforce: ${level}${labels} } } }`,
  );

const restricted =
  "securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] }, runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }";

/** Pods by what they ask for, and which level refuses them. */
export const podSecurityCases: readonly {
  readonly says: string;
  readonly spec: string;
  readonly refusedBy: readonly ("baseline" | "restricted")[];
}[] = [
  { says: "nothing special", spec: "", refusedBy: ["restricted"] },
  { says: "all that restricted asks for", spec: restricted, refusedBy: [] },
  {
    says: "privileged",
    spec: "securityContext: { privileged: true }",
    refusedBy: ["baseline", "restricted"],
  },
  {
    says: "a port of the host",
    spec: `ports: [{ containerPort: 80, hostPort: 80 }], ${restricted}`,
    refusedBy: ["baseline", "restricted"],
  },
  {
    says: "a capability more",
    spec: "securityContext: { capabilities: { add: [SYS_ADMIN] } }",
    refusedBy: ["baseline", "restricted"],
  },
];

/** A container as a Pod has it. */
export const podWith = (spec: string): string =>
  `{ containers: [{ name: a, image: a${spec === "" ? "" : `, ${spec}`} }] }`;
