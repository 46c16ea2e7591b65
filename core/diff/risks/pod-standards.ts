// What the Pod Security Standards ask of a pod (kubernetes.io/docs/concepts/security/
// pod-security-standards), as its manifest says it: what a webhook would fill in is not known here.
import { isRecord } from "../../manifests/parse.ts";
import { containerName, containersOf, type Mapping, mappings, podSpecOf } from "../pod-spec.ts";
import { textOf, textsOf, valueAt } from "../values.ts";

/** What keeps an object's pods from a level, in the words of their fields; empty where nothing does. */
export function lacking(object: Parameters<typeof podSpecOf>[0], level: string): readonly string[] {
  const pod = podSpecOf(object);
  if (pod === undefined || !/^(baseline|restricted)$/.test(level)) return [];
  const ofBaseline = [
    ...["hostNetwork", "hostPID", "hostIPC"].filter((field) => pod[field] === true),
    ...mappings(pod["volumes"]).flatMap(({ hostPath }) => (isRecord(hostPath) ? ["hostPath"] : [])),
    ...eachContainer(pod, looseBy),
    ...(at(pod, "seccompProfile.type") === "Unconfined" ? ["seccompProfile"] : []),
  ];
  const found = level === "baseline" ? ofBaseline : [...ofBaseline, ...unrestricted(pod)];
  return [...new Set(found)];
}

const usual = new Set([
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD"],
  ...["NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
]);

function looseBy(container: Mapping, pod: Mapping): readonly string[] {
  const ports = mappings(container["ports"]).some(({ hostPort }) => Number(hostPort ?? 0) > 0);
  const isMasked = textOf(at(container, "procMount") ?? "Default") === "Default";
  return [
    ...(at(container, "privileged") === true ? ["privileged"] : []),
    ...textsOf(at(container, "capabilities.add")).filter((one) => !usual.has(one)),
    ...(ports ? ["hostPort"] : []),
    ...(isMasked || pod["hostUsers"] === false ? [] : ["procMount"]),
    ...(at(container, "seccompProfile.type") === "Unconfined" ? ["seccompProfile"] : []),
  ];
}

const driven =
  /^(awsElasticBlockStore|azure(Disk|File)|ceph(fs)?|cinder|fc|flexVolume|flocker|gcePersistentDisk|gitRepo|glusterfs|iscsi|nfs|photonPersistentDisk|portworxVolume|quobyte|rbd|scaleIO|storageos|vsphereVolume)$/;

function unrestricted(pod: Mapping): readonly string[] {
  const kinds = mappings(pod["volumes"])
    .flatMap(Object.keys)
    .filter((one) => driven.test(one));
  return [...kinds, ...eachContainer(pod, freeBy)];
}

function freeBy(container: Mapping, pod: Mapping): readonly string[] {
  const own = (field: string) => at(container, field) ?? at(pod, field);
  const isOfWindows = valueAt(pod, "os.name") === "windows";
  const adds = textsOf(at(container, "capabilities.add"));
  const isDropped = textsOf(at(container, "capabilities.drop")).includes("ALL");
  const isConfined = /^(RuntimeDefault|Localhost)$/.test(textOf(own("seccompProfile.type") ?? ""));
  // In a user namespace of their own pods may be root (Kubernetes 1.33 and newer).
  const mayBeRoot = pod["hostUsers"] === false;
  const isRoot = [at(container, "runAsUser"), at(pod, "runAsUser")].includes(0);
  const ofLinux = [
    ...(at(container, "allowPrivilegeEscalation") === false ? [] : ["allowPrivilegeEscalation"]),
    ...(isDropped ? [] : ["capabilities.drop ALL"]),
    ...adds.filter((one) => one !== "NET_BIND_SERVICE"),
    ...(isConfined ? [] : ["seccompProfile"]),
  ];
  return [
    ...(isOfWindows ? [] : ofLinux),
    ...(own("runAsNonRoot") === true || mayBeRoot ? [] : ["runAsNonRoot"]),
    ...(isRoot && !mayBeRoot ? ["runAsUser 0"] : []),
  ];
}

function eachContainer(
  pod: Mapping,
  find: (container: Mapping, pod: Mapping) => readonly string[],
): readonly string[] {
  return containersOf(pod).flatMap((container) =>
    find(container, pod).map((what) => `container ${containerName(container)}: ${what}`),
  );
}

function at(owner: Mapping, field: string): unknown {
  return valueAt(owner, `securityContext.${field}`);
}
