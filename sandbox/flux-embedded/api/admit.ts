// The way of every write: defaults, checks, store. Clients over HTTP and the controllers take it.
import { ApiFailure, badRequest, notFound } from "./api-failure.ts";
import { applyFields } from "./apply-fields.ts";
import { addDefaults } from "./defaults.ts";
import { addFluxDefaults } from "./flux-defaults.ts";
import { apiVersionOf, type Kind, type Kinds } from "./kinds.ts";
import { isRecord, sameJson, type KubeObject } from "./kube-object.ts";
import { refuseConflicts } from "./apply-conflicts.ts";
import { withManager } from "./managed-fields.ts";
import type { At, Store } from "./store.ts";
import { checkTyped } from "./typed-patch.ts";
import { validate } from "./validate.ts";

export type Api = {
  readonly kinds: Kinds;
  readonly store: Store;
  /** Last configuration of each field manager, by object uid and manager. */
  readonly applied: Map<string, unknown>;
};

type WriteOptions = { readonly dryRun?: boolean };

type ApplyOptions = WriteOptions & {
  readonly manager: string;
  /** Take fields that others manage, as controllers do; without, their other values are conflicts. */
  readonly force?: boolean;
};

export function createObject(
  api: Api,
  object: KubeObject,
  { dryRun = false }: WriteOptions = {},
): KubeObject {
  const kind = kindOf(api, object);
  const admitted = admit(api, kind, { object, old: undefined });
  if (dryRun) return admitted;
  const created = api.store.create(kind, admitted);
  if (kind.kind === "CustomResourceDefinition") return establish(api, kind, created);
  return created;
}

export function updateObject(
  api: Api,
  object: KubeObject,
  { dryRun = false }: WriteOptions = {},
): KubeObject {
  const kind = kindOf(api, object);
  const old = api.store.get({ kind, ...object.metadata });
  if (!old) throw notFound(kind, object.metadata.name);
  const admitted = admit(api, kind, { object, old });
  if (dryRun) return admitted;
  const updated = api.store.update(kind, admitted);
  if (kind.kind === "CustomResourceDefinition") return establish(api, kind, updated);
  return updated;
}

export function deleteObject(api: Api, at: At): KubeObject {
  if (at.kind.kind === "Namespace") return terminateNamespace(api, at);
  const removed = api.store.remove(at);
  if (at.kind.kind === "CustomResourceDefinition") api.kinds.undefine(removed);
  return removed;
}

/** Server-side apply by `manager`: creates or changes. Says what it did. */
export function applyObject(
  api: Api,
  object: KubeObject,
  { manager, dryRun = false, force = true }: ApplyOptions,
): { readonly object: KubeObject; readonly action: "created" | "configured" | "unchanged" } {
  const kind = kindOf(api, object);
  checkTyped(object);
  const configuration = withoutServerFields(object);
  const old = api.store.get({ kind, ...object.metadata });
  const remember = (written: KubeObject) => {
    if (!dryRun) api.applied.set(`${written.metadata.uid}/${manager}`, configuration);
    return written;
  };
  const writer = { manager, operation: "Apply" } as const;
  if (!old) {
    const created = withManager(undefined, configuration, writer);
    return { object: remember(createObject(api, created, { dryRun })), action: "created" };
  }
  const previous = api.applied.get(`${old.metadata.uid}/${manager}`);
  const fields = { live: old, previous, next: configuration };
  const next = applyFields(fields, kind.custom) as KubeObject;
  if (!force) refuseConflicts(old, configuration, writer);
  const written = remember(updateObject(api, withManager(old, next, writer), { dryRun }));
  const same = dryRun
    ? sameJson({ ...written, status: 0 }, { ...old, status: 0 })
    : written.metadata.resourceVersion === old.metadata.resourceVersion;
  return { object: written, action: same ? "unchanged" : "configured" };
}

function kindOf(api: Api, { apiVersion, kind }: KubeObject): Kind {
  const found = api.kinds.byKind(apiVersion, kind);
  if (found) return found;
  throw new ApiFailure(404, "NotFound", {
    message: `no matches for kind "${kind}" in version "${apiVersion}"`,
  });
}

function admit(
  api: Api,
  kind: Kind,
  { object, old }: { readonly object: KubeObject; readonly old: KubeObject | undefined },
): KubeObject {
  const admitted = structuredClone(object);
  if (!isRecord(admitted.metadata)) throw badRequest("metadata is missing");
  if (kind.namespaced) requireNamespace(api, { kind, object: admitted, isNew: !old });
  if (!kind.custom) addDefaults(admitted);
  if (kind.group.endsWith(".toolkit.fluxcd.io")) addFluxDefaults(admitted);
  if (kind.kind === "Secret") encodeStringData(admitted);
  validate(kind, admitted, old);
  return admitted;
}

function requireNamespace(
  api: Api,
  {
    kind,
    object,
    isNew,
  }: { readonly kind: Kind; readonly object: KubeObject; readonly isNew: boolean },
): void {
  const { metadata } = object;
  const name = metadata.namespace ?? "";
  if (!name) {
    throw new ApiFailure(404, "NotFound", {
      message: "the server could not find the requested resource",
    });
  }
  if (!isNew) return;
  const namespaces = api.kinds.byKind("v1", "Namespace");
  const namespace = namespaces && api.store.get({ kind: namespaces, name });
  if (!namespaces || !namespace) throw notFound({ group: "", plural: "namespaces" }, name);
  if (namespace.metadata.deletionTimestamp) {
    throw new ApiFailure(403, "Forbidden", {
      message: `${kind.plural} "${metadata.name}" is forbidden: unable to create new content in namespace ${name} because it is being terminated`,
    });
  }
}

function encodeStringData(secret: KubeObject): void {
  const { stringData } = secret;
  if (!isRecord(stringData)) return;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString("base64"),
  ]);
  secret["data"] = { ...(secret["data"] ?? {}), ...(Object.fromEntries(encoded) as object) };
  delete secret["stringData"];
}

// A namespace holds its finalizer in `spec`; its controller empties it and then takes it away.
function terminateNamespace(api: Api, at: At): KubeObject {
  const namespace = api.store.get(at);
  if (!namespace) throw notFound(at.kind, at.name);
  if (!namespace.metadata.finalizers?.length) {
    api.store.update(at.kind, {
      ...namespace,
      metadata: { ...namespace.metadata, finalizers: ["kubernetes"] },
    });
  }
  return api.store.remove(at);
}

function establish(api: Api, kind: Kind, definition: KubeObject): KubeObject {
  api.kinds.define(definition);
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: "True",
    reason,
    message,
    lastTransitionTime: definition.metadata.creationTimestamp,
  });
  return api.store.update(
    kind,
    {
      ...definition,
      status: {
        conditions: [
          condition("NamesAccepted", "NoConflicts", "no conflicts found"),
          condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
        ],
        storedVersions: [apiVersionOf(kind).split("/").at(-1)],
      },
    },
    "status",
  );
}

function withoutServerFields(object: KubeObject): KubeObject {
  const rest = structuredClone(object);
  delete rest.status;
  const { name, namespace, labels, annotations, finalizers, ownerReferences } = rest.metadata;
  return {
    ...rest,
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(finalizers ? { finalizers } : {}),
      ...(ownerReferences ? { ownerReferences } : {}),
    },
  };
}
