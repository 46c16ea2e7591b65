// Every edit of one field that the API's own schema allows, and some that it does not.
export type FieldEdit = { readonly name: string; readonly object: object };

export type Schema = {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly "x-kubernetes-group-version-kind"?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
};

/** `/openapi/v3/apis/<group>/<version>` as the API server tells it. */
export type OpenApi = {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};
type Steps = readonly (string | number)[];
type Mapping = Record<string | number, unknown>;
type Manifest = { readonly apiVersion: string; readonly kind: string };

/** The schema of an object's kind, and how to follow one that only names another. */
export function schemasFor(object: Manifest, { components: { schemas } }: OpenApi) {
  const resolve = (schema: Schema): Schema => {
    const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
    return ref === undefined ? schema : (schemas[ref.split("/").at(-1) ?? ""] ?? {});
  };
  const isOwn = ({ "x-kubernetes-group-version-kind": kinds }: Schema) =>
    kinds?.some(
      ({ group, version, kind }) =>
        kind === object.kind && [group, version].filter(Boolean).join("/") === object.apiVersion,
    ) === true;
  return { own: Object.values(schemas).find(isOwn) ?? {}, resolve };
}

/** The object with one field written, removed, spelt or ordered otherwise, one edit each. */
export function fieldEdits(object: Manifest, api: OpenApi): FieldEdit[] {
  const { own, resolve: of } = schemasFor(object, api);
  const found: FieldEdit[] = [];
  const edit = (
    at: Steps,
    what: string,
    change: (parent: Mapping, key: string | number) => void,
  ) => {
    const copy = structuredClone(object) as Mapping;
    const parent = at.slice(0, -1).reduce<Mapping>((one, step) => one[step] as Mapping, copy);
    change(parent, at.at(-1) ?? "");
    found.push({ name: `${at.join(".")} ${what}`, object: copy });
  };
  const write = (at: Steps, value: unknown) =>
    edit(at, `= ${JSON.stringify(value)}`, (parent, key) => (parent[key] = value));
  const walk = (at: Steps, value: unknown, schema: Schema): void => {
    if (isServers(at)) return;
    if (at.length > 0) {
      for (const other of otherValues(value, { ...of(schema), field: String(at.at(-1)) })) {
        write(at, other);
      }
      if (value !== undefined) edit(at, "gone", remove);
    }
    if (Array.isArray(value)) {
      value.forEach((item, index) => walk([...at, index], item, of(schema).items ?? {}));
    } else if (typeof value === "object" && value !== null) {
      const { properties = {}, additionalProperties } = of(schema);
      const keys = new Set([...Object.keys(value), ...Object.keys(properties)]);
      for (const key of keys) {
        const next = properties[key] ?? additionalProperties ?? {};
        walk([...at, key], (value as Mapping)[key], next);
      }
    }
  };
  walk([], object, own);
  return found;
}

function remove(parent: Mapping, key: string | number): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

// What names the object, and what the server writes.
function isServers([top, second]: Steps): boolean {
  if (top === "apiVersion" || top === "kind" || top === "status") return true;
  const own = ["labels", "annotations", "finalizers"];
  return top === "metadata" && second !== undefined && !own.includes(String(second));
}

function otherValues(
  value: unknown,
  { type = "object", enum: words = [], field }: Schema & { readonly field: string },
): readonly unknown[] {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return [...(items.length > 1 ? [items.toReversed()] : []), [...items, items[0]], [], null];
  }
  const known = usual[field] ?? [];
  if (value === undefined) return [null, ...known, ...words, ...empties[type as "array"]];
  if (typeof value === "number") return [String(value), 0, value + 1, "25%", null];
  if (typeof value === "boolean") return [!value, null];
  if (typeof value !== "string") return [null];
  return [...respelt(value), "", value.toUpperCase(), `${value} \n`, null, ...known];
}

const empties = {
  ...{ array: [[]], object: [{}], string: [""], boolean: [false, true] },
  ...{ integer: [0, 1], number: [0, 1] },
} as const;

// One amount in another unit, and as a number.
function respelt(text: string): readonly unknown[] {
  const [, amount = "", unit = ""] = /^([0-9.]+)(m|Gi)?$/.exec(text) ?? [];
  if (amount === "") return [];
  const other = { m: Number(amount) / 1000, Gi: `${Number(amount) * 1024}Mi` };
  return unit === ""
    ? [`${Number(amount) * 1000}m`, Number(amount)]
    : [other[unit as "m"], text + " "];
}

/** Values that API servers write, and their neighbours. */
const usual: Readonly<Record<string, readonly unknown[]>> = {
  protocol: ["TCP", "UDP"],
  type: ["RollingUpdate", "OnDelete", "ClusterIP", "Opaque"],
  dnsPolicy: ["ClusterFirst", "Default"],
  restartPolicy: ["Always", "OnFailure", "Never"],
  imagePullPolicy: ["Always", "IfNotPresent", "Never"],
  schedulerName: ["default-scheduler"],
  terminationMessagePath: ["/dev/termination-log"],
  terminationMessagePolicy: ["File", "FallbackToLogsOnError"],
  apiVersion: ["v1"],
  scheme: ["HTTP", "HTTPS"],
  path: ["/"],
  concurrencyPolicy: ["Allow", "Forbid"],
  sessionAffinity: ["None", "ClientIP"],
  internalTrafficPolicy: ["Cluster", "Local"],
  externalTrafficPolicy: ["Cluster", "Local"],
  targetPort: [80, "80", "http"],
  volumeMode: ["Filesystem", "Block"],
  persistentVolumeReclaimPolicy: ["Retain", "Delete"],
  reclaimPolicy: ["Retain", "Delete"],
  whenDeleted: ["Retain", "Delete"],
  podManagementPolicy: ["OrderedReady", "Parallel"],
  completionMode: ["NonIndexed"],
  maxSurge: ["25%", 1, "1"],
  maxUnavailable: ["25%", 1, "0"],
  defaultMode: [420, 256],
  progressDeadlineSeconds: [600],
  revisionHistoryLimit: [10],
  terminationGracePeriodSeconds: [30],
  failurePolicy: ["Fail", "Ignore"],
  matchPolicy: ["Equivalent", "Exact"],
  timeoutSeconds: [10, 1],
  scope: ["*", "Namespaced"],
  reinvocationPolicy: ["Never"],
  apiGroup: ["", "rbac.authorization.k8s.io"],
  backoffLimit: [6],
  successfulJobsHistoryLimit: [3],
  failedJobsHistoryLimit: [1],
  periodSeconds: [10],
  failureThreshold: [3],
  pathType: ["Prefix", "Exact"],
  operator: ["Exists", "Equal", "In"],
  divisor: ["1", "0", 1],
  volumeBindingMode: ["Immediate"],
  preemptionPolicy: ["PreemptLowerPriority"],
};
