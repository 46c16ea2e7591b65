// Drift, by the API server's own record of who wrote which fields (metadata.managedFields).
import { objectAt, objectsAt, textAt } from "../flux/read-json.ts";

/** Somebody who wrote fields of an object that Flux applied. Values are never told. */
export type ChangedBy = {
  readonly manager: string;
  readonly at?: string;
  readonly fields: readonly string[];
};

// Flux' own, and the cluster's own controllers, which write what is theirs.
const expected = /^(kustomize-controller|helm-controller|flux(?:-.*)?|kube-.*|kubelet|helm)$/;
const mostManagers = 5;
const mostFields = 5;

/** Empty for an object that only Flux and the cluster's own controllers write. */
export function changedByOthers(object: unknown): readonly ChangedBy[] {
  return objectsAt(object, "metadata", "managedFields")
    .flatMap((entry): readonly ChangedBy[] => {
      const manager = textAt(entry, "manager") ?? "unknown";
      const fields = writtenFields(entry);
      if (expected.test(manager) || fields.length === 0) return [];
      if (textAt(entry, "subresource") === "status") return [];
      const at = textAt(entry, "time");
      return [
        { manager, ...(at === undefined ? {} : { at }), fields: fields.slice(0, mostFields) },
      ];
    })
    .sort((a, b) => ((a.at ?? "") < (b.at ?? "") ? 1 : -1))
    .slice(0, mostManagers);
}

/** The fields that an entry of `managedFields` says somebody wrote. */
export function writtenFields(entry: unknown): readonly string[] {
  const fields = objectAt(entry, "fieldsV1");
  const metadata = objectAt(fields, "f:metadata");
  return [
    ...leaves(objectAt(fields, "f:spec"), "spec", 0),
    ...leaves(objectAt(metadata, "f:labels"), "metadata.labels", 0),
    ...leaves(objectAt(metadata, "f:annotations"), "metadata.annotations", 0),
  ];
}

// Deeper than any schema of Kubernetes' own; what others write may have any depth.
const deepest = 20;

function leaves(fields: object, path: string, depth: number): readonly string[] {
  const inner = Object.entries(fields as Readonly<Record<string, unknown>>).filter(
    ([key]) => key !== ".",
  );
  if (inner.length === 0) return Object.keys(fields).length > 0 || depth > 0 ? [path] : [];
  if (depth >= deepest) return [path];
  return inner.flatMap(([key, below]) => {
    const next = typeof below === "object" && below !== null ? below : {};
    return leaves(next, `${path}${segment(key)}`, depth + 1);
  });
}

// `f:replicas` → `.replicas`, `k:{"name":"api"}` → `[api]`, `v:"x"` → `["x"]`
function segment(key: string): string {
  if (key.startsWith("f:")) return `.${key.slice(2)}`;
  const [, name] = /^k:\{"[^"]+":"?([^",}]+)/.exec(key) ?? [];
  return `[${name ?? key.slice(2)}]`;
}
