import type { SuspendedBy } from "./flux-base.ts";
import { flagAt, objectAt, objectsAt, textAt } from "./read-json.ts";

/** Who suspended an object: the newest field manager that holds `spec.suspend`. */
export function suspendedBy(json: unknown): SuspendedBy | undefined {
  if (!flagAt(json, "spec", "suspend")) return undefined;
  const [newest] = objectsAt(json, "metadata", "managedFields")
    .filter((entry) => "f:suspend" in objectAt(entry, "fieldsV1", "f:spec"))
    .sort((a, b) => ((textAt(a, "time") ?? "") < (textAt(b, "time") ?? "") ? 1 : -1));
  const manager = textAt(newest, "manager");
  if (manager === undefined) return undefined;
  const at = textAt(newest, "time");
  return { manager, ...(at === undefined ? {} : { at }) };
}
