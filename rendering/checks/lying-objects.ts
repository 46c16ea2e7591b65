import { posix } from "node:path";
import type { Validation } from "../../core/delivery/delivery.ts";
import type { Problem } from "../../core/errors.ts";
import { isBuiltIn } from "../../core/manifests/built-in-groups.ts";
import {
  isRecord,
  parseManifests,
  type ParsedYaml,
  parseYaml,
} from "../../core/manifests/parse.ts";
import type { CheckedObject } from "../../core/render/check-objects.ts";
import { lostPlaceholders } from "../../core/render/lost-placeholders.ts";
import type { ManifestFolder } from "../inputs/manifest-folder.ts";

export type Placed = CheckedObject & { readonly file: string; readonly line: number };

/** Objects as they lie in files, and what is wrong with the files. */
export type LyingObjects = {
  readonly objects: readonly Placed[];
  readonly problems: readonly FileProblem[];
  /** Of files that can be read and hold no object at all: why each document is none. */
  readonly strangers: readonly FileProblem[];
};
type FileProblem = Problem & { readonly file: string };

/** The objects in files that are no parts of others. */
export function lyingObjects(
  manifests: ManifestFolder["manifests"],
  { off }: Validation,
): LyingObjects {
  const objects: Placed[] = [];
  const problems: FileProblem[] = [];
  const strangers: FileProblem[] = [];
  const placed = (file: string, said: readonly Problem[]) =>
    said.map((each) => ({ ...each, file }));
  for (const { path, text } of manifests) {
    if (!off.includes("placeholders")) problems.push(...placed(path, lostPlaceholders(text, path)));
    const read = parseYaml(text, path);
    if (!holdsObjects(read)) continue;
    const parsed = parseManifests(text, path, { exactIntegers: true });
    const isStrange = parsed.documents.length === 0 && !read.documents.some(isMeantForCluster);
    (isStrange ? strangers : problems).push(...placed(path, parsed.problems));
    const app = { name: posix.dirname(path), clusterScoped: [] };
    objects.push(
      ...parsed.documents.map(({ object, line }) => ({ app, object, file: path, line })),
    );
  }
  return { objects, problems, strangers };
}

// Values files and the like lie beside manifests; what has neither apiVersion nor kind is none. Nor is
// what counts its versions: Grafana's provisioning files begin with `apiVersion: 1`.
function holdsObjects({ documents, problems }: ParsedYaml): boolean {
  const named = documents.some(
    ({ value }) =>
      isRecord(value) &&
      ("kind" in value || ("apiVersion" in value && typeof value["apiVersion"] !== "number")),
  );
  return problems.length > 0 || named;
}

// A broken one of Kubernetes' or Flux' own kinds is a mistake wherever it lies.
function isMeantForCluster({ value }: ParsedYaml["documents"][number]): boolean {
  if (!isRecord(value) || typeof value["apiVersion"] !== "string") return false;
  const { apiVersion } = value;
  const [group = ""] = apiVersion.split("/");
  if (!apiVersion.includes("/")) return apiVersion === "v1";
  return isBuiltIn(group) || group.endsWith(".toolkit.fluxcd.io");
}
