import { identityKey, identityOf, type KubernetesObject } from "../../manifests/identity.ts";
import { isRecord, parseManifests } from "../../manifests/parse.ts";
import { valueAt } from "../values.ts";
import { isKustomizationPath } from "./kustomization.ts";
import { isBelow, resolved } from "./paths.ts";
import type { Side } from "./side-file.ts";

/** A Flux Kustomization that stands in the files themselves and applies a folder of them. */
export type FluxRoot = {
  /** Its identity and file. */
  readonly key: string;
  readonly file: string;
  readonly object: KubernetesObject;
  /** Folder that it applies; undefined where that is not among the files. */
  readonly path: string | undefined;
  readonly targetNamespace: string | undefined;
  readonly prunes: boolean;
  /** Keys by which it makes other objects of the files. */
  readonly changing: readonly string[];
};

/** All that decides what one applies of its folder, which may lie elsewhere. */
export function buildOf({ object: { spec } }: FluxRoot): Readonly<Record<string, unknown>> {
  const given = isRecord(spec) ? spec : {};
  const keys = [...changing, "postBuild", "path", "sourceRef", "targetNamespace"];
  return Object.fromEntries(keys.flatMap((key) => (key in given ? [[key, given[key]]] : [])));
}

const changing = [
  ...["patches", "patchesStrategicMerge", "patchesJson6902", "images", "namePrefix"],
  ...["nameSuffix", "components", "commonMetadata"],
];

/** The Flux Kustomizations in one side's files. */
export function fluxRoots(side: Side): readonly FluxRoot[] {
  return [...side.values()].flatMap(({ path, text }) => {
    if (!text?.includes("kustomize.toolkit.fluxcd.io/") || !isYaml(path)) return [];
    return parseManifests(text, path, { as: "flux" }).documents.flatMap(({ object }) =>
      rootOf(object, { file: path, side }),
    );
  });
}

/** Whether an object is a Kustomization of Flux. */
function isFluxKustomization({ kind, apiVersion }: KubernetesObject): boolean {
  return kind === "Kustomization" && apiVersion.startsWith("kustomize.toolkit.fluxcd.io/");
}

function isYaml(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path) && !isKustomizationPath(path) && !isBelow(path, "high-level");
}

function rootOf(
  object: KubernetesObject,
  { file, side }: { readonly file: string; readonly side: Side },
): readonly FluxRoot[] {
  if (!isFluxKustomization(object)) return [];
  const spec = isRecord(object["spec"]) ? object["spec"] : {};
  const path = resolved("", typeof spec["path"] === "string" ? spec["path"] : "");
  const isHere = path !== undefined && [...side.keys()].some((each) => isBelow(each, path));
  const { targetNamespace } = spec;
  return [
    {
      key: `${identityKey(identityOf(object))} ${file}`,
      file,
      object,
      path: isHere && valueAt(spec, "sourceRef.kind") === "GitRepository" ? path : undefined,
      targetNamespace: typeof targetNamespace === "string" ? targetNamespace : undefined,
      prunes: spec["prune"] === true && spec["deletionPolicy"] !== "Orphan",
      changing: changing.filter((key) => spec[key] !== undefined),
    },
  ];
}
