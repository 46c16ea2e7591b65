// Images outside of containers: `spec.image` of custom resources, `image: {repository, tag}` in a
// chart's values.
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import type { Edit } from "./edits.ts";
import { between, type ImageVersions } from "./image-versions.ts";
import { childAt, keysOf, type Path } from "./path.ts";

const fields = /^(image|imageName|.*[a-z]Image|image[A-Z].*Name|baseImage)$/;
const inContainers = /^(containers|initContainers|ephemeralContainers)$/;

/** The image that an edit changes outside of containers. */
export function imageElsewhere(
  edit: Edit,
  after: KubernetesObject | undefined,
): readonly ImageVersions[] {
  if (edit.kind !== "changed") return [];
  const { path, before, after: next } = edit;
  const field = path.at(-1);
  if (typeof field !== "string" || keysOf(path).some((key) => inContainers.test(key))) return [];
  if (fields.test(field) && isReference(before) && isReference(next)) {
    return [between(before, next)];
  }
  const [tag, beside] = [field, parentOf(path, after)];
  const name = beside?.["repository"] ?? beside?.["name"];
  const isPart = (tag === "tag" || tag === "digest") && isImageName(name) && isScalar(next);
  if (!isPart || beside === undefined || !isScalar(before)) return [];
  const registry = typeof beside["registry"] === "string" ? `${beside["registry"]}/` : "";
  const mark = tag === "digest" ? "@" : ":";
  return [between(`${registry}${name}${mark}${before}`, `${registry}${name}${mark}${next}`)];
}

function isReference(value: unknown): value is string {
  return typeof value === "string" && /^[\w.-]+([:/@][\w.:/@-]*)*$/.test(value);
}

function isImageName(value: unknown): value is string {
  return typeof value === "string" && /^[a-z0-9][\w./:-]*$/i.test(value);
}

function isScalar(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function parentOf(path: Path, root: unknown): Readonly<Record<string, unknown>> | undefined {
  const at = path.slice(0, -1).reduce((value, step) => childAt(value, step, "after"), root);
  return isRecord(at) ? at : undefined;
}
