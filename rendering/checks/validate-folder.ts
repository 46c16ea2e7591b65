import { posix } from "node:path";
import type { Validation } from "../../core/delivery/delivery.ts";
import type { Problem } from "../../core/errors.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";
import { joinedSchemas } from "../../core/manifests/object-schemas.ts";
import { isRecord, parseManifests, parseYaml } from "../../core/manifests/parse.ts";
import { checkObjects } from "../../core/render/check-objects.ts";
import type { CheckedObject } from "../../core/render/check-objects.ts";
import type { Finding } from "../../core/render/finding.ts";
import { lostPlaceholders } from "../../core/render/lost-placeholders.ts";
import { isAllowedSecret } from "../../core/render/secrets.ts";
import { type Repeated, repeatedObjects } from "../../core/render/repeated-objects.ts";
import { knownCluster } from "./schemas/known-schemas.ts";
import { buildOverlays } from "../kustomize/build-overlays.ts";
import type { BuiltOverlays } from "../kustomize/build-overlays.ts";
import { isThere, type Root } from "../inputs/contained-files.ts";
import { installedSchemas } from "./installed-schemas.ts";
import { manifestFolder } from "../inputs/manifest-folder.ts";

export type FolderCheck = {
  readonly objects: number;
  /** Kubernetes' minor version that they were checked for. */
  readonly minor: number;
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

/**
 * Checks manifests as they lie in a folder, whoever rendered them. What overlays make of them is
 * built where kubectl is there; where it is not, or a base is remote, a warning says so.
 */
export async function validateFolder(root: Root, options: Options): Promise<FolderCheck> {
  const { kubernetesVersion, validation } = options;
  const { manifests, parts, overlays } = manifestFolder(root);
  const objects: Placed[] = [];
  const problems: Problem[] = [];
  for (const { path, text } of manifests) {
    if (!validation.off.includes("placeholders")) problems.push(...lostPlaceholders(text, path));
    if (!holdsObjects(text, path)) continue;
    const parsed = parseManifests(text, path, { exactIntegers: true });
    problems.push(...parsed.problems);
    const app = { name: posix.dirname(path), clusterScoped: [] };
    objects.push(
      ...parsed.documents.map(({ object, line }) => ({ app, object, file: path, line })),
    );
  }
  const built = await buildOverlays(root, overlays);
  const installed = options.schemas.map((each) => installedSchemas(each, ["."]));
  const further = joinedSchemas(...installed.map(({ bundle }) => bundle));
  const { cluster, warnings } = knownCluster(kubernetesVersion, further);
  const all = [...objects, ...onlyNew(objects, built)];
  const found = await checkObjects(all, { ...cluster, moreSchemas: "by --schemas" }, validation);
  const repeated = repeatedObjects(objects);
  // An environment's folder is applied as one: Flux takes the second of them for an error.
  const isApplied = ({ folder }: Repeated) => isEnvironment(root, folder);
  const bySeverity = (wanted: Finding["severity"]) =>
    found.filter(({ severity }) => severity === wanted);
  return {
    objects: all.length,
    minor: cluster.minor,
    problems: [
      ...problems,
      ...built.problems,
      ...repeated.filter(isApplied).map(({ problem }) => problem),
      ...bySeverity("error"),
    ],
    warnings: [
      ...warnings.map((message) => ({ message })),
      ...built.notBuilt,
      ...(overlays.length === 0 ? parts.map(notChecked) : []),
      ...repeated.filter((each) => !isApplied(each)).map(({ problem }) => problem),
      ...unmatched(validation, all),
      ...bySeverity("warning"),
    ],
  };
}

type Placed = CheckedObject & { readonly file: string; readonly line: number };

// The ownership indexes of deliveries lie there; a kustomization of its own may leave files out.
function isEnvironment(root: Root, folder: string): boolean {
  const at = folder === "" ? "." : folder;
  const listed = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
  return isThere(root, `${at}/.fluxgate`) && !listed.some((name) => isThere(root, `${at}/${name}`));
}

function unmatched(
  { allowSecrets }: Validation,
  all: readonly CheckedObject[],
): readonly Problem[] {
  return allowSecrets
    .filter((entry) => !all.some((each) => isAllowedSecret(each, [entry])))
    .map((entry) => ({ message: `--allow-secret ${entry} matches no Secret` }));
}

// An overlay mostly hands on what its bases say, which was checked where it stands.
function onlyNew(objects: readonly Placed[], built: BuiltOverlays): readonly CheckedObject[] {
  const known = new Set(objects.map(({ object }) => toYaml(object)));
  return built.objects
    .filter(({ object }) => !known.has(toYaml(object)))
    .map(({ object, folder }) => ({
      app: { name: folder, clusterScoped: [] },
      object,
      file: folder,
    }));
}

function notChecked(file: string): Problem {
  return { file, message: "was not checked: it is a part that a kustomization reads" };
}

// Values files and the like lie beside manifests; what has neither apiVersion nor kind is none.
function holdsObjects(text: string, file: string): boolean {
  const { documents, problems } = parseYaml(text, file);
  const named = documents.some(
    ({ value }) => isRecord(value) && ("apiVersion" in value || "kind" in value),
  );
  return problems.length > 0 || named;
}
