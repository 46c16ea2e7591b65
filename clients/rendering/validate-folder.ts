import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import type { Validation } from "../../core/delivery/delivery.ts";
import type { Problem } from "../../core/errors.ts";
import { identityKey, identityOf } from "../../core/manifests/identity.ts";
import { joinedSchemas } from "../../core/manifests/object-schemas.ts";
import { isRecord, parseManifests, parseYaml } from "../../core/manifests/parse.ts";
import { checkObjects } from "../../core/render/check-objects.ts";
import type { CheckedObject, Finding } from "../../core/render/check-objects.ts";
import { lostPlaceholders } from "../../core/render/lost-placeholders.ts";
import { knownCluster } from "../schemas/known-schemas.ts";
import { containedPath, filesUnder } from "./contained-files.ts";
import type { Root } from "./contained-files.ts";
import { installedSchemas } from "./installed-schemas.ts";

export type FolderCheck = {
  readonly objects: number;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

type Options = {
  /** `1.37`; the newest known when absent. */
  readonly kubernetesVersion?: string | undefined;
  readonly validation: Validation;
  /** Folders with further CustomResourceDefinitions. */
  readonly schemas: readonly Root[];
};

/** Checks manifests as they lie in a folder, whoever rendered them. */
export async function validateFolder(root: Root, options: Options): Promise<FolderCheck> {
  const { kubernetesVersion, validation } = options;
  const files = (await filesUnder(root, ".")).filter(isManifest);
  const objects: (CheckedObject & { readonly file: string; readonly line: number })[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const text = await readFile(await containedPath(root, file), "utf8");
    if (!validation.off.includes("placeholders")) problems.push(...lostPlaceholders(text, file));
    if (!holdsObjects(text, file)) continue;
    const parsed = parseManifests(text, file, { exactIntegers: true });
    problems.push(...parsed.problems);
    const app = { name: posix.dirname(file), clusterScoped: [] };
    objects.push(...parsed.documents.map(({ object, line }) => ({ app, object, file, line })));
  }
  const installed = await Promise.all(options.schemas.map((each) => installedSchemas(each, ["."])));
  const further = joinedSchemas(...installed.map(({ bundle }) => bundle));
  const { cluster, warnings } = knownCluster(kubernetesVersion, further);
  const found = checkObjects(objects, cluster, validation);
  const bySeverity = (wanted: Finding["severity"]) =>
    found.filter(({ severity }) => severity === wanted);
  return {
    objects: objects.length,
    problems: [...problems, ...bySeverity("error")],
    warnings: [
      ...warnings.map((message) => ({ message })),
      ...repeated(objects),
      ...bySeverity("warning"),
    ],
  };
}

// kustomization.yaml is read by Flux, not applied; an index is ours.
function isManifest(path: string): boolean {
  return (
    /\.(ya?ml|json)$/.test(path) &&
    !/(^|\/)kustomization\.ya?ml$/.test(path) &&
    !/(^|\/)\.fluxgate\//.test(path) &&
    path !== "render-result.json"
  );
}

// Values files and the like lie beside manifests; what has neither apiVersion nor kind is none.
function holdsObjects(text: string, file: string): boolean {
  const { documents, problems } = parseYaml(text, file);
  const named = documents.some(
    ({ value }) => isRecord(value) && ("apiVersion" in value || "kind" in value),
  );
  return problems.length > 0 || named;
}

// The same object below one environment's folder; two environments may of course both have it.
function repeated(objects: readonly (CheckedObject & { file: string })[]): readonly Problem[] {
  const files = new Map<string, string[]>();
  for (const { object, file } of objects) {
    const key = `${file.split("/").slice(0, -2).join("/")} ${identityKey(identityOf(object))}`;
    files.set(key, [...(files.get(key) ?? []), file]);
  }
  return [...files]
    .filter(([, places]) => places.length > 1)
    .map(([key, [first = "", ...others]]) => ({
      file: first,
      message: `${key.slice(key.indexOf(" ") + 1)} is in ${others.join(", ")} as well`,
    }));
}
