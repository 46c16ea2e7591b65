// What kubectl prints: the server sends rows, as `additionalPrinterColumns` and
// k8s.io/kubernetes/pkg/printers/internalversion define them.
import type { Kind } from "../api/kinds.ts";
import { isRecord, type Condition, type KubeObject } from "../api/kube-object.ts";

type Column = {
  readonly name: string;
  /** Only with `-o wide`. */
  readonly wide?: boolean;
  /** Stands behind the age, as Flux has it. */
  readonly last?: boolean;
  readonly cell: (object: KubeObject) => string | number;
};

const ready: readonly Column[] = [
  { name: "Ready", last: true, cell: (object) => condition(object, "Ready")?.status ?? "" },
  { name: "Status", last: true, cell: (object) => condition(object, "Ready")?.message ?? "" },
];

const columns: Readonly<Record<string, readonly Column[]>> = {
  GitRepository: [{ name: "URL", cell: text("spec", "url") }, ...ready],
  Kustomization: ready,
  HelmRelease: ready,
  Namespace: [{ name: "Status", cell: text("status", "phase") }],
  Node: [{ name: "Status", cell: nodeStatus }],
  Pod: [
    { name: "Ready", cell: (object) => `${containersReady(object)}/${containers(object).length}` },
    { name: "Status", cell: podReason },
    { name: "Restarts", cell: (object) => sum(containers(object), "restartCount") },
    { name: "Node", wide: true, cell: text("spec", "nodeName") },
  ],
  Deployment: [
    { name: "Ready", cell: (object) => share(object, "readyReplicas") },
    { name: "Up-to-date", cell: number("status", "updatedReplicas") },
    { name: "Available", cell: number("status", "availableReplicas") },
    { name: "Images", wide: true, cell: images },
  ],
  ReplicaSet: [
    { name: "Desired", cell: number("spec", "replicas") },
    { name: "Current", cell: number("status", "replicas") },
    { name: "Ready", cell: number("status", "readyReplicas") },
    { name: "Images", wide: true, cell: images },
  ],
  StatefulSet: [{ name: "Ready", cell: (object) => share(object, "readyReplicas") }],
  DaemonSet: [
    { name: "Desired", cell: number("status", "desiredNumberScheduled") },
    { name: "Current", cell: number("status", "currentNumberScheduled") },
    { name: "Ready", cell: number("status", "numberReady") },
    { name: "Up-to-date", cell: number("status", "updatedNumberScheduled") },
    { name: "Available", cell: number("status", "numberAvailable") },
  ],
  Job: [{ name: "Completions", cell: (object) => `${number("status", "succeeded")(object)}/1` }],
  ConfigMap: [{ name: "Data", cell: (object) => Object.keys(record(object["data"])).length }],
  Secret: [
    { name: "Type", cell: (object) => (object["type"] as string | undefined) ?? "" },
    { name: "Data", cell: (object) => Object.keys(record(object["data"])).length },
  ],
  Service: [
    { name: "Type", cell: text("spec", "type") },
    { name: "Cluster-IP", cell: text("spec", "clusterIP") },
  ],
  Event: [
    { name: "Type", cell: (object) => object["type"] as string },
    { name: "Reason", cell: (object) => object["reason"] as string },
    { name: "Object", cell: (object) => involved(object["involvedObject"]) },
    { name: "Message", cell: (object) => object["message"] as string },
  ],
};

export function wantsTable(accept: string | undefined): boolean {
  return accept?.includes("as=Table") ?? false;
}

/** Objects as a `meta.k8s.io/v1` Table. */
export function printTable(kind: Kind, objects: readonly KubeObject[], resourceVersion: string) {
  const own = columns[kind.kind] ?? [];
  const age: Column = { name: "Age", cell: ({ metadata }) => shownAge(metadata.creationTimestamp) };
  const name: Column = { name: "Name", cell: ({ metadata }) => metadata.name };
  const isLast = ({ wide, last }: Column) => (wide ?? last) === true;
  const first = own.filter((column) => !isLast(column));
  const all = [name, ...first, age, ...own.filter(isLast)];
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata: { resourceVersion },
    columnDefinitions: all.map((column) => ({
      name: column.name,
      type: "string",
      format: column.name === "Name" ? "name" : "",
      description: "",
      priority: column.wide ? 1 : 0,
    })),
    rows: objects.map((object) => ({
      cells: all.map(({ cell }) => cell(object)),
      object: {
        kind: "PartialObjectMetadata",
        apiVersion: "meta.k8s.io/v1",
        metadata: object.metadata,
      },
    })),
  };
}

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function text(part: "spec" | "status", field: string): Column["cell"] {
  return (object) => (record(object[part])[field] as string | undefined) ?? "<none>";
}

function number(part: "spec" | "status", field: string): (object: KubeObject) => number {
  return (object) => (record(object[part])[field] as number | undefined) ?? 0;
}

function share(object: KubeObject, field: string): string {
  return `${number("status", field)(object)}/${number("spec", "replicas")(object)}`;
}

function condition({ status }: KubeObject, type: string): Condition | undefined {
  const { conditions } = record(status) as { readonly conditions?: readonly Condition[] };
  return conditions?.find((one) => one.type === type);
}

function nodeStatus(object: KubeObject): string {
  return condition(object, "Ready")?.status === "True" ? "Ready" : "NotReady";
}

function containers({ status }: KubeObject): Record<string, unknown>[] {
  const { containerStatuses } = record(status);
  return Array.isArray(containerStatuses) ? containerStatuses.filter(isRecord) : [];
}

function containersReady(object: KubeObject): number {
  return containers(object).filter(({ ready: isReady }) => isReady === true).length;
}

function sum(statuses: readonly Record<string, unknown>[], field: string): number {
  return statuses.reduce(
    (total, status) => total + ((status[field] as number | undefined) ?? 0),
    0,
  );
}

function podReason(object: KubeObject): string {
  const waiting = containers(object)
    .map(({ state }) => record(record(state)["waiting"])["reason"])
    .find((reason) => typeof reason === "string");
  return waiting ?? (text("status", "phase")(object) as string);
}

function images({ spec }: KubeObject): string {
  const pod = record(record(record(spec)["template"])["spec"]);
  const list = Array.isArray(pod["containers"]) ? pod["containers"].filter(isRecord) : [];
  return list.map(({ image }) => image as string).join();
}

function involved(value: unknown): string {
  const { kind, name } = record(value) as { readonly kind?: string; readonly name?: string };
  return `${kind?.toLowerCase()}/${name}`;
}

function shownAge(created: string | undefined): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(created ?? "")) / 1000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
