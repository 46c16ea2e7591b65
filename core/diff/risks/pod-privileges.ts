import { isRecord } from "../../manifests/parse.ts";
import { annotationsOf } from "../labels.ts";
import {
  containerName,
  containersOf,
  type Mapping,
  mappings,
  podSpecOf,
  podTemplateOf,
} from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high } from "../risk.ts";
import { bothOf, textOf, valueAt } from "../values.ts";

/** Powers over the node that a pod did not have before. */
export function podPrivileges({ before, after }: ObjectChange): readonly Finding[] {
  const all = (side: ObjectChange["before"]) => [
    ...powers(podSpecOf(side)),
    ...unarmoured(podTemplateOf(side)),
    ...folderOfNode(side),
  ];
  const had = new Set(all(before));
  const fresh = all(after).filter((power) => !had.has(power));
  return [...fresh, ...writtenNow(podSpecOf(before), podSpecOf(after))].map(high);
}

/** Of a PersistentVolume, for whoever claims it. */
function folderOfNode(object: ObjectChange["before"]): readonly string[] {
  const path = valueAt(object, "spec.hostPath.path");
  return object?.kind === "PersistentVolume" && typeof path === "string"
    ? [`is the folder ${path} of the node (hostPath)`]
    : [];
}

/** Folders of the node that a pod only read before. */
function writtenNow(before: Mapping | undefined, after: Mapping | undefined): readonly string[] {
  const [old, next] = bothOf(before, after, mountedPaths);
  return [...next].flatMap(([path, isWritten]) =>
    isWritten && old.get(path) === false
      ? [`may write to ${path} of the node, which it only read before (hostPath)`]
      : [],
  );
}

/** Folders of the node that are mounted → whether any container may write there. */
function mountedPaths(pod: Mapping | undefined): ReadonlyMap<string, boolean> {
  const mounts = containersOf(pod).flatMap(({ volumeMounts }) => mappings(volumeMounts));
  return new Map(
    mappings(pod?.["volumes"]).flatMap(({ name, hostPath }) => {
      const [path, own] = [valueAt(hostPath, "path"), mounts.filter((one) => one["name"] === name)];
      const isWritten = own.some(({ readOnly }) => readOnly !== true);
      return typeof path === "string" && own.length > 0 ? [[path, isWritten] as const] : [];
    }),
  );
}

// Those that Kubernetes' own Pod Security Standards let through at the level baseline.
const ownParameters = new Set([
  ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies"],
  ...["net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range"],
  ...["net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time"],
  ...["net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"],
]);

/** How pods were confined by AppArmor before Kubernetes 1.30. */
function unarmoured(template: unknown): readonly string[] {
  return Object.entries(annotationsOf(template)).flatMap(([name, value]) => {
    const [, container] =
      /^container\.apparmor\.security\.beta\.kubernetes\.io\/(.+)$/.exec(name) ?? [];
    return container !== undefined && value === "unconfined"
      ? [`container ${container} is not confined (AppArmor)`]
      : [];
  });
}

function powers(pod: Mapping | undefined): readonly string[] {
  if (pod === undefined) return [];
  const host = ["hostNetwork", "hostPID", "hostIPC"].filter((field) => pod[field] === true);
  const paths = mappings(pod["volumes"]).flatMap((volume) => {
    const path = valueAt(volume, "hostPath.path");
    return typeof path === "string" ? [`mounts ${path} of the node (hostPath)`] : [];
  });
  return [
    ...(valueAt(pod, "securityContext.windowsOptions.hostProcess") === true
      ? ["runs as a process of the node (hostProcess)"]
      : []),
    ...unconfined(pod["securityContext"], "the pod"),
    ...mappings(valueAt(pod, "securityContext.sysctls"))
      .map(({ name }) => String(name))
      .filter((name) => !ownParameters.has(name))
      .map((name) => `sets the node's kernel parameter ${name} (sysctls)`),
    ...host.map((field) => `shares the node's ${field.slice(4).toLowerCase()} (${field})`),
    ...paths,
    ...runsAsRoot(pod["securityContext"], "the pod"),
    ...containersOf(pod).flatMap(powersOfContainer),
  ];
}

function powersOfContainer(container: Mapping): readonly string[] {
  const name = `container ${containerName(container)}`;
  const context = container["securityContext"];
  const ports = mappings(container["ports"])
    .filter((port) => port["hostPort"] !== undefined)
    .map((port) => `${name} takes port ${String(port["hostPort"])} of the node (hostPort)`);
  // Needs a privileged container, which may be so already.
  const shared = mappings(container["volumeMounts"])
    .filter(({ mountPropagation }) => mountPropagation === "Bidirectional")
    .map(
      ({ mountPath }) =>
        `${name} mounts on the node too, at ${textOf(mountPath)} (mountPropagation)`,
    );
  if (!isRecord(context)) return [...ports, ...shared];
  const added = valueAt(context, "capabilities.add");
  return [
    ...ports,
    ...(valueAt(context, "windowsOptions.hostProcess") === true
      ? [`${name} runs as a process of the node (hostProcess)`]
      : []),
    ...unconfined(context, name),
    ...shared,
    ...(context["procMount"] === "Unmasked" ? [`${name} sees all of /proc (procMount)`] : []),
    ...(context["privileged"] === true ? [`${name} is privileged: it owns the node`] : []),
    ...(context["allowPrivilegeEscalation"] === true
      ? [`${name} may gain privileges (allowPrivilegeEscalation)`]
      : []),
    ...(Array.isArray(added) ? added.map((one) => `${name} gets the capability ${one}`) : []),
    ...runsAsRoot(context, name),
  ];
}

function runsAsRoot(context: unknown, name: string): readonly string[] {
  return valueAt(context, "runAsUser") === 0 ? [`${name} runs as root`] : [];
}

// The baseline's (Pod Security Standards).
const ownTypes = /^(|container_(init_|kvm_|engine_)?t)$/;

function unconfined(context: unknown, name: string): readonly string[] {
  const type = textOf(valueAt(context, "seLinuxOptions.type") ?? "");
  return [
    ...["seccompProfile", "appArmorProfile"]
      .filter((field) => valueAt(context, `${field}.type`) === "Unconfined")
      .map((field) => `${name} is not confined (${field})`),
    ...(ownTypes.test(type) ? [] : [`${name} is confined otherwise (seLinuxOptions.type ${type})`]),
  ];
}
