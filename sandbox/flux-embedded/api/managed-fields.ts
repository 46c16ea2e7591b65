// Who wrote which fields (metadata.managedFields), as the API server keeps it for clients over HTTP:
// https://kubernetes.io/docs/reference/using-api/server-side-apply/. Lists count as one field, and
// what controllers write in this process is left out.
import {
  isRecord,
  sameJson,
  timestamp,
  type FieldSet,
  type KubeObject,
  type ManagedFields,
} from "./kube-object.ts";

export type Writer = {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
};

/** `next` with an entry that says which fields of it the writer changed; others lose these. */
export function withManager(
  live: KubeObject | undefined,
  next: KubeObject,
  writer: Writer,
): KubeObject {
  const changed = changedFields(owned(live), owned(next));
  if (Object.keys(changed).length === 0) return next;
  const entries = live?.metadata.managedFields ?? [];
  const isOwn = (entry: ManagedFields) =>
    entry.manager === writer.manager && entry.operation === writer.operation;
  const others = entries
    .filter((entry) => !isOwn(entry))
    .map((entry) => ({ ...entry, fieldsV1: without(entry.fieldsV1, changed) }))
    .filter(({ fieldsV1 }) => Object.keys(fieldsV1).length > 0);
  const own: ManagedFields = {
    ...writer,
    apiVersion: next.apiVersion,
    time: timestamp(),
    fieldsType: "FieldsV1",
    fieldsV1: together(entries.find(isOwn)?.fieldsV1 ?? {}, changed),
  };
  return { ...next, metadata: { ...next.metadata, managedFields: [...others, own] } };
}

const identifying = new Set(["apiVersion", "kind", "metadata", "status"]);

// Nobody manages what names the object, nor what the server itself writes.
function owned(object: KubeObject | undefined): Record<string, unknown> {
  if (object === undefined) return {};
  const { labels, annotations } = object.metadata;
  const fields = Object.entries(object).filter(([field]) => !identifying.has(field));
  return {
    ...Object.fromEntries(fields),
    metadata: { ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) },
  };
}

function changedFields(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldSet {
  const fields: Record<string, FieldSet> = {};
  for (const [key, value] of Object.entries(after)) {
    const old = before[key];
    if (isRecord(value) && (isRecord(old) || old === undefined)) {
      const inner = changedFields(old ?? {}, value);
      if (Object.keys(inner).length > 0) fields[`f:${key}`] = inner;
    } else if (!sameJson(old, value)) fields[`f:${key}`] = {};
  }
  return fields;
}

function together(a: FieldSet, b: FieldSet): FieldSet {
  const all = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...all].map((key) => [key, together(a[key] ?? {}, b[key] ?? {})]));
}

function without(all: FieldSet, taken: FieldSet): FieldSet {
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, inner]) => {
      const gone = taken[key];
      if (gone === undefined) return [[key, inner] as const];
      const left = without(inner, gone);
      return Object.keys(left).length > 0 ? [[key, left] as const] : [];
    }),
  );
}
