import {
  type FileKustomization,
  fileKustomizations,
} from "../../flux/roots/file-kustomizations.ts";
import type { PlacedObject } from "../../flux/build-inputs.ts";
import { identityKey, identityOf, type KubernetesObject } from "../../manifests/identity.ts";
import { isRecord, parseManifests } from "../../manifests/parse.ts";
import { isBelow } from "./paths.ts";
import type { Side } from "./side-file.ts";
import { isKustomizationPath } from "../../manifests/kustomization-file.ts";
import { onceFor } from "../../once-for.ts";

/** A Flux Kustomization that stands in the files themselves and applies a folder of them. */
export type FluxRoot = {
  /** Its identity and file, as they stand there. */
  readonly key: string;
  readonly file: string;
  /** As its file says it, or as a build makes it of that. */
  readonly object: KubernetesObject;
  readonly isMade: boolean;
  /** Folder that it applies; undefined where that is not among the files. */
  readonly path: string | undefined;
  /** The folder that it asks the files for, where that is not among them. */
  readonly missing?: string | undefined;
  readonly targetNamespace: string | undefined;
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

/** Flux Kustomizations as builds make them of their files, by their keys. */
export type Made = ReadonlyMap<string, KubernetesObject>;

/**
 * The Flux Kustomizations in one side's files.
 * @param seen the files that Flux sees of them
 */
export function fluxRoots(side: Side, seen: Side, made: Made = new Map()): readonly FluxRoot[] {
  const keys = new Map<KubernetesObject, string>();
  const asMade = ({ object, file }: PlacedObject): PlacedObject => {
    const key = keyOf(object, file);
    const other = made.get(key);
    if (other !== undefined) keys.set(other, key);
    return { object: other ?? object, file };
  };
  const objects = objectsOfFlux(side).map(asMade);
  return fileKustomizations(objects, { paths: [...seen.keys()] }).map((one) =>
    rootOf(one, keys.get(one.object)),
  );
}

// A comparison asks for the roots of a side several times, each time with more builds.
const objectsOfFlux = onceFor((side: Side): readonly PlacedObject[] =>
  [...side.values()].flatMap(({ path: file, text }) => {
    if (!text?.includes("toolkit.fluxcd.io/") || !isYaml(file)) return [];
    const { documents } = parseManifests(text, file, { as: "flux" });
    return documents.map(({ object }) => ({ object, file }));
  }),
);

function keyOf(object: KubernetesObject, file: string): string {
  return `${identityKey(identityOf(object))} ${file}`;
}

function isYaml(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path) && !isKustomizationPath(path) && !isBelow(path, "high-level");
}

function rootOf(of: FileKustomization, made: string | undefined): FluxRoot {
  const { object, file, path, missing } = of;
  const spec = isRecord(object["spec"]) ? object["spec"] : {};
  const { targetNamespace } = spec;
  return {
    ...{ key: made ?? keyOf(object, file), file, object, path, isMade: made !== undefined },
    missing,
    targetNamespace: typeof targetNamespace === "string" ? targetNamespace : undefined,
    changing: changing.filter((key) => spec[key] !== undefined),
  };
}
