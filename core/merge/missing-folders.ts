import { isRecord } from "../manifests/parse.ts";
import type { PlacedObject } from "../flux/build-inputs.ts";
import { type FluxRoot, type FluxRoots, isBelow } from "./flux-roots.ts";
import type { MergeFinding } from "./merge-finding.ts";

export type MissingFolder = { readonly of: PlacedObject; readonly finding: MergeFinding };

/**
 * Kustomizations that build from these files, and whose folder is not among them any more or was
 * never: Flux fails them until it is there. One whose source may be another repository is none.
 */
export function missingFolders(
  { roots, elsewhere }: FluxRoots,
  { before, changed }: { readonly before: FluxRoots; readonly changed: readonly string[] },
): readonly MissingFolder[] {
  const own = ownSources([...roots, ...before.roots]);
  const wasThere = (one: PlacedObject) =>
    before.roots.some(
      ({ kustomization, file }) =>
        file === one.file && nameOf(kustomization) === nameOf(one.object),
    );
  return elsewhere
    .filter(({ object }) => own.has(sourceOf(object)) && sourceOf(object) !== undefined)
    .filter((one) => changed.includes(one.file) || wasThere(one))
    .map((one) => {
      const { object, file } = one;
      const { path } = specOf(object);
      const message = `Flux cannot build ${object.metadata.name}: its path ${typeof path === "string" ? path : "./"} is not in the repository`;
      return { of: one, finding: { severity: "error", message, file } };
    });
}

// A folder of another repository may by chance be here too: where several sources seem to be this
// repository, only those are it for certain by which a Kustomization applies the folder it stands in.
function ownSources(roots: readonly FluxRoot[]): ReadonlySet<string | undefined> {
  const all = new Set(roots.map(({ kustomization }) => sourceOf(kustomization)));
  if (all.size < 2) return all;
  const itself = roots.filter(({ file = "", path }) => isBelow(file, path));
  return new Set(itself.map(({ kustomization }) => sourceOf(kustomization)));
}

function sourceOf(kustomization: FluxRoot["kustomization"]): string | undefined {
  const source = specOf(kustomization)["sourceRef"];
  if (!isRecord(source) || typeof source["name"] !== "string") return undefined;
  const { kind = "GitRepository", namespace = kustomization?.metadata.namespace, name } = source;
  return kind === "GitRepository" ? `${String(namespace)}/${name}` : undefined;
}

function specOf(object: FluxRoot["kustomization"]): Readonly<Record<string, unknown>> {
  const spec = object?.["spec"];
  return isRecord(spec) ? spec : {};
}

function nameOf(object: FluxRoot["kustomization"]): string {
  return `${object?.metadata.namespace ?? ""}/${object?.metadata.name ?? ""}`;
}
