// Secrets that stand in no file, since something else makes them.
import { identityOf, type KubernetesObject } from "../../manifests/identity.ts";
import { ownEntry } from "../../own-entry.ts";
import { isRecord } from "../../manifests/parse.ts";
import { objectName } from "../../manifests/object-name.ts";
import { typeName } from "../object-type.ts";
import type { ObjectChange } from "../object-change.ts";
import { mappings } from "../pod-spec.ts";
import { type Finding, medium, type Surroundings } from "../risk.ts";
import { usersOf } from "../users.ts";
import { valueAt } from "../values.ts";

const names: Readonly<Record<string, readonly string[]>> = {
  "ExternalSecret.external-secrets.io": ["spec.target.name", "metadata.name"],
  "Certificate.cert-manager.io": ["spec.secretName"],
  "SealedSecret.bitnami.com": ["spec.template.metadata.name", "metadata.name"],
};

/** The name of the Secret that an object makes. */
export function secretMadeBy(object: KubernetesObject | undefined): string | undefined {
  if (object === undefined) return undefined;
  const type = typeName(identityOf(object));
  const fields = ownEntry(names, type) ?? [];
  return fields
    .map((field) => valueAt(object, field))
    .find((one): one is string => typeof one === "string");
}

/** The keys of the Secret that an object makes; undefined where only the cluster can tell. */
export function keysMadeBy({ kind, spec }: KubernetesObject): readonly string[] | undefined {
  if (kind === "SealedSecret") {
    const parts = [valueAt(spec, "encryptedData"), valueAt(spec, "template.data")];
    return parts.flatMap((part) => (isRecord(part) ? Object.keys(part) : []));
  }
  const isOpen = ["dataFrom", "target.template"].some(
    (field) => valueAt(spec, field) !== undefined,
  );
  if (kind !== "ExternalSecret" || isOpen) return undefined;
  return mappings(valueAt(spec, "data")).map(({ secretKey }) => String(secretKey));
}

/** A Secret under another name, while the old one is still used: it gets no new values. */
export function renamedSecrets(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const [was, is] = [change.before, change.after].map(secretMadeBy);
  if (was === undefined || is === undefined || was === is || change.renamedFrom) return [];
  const { namespace } = change.identity;
  const isMade = beside.after.some(
    (one) => identityOf(one).namespace === namespace && secretMadeBy(one) === was,
  );
  const [user] = isMade ? [] : usersOf({ kind: "Secret", namespace, name: was }, beside.after);
  if (user === undefined) return [];
  const text = `makes the Secret ${is} instead of ${was}, which ${objectName(user)} still uses`;
  return [medium(text)];
}
