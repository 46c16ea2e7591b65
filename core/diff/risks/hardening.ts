import { isRecord } from "../../manifests/parse.ts";
import { annotationsOf, labelsOf } from "../labels.ts";
import {
  containerName,
  containersOf,
  type Mapping,
  mappings,
  podSpecOf,
  podTemplateOf,
} from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { typeName } from "../object-type.ts";
import { type Finding, medium } from "../risk.ts";
import { textOf, textsOf, valueAt } from "../values.ts";
import { weakerEnforcement } from "./enforcement.ts";
import { weakerPodSecurity } from "./pod-security.ts";

/** Protection that pods, accounts, namespaces or policies had before. */
export function hardening(change: ObjectChange): readonly Finding[] {
  const { before, after, identity } = change;
  if (after === undefined) return [];
  if (before === undefined) return weakerEnforcement(change).map(medium);
  switch (typeName(identity)) {
    case "Namespace":
      return [...weakerPodSecurity(before, after), ...leftMesh(before, after).map(medium)];
    case "ServiceAccount":
      return lostToken(before, after).map(medium);
    default:
      return [
        ...lostInPods(before, after),
        ...weakerEnforcement(change),
        ...leftMesh(podTemplateOf(before), podTemplateOf(after)),
      ].map(medium);
  }
}

function lostInPods(before: ObjectChange["before"], after: ObjectChange["after"]) {
  const [old, next] = [podSpecOf(before), podSpecOf(after)];
  if (old === undefined || next === undefined) return [];
  const now = new Map(containersOf(next).map((one) => [one["name"], one]));
  const ofContainers = containersOf(old).flatMap((container) => {
    const other = now.get(container["name"]);
    if (other === undefined) return [];
    const left = new Set(protections(other, next));
    const isDropped = (one: string) => one.startsWith(dropped) && left.has(`${dropped}ALL`);
    const lost = protections(container, old).filter((one) => !left.has(one) && !isDropped(one));
    return lost.length === 0
      ? []
      : [`container ${containerName(container)} is no longer hardened: ${lost.join(", ")}`];
  });
  const users =
    old["hostUsers"] === false && next["hostUsers"] !== false
      ? ["no longer runs in a user namespace of its own (hostUsers)"]
      : [];
  const shared =
    next["shareProcessNamespace"] === true && old["shareProcessNamespace"] !== true
      ? ["its containers see each other's processes and files (shareProcessNamespace)"]
      : [];
  const [runtime, other] = [old, next].map((pod) => pod["runtimeClassName"] ?? undefined);
  const sandbox =
    runtime !== undefined && runtime !== other
      ? [`no longer runs by its runtime class ${textOf(runtime)} (runtimeClassName)`]
      : [];
  return [
    ...[...ofContainers, ...inPlainText(old, next), ...lostToken(old, next)],
    ...[...users, ...shared, ...sandbox],
  ];
}

/** Variables that a Secret gave, and that stand in git now. */
function inPlainText(before: Mapping, after: Mapping): readonly string[] {
  const now = new Map(containersOf(after).map((one) => [one["name"], mappings(one["env"])]));
  return containersOf(before).flatMap((container) =>
    mappings(container["env"])
      .filter(({ valueFrom }) => valueAt(valueFrom, "secretKeyRef") !== undefined)
      .filter(({ name }) =>
        now.get(container["name"])?.some((one) => one["name"] === name && isText(one["value"])),
      )
      .map(({ name }) => `takes ${textOf(name)} from a text in git, before from a Secret`),
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

const dropped = "capabilities.drop ";

// As runtimes read it: in any case, with or without its prefix.
function capability(name: string): string {
  return name.toUpperCase().replace(/^CAP_/, "");
}

/** What protects a container: its own securityContext, else the pod's. */
function protections(container: Mapping, pod: Mapping): readonly string[] {
  const [own, shared] = [container["securityContext"], pod["securityContext"]];
  const at = (field: string) => valueAt(own, field) ?? valueAt(shared, field);
  const user = at("runAsUser");
  const isConfined = (profile: unknown) => profile !== undefined && profile !== "Unconfined";
  const known: readonly (readonly [name: string, isThere: boolean])[] = [
    ["runAsNonRoot", at("runAsNonRoot") === true],
    ["runAsUser", typeof user === "number" && user > 0],
    ["readOnlyRootFilesystem", valueAt(own, "readOnlyRootFilesystem") === true],
    ["allowPrivilegeEscalation", valueAt(own, "allowPrivilegeEscalation") === false],
    ["seccompProfile", isConfined(at("seccompProfile.type"))],
    ["appArmorProfile", isConfined(at("appArmorProfile.type"))],
    ["seLinuxOptions", isRecord(at("seLinuxOptions"))],
  ];
  return [
    ...known.filter(([, isThere]) => isThere).map(([name]) => name),
    ...textsOf(valueAt(own, "capabilities.drop")).map((one) => `${dropped}${capability(one)}`),
  ];
}

function lostToken(before: unknown, after: unknown): readonly string[] {
  const [was, is] = [before, after].map((side) => valueAt(side, "automountServiceAccountToken"));
  return was === false && is !== false
    ? ["gets the token of its service account again (automountServiceAccountToken)"]
    : [];
}

/** What puts the proxy of a mesh beside pods: Istio's and Linkerd's labels and annotations. */
const meshes: readonly (readonly [name: string, on: RegExp])[] = [
  ["istio-injection", /^enabled$/],
  ["istio.io/rev", /./],
  ["sidecar.istio.io/inject", /^true$/],
  ["istio.io/dataplane-mode", /^ambient$/],
  ["linkerd.io/inject", /^(enabled|ingress)$/],
];

function leftMesh(before: unknown, after: unknown): readonly string[] {
  const at = (side: unknown, name: string) =>
    [labelsOf(side), annotationsOf(side)].map((values) => textOf(values[name] ?? ""));
  const isIn = (side: unknown) =>
    meshes.filter(([name, on]) => at(side, name).some((value) => on.test(value)));
  const [was, is] = [isIn(before), isIn(after)];
  const leaves = was.length > 0 && is.length === 0;
  const refuses = at(after, "sidecar.istio.io/inject").includes("false");
  const refused = at(before, "sidecar.istio.io/inject").includes("false");
  return leaves || (refuses && !refused)
    ? [`its pods get no proxy of the mesh (${was[0]?.[0] ?? "sidecar.istio.io/inject"})`]
    : [];
}
