// Server-side apply without force: fields that somebody else manages with another value are
// refused (https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts).
import { ApiFailure } from "./api-failure.ts";
import { isRecord, sameJson, type FieldSet, type KubeObject } from "./kube-object.ts";
import type { Writer } from "./managed-fields.ts";

/** @throws ApiFailure 409 that names the managers and the fields */
export function refuseConflicts(live: KubeObject, next: KubeObject, writer: Writer): void {
  const conflicts = (live.metadata.managedFields ?? [])
    .filter(({ manager, operation }) => {
      return manager !== writer.manager || operation !== writer.operation;
    })
    .map(({ manager, operation, fieldsV1, apiVersion }) => ({
      // The server names the version only of those that did not apply.
      by: operation === "Apply" ? `"${manager}"` : `"${manager}" using ${apiVersion}`,
      fields: taken(fieldsV1, { live, next }),
    }))
    .filter(({ fields }) => fields.length > 0);
  if (conflicts.length === 0) return;
  const count = conflicts.reduce((sum, { fields }) => sum + fields.length, 0);
  const list = conflicts.map(({ by, fields }) =>
    fields.length === 1
      ? `conflict with ${by}: ${fields[0]}`
      : `conflicts with ${by}:\n${fields.map((field) => `- ${field}`).join("\n")}`,
  );
  const many = count === 1 ? "1 conflict" : `${count} conflicts`;
  const message = `Apply failed with ${many}: ${list.join("\n")}`;
  throw new ApiFailure(409, "Conflict", { message });
}

function taken(
  fields: FieldSet,
  { live, next }: { readonly live: unknown; readonly next: unknown },
  path = "",
): string[] {
  if (!isRecord(next)) return [];
  return Object.entries(fields).flatMap(([key, inner]) => {
    const name = key.replace(/^f:/, "");
    if (!(name in next)) return [];
    const mine = next[name];
    const theirs = isRecord(live) ? live[name] : undefined;
    const at = `${path}.${name}`;
    if (Object.keys(inner).length > 0) return taken(inner, { live: theirs, next: mine }, at);
    return sameJson(mine, theirs) ? [] : [at];
  });
}
