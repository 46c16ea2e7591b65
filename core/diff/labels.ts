import { isRecord } from "../manifests/parse.ts";
import type { Mapping } from "./pod-spec.ts";
import { valueAt } from "./values.ts";

/** The annotations of an object, or of its pods' template; empty where there are none. */
export function annotationsOf(object: unknown): Mapping {
  return mappingAt(object, "metadata.annotations");
}

/** The same of its labels. */
export function labelsOf(object: unknown): Mapping {
  return mappingAt(object, "metadata.labels");
}

function mappingAt(object: unknown, field: string): Mapping {
  const found = valueAt(object, field);
  return isRecord(found) ? found : {};
}
