import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "../../../core/manifests/identity.ts";

/** The objects of `taken.yaml` or `refused.yaml`. */
export function idioms(file: "taken" | "refused"): readonly KubernetesObject[] {
  const text = readFileSync(new URL(`${file}.yaml`, import.meta.url), "utf8");
  return parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
}
