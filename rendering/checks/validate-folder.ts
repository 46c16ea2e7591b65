import type { Validation } from "../../core/delivery/delivery.ts";
import type { Problem } from "../../core/errors.ts";
import { joinedSchemas } from "../../core/manifests/object-schemas.ts";
import { checkObjects } from "../../core/render/check-objects.ts";
import type { CheckedObject } from "../../core/render/check-objects.ts";
import type { Finding } from "../../core/render/finding.ts";
import { isAllowedSecret } from "../../core/render/secrets.ts";
import { repeatedObjects } from "../../core/render/repeated-objects.ts";
import type { Kube } from "../../kube/kube.ts";
import { knownCluster } from "./schemas/known-schemas.ts";
import type { Root } from "../inputs/contained-files.ts";
import { buildByFlux, buildByKubectl } from "./applied-objects.ts";
import { circleProblems } from "./circle-problems.ts";
import { postBuildNames } from "./folder-roots.ts";
import { installedSchemas } from "./installed-schemas.ts";
import { lyingObjects } from "./lying-objects.ts";
import { serverJudge } from "./server-judge.ts";
import { manifestFolder } from "../inputs/manifest-folder.ts";

export type FolderCheck = {
  readonly objects: number;
  /** Kubernetes' minor version that they were checked for. */
  readonly minor: number;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
};

type Options = {
  /** `1.37`; the version of Kubernetes' own code when absent. */
  readonly kubernetesVersion?: string | undefined;
  readonly validation: Validation;
  /** Folders with further CustomResourceDefinitions. */
  readonly schemas: readonly Root[];
  /** Flux's and Kubernetes' own code; kubectl and schemas judge when absent. */
  readonly kube?: Kube | undefined;
  /** Whether a path is left out. */
  readonly isExcluded?: (path: string) => boolean;
};

/**
 * Checks manifests of a folder, whoever rendered them: what Flux would build of them where its own
 * code is there, otherwise what lies there and what kubectl makes of overlays. What could not be
 * built is a warning.
 */
export async function validateFolder(root: Root, options: Options): Promise<FolderCheck> {
  const { kubernetesVersion, kube } = options;
  const folder = manifestFolder(root, options.isExcluded);
  const lying = lyingObjects(folder.manifests, options.validation);
  const names = postBuildNames(lying.objects.map(({ object }) => object));
  const applied = await appliedOf(kube, { root, folder, lying });
  const postBuild = [...options.validation.postBuild, ...names, ...applied.unknownVariables];
  const validation = { ...options.validation, postBuild };
  const installed = options.schemas.map((each) => installedSchemas(each, ["."]));
  const further = joinedSchemas(...installed.map(({ bundle }) => bundle));
  const { cluster, warnings } = knownCluster(kubernetesVersion, further);
  const definitions = installed.flatMap((each) => each.definitions);
  const judge = kube && { server: serverJudge(kube), definitions };
  const all = applied.objects;
  const known = { ...cluster, ...judge, moreSchemas: "by --schemas" };
  const found = await checkObjects(all, known, validation);
  const bySeverity = (wanted: Finding["severity"]) =>
    found.filter(({ severity }) => severity === wanted);
  const repeated = repeatedObjects(applied.placed, applied.fluxPaths);
  return {
    objects: all.length,
    minor: cluster.minor,
    problems: [
      ...applied.problems,
      ...repeated.errors,
      ...circleProblems(applied.placed),
      ...bySeverity("error"),
    ],
    warnings: [
      ...warnings.map((message) => ({ message })),
      ...applied.warnings,
      ...repeated.warnings,
      ...options.schemas.flatMap(({ path }, index) =>
        (installed[index]?.without.length ?? 0) === 0
          ? []
          : [{ message: `--schemas ${path} holds no CustomResourceDefinition` }],
      ),
      ...unmatched(validation, all),
      ...bySeverity("warning"),
    ],
  };
}

async function appliedOf(kube: Kube | undefined, of: Parameters<typeof buildByFlux>[1]) {
  if (kube === undefined) return buildByKubectl(of);
  const built = await buildByFlux(kube, of);
  return "unavailable" in built ? buildByKubectl(of, built.unavailable) : built;
}

function unmatched(
  { allowSecrets }: Validation,
  all: readonly CheckedObject[],
): readonly Problem[] {
  return allowSecrets
    .filter((entry) => !all.some((each) => isAllowedSecret(each, [entry])))
    .map((entry) => ({ message: `--allow-secret ${entry} matches no Secret` }));
}
