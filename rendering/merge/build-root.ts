import type { BuildResult } from "../../kube/build.ts";
import type { Kube } from "../../kube/kube.ts";
import { type CommitFiles, type FluxRoot, isBelow } from "../../core/merge/flux-roots.ts";
import { valueAt } from "../../core/diff/values.ts";
import { buildInputs, type PlacedObject } from "../../core/flux/build-inputs.ts";
import type { AppliedObject, MergeFinding } from "../../core/merge/merge-finding.ts";
import { emptiedText } from "../../core/render/flux-substitution.ts";
import { existingObjects } from "../../core/render/existing-objects.ts";

export type BuiltRoot = {
  readonly objects: readonly AppliedObject[];
  /** Flux's own words where it would apply nothing. */
  readonly failure?: string;
  /** The file that these words name. */
  readonly failureFile?: string;
  readonly notChecked: readonly string[];
  /** Variables without a value. */
  readonly emptied?: readonly MergeFinding[];
};

/** One side of a merge. */
export type Commit = {
  readonly files: CommitFiles;
  /** Its objects as they lie in files: read when they are first asked for. */
  readonly placed: () => readonly PlacedObject[];
};

/** What Flux would apply from a path; where its code is not at hand, what the files say. */
export async function buildRoot(
  root: FluxRoot,
  { files, placed }: Commit,
  kube: Kube,
): Promise<BuiltRoot> {
  const { path, name, kustomization, file: from = "" } = root;
  if (![...files.keys()].some((file) => isBelow(file, path)))
    return { objects: [], notChecked: [] };
  const result = await kube.build({
    files: Object.fromEntries(files),
    ...(kustomization === undefined
      ? { path }
      : { kustomization, ...buildInputs({ object: kustomization, file: from }, placed()) }),
  });
  switch (result.kind) {
    case "built": {
      const unknown = result.unknownVariables;
      return {
        objects: result.objects.map(({ object, file }) => ({
          object,
          file: file ?? path,
          open: unknown,
          ...(valueAt(kustomization, "spec.force") === true ? { forced: true as const } : {}),
        })),
        emptied: emptiedFindings(root, result),
        notChecked:
          unknown.length === 0
            ? []
            : [`${name}: values that only the cluster knows (${unknown.slice(0, 5).join(", ")})`],
      };
    }
    case "failed": {
      const named = [...files.keys()].find((file) => result.message.includes(file));
      return {
        ...{ objects: [], failure: result.message, notChecked: [] },
        ...(named === undefined ? {} : { failureFile: named }),
      };
    }
    case "elsewhere":
    case "absent":
    case "timeout":
    case "crashed": {
      const why = `${name} was not built by Flux's own code: ${result.text}`;
      const inside = [...files].filter(([file]) => isBelow(file, path));
      const found = existingObjects(inside.map(([file, text]) => ({ path: file, text })));
      return {
        objects: found.map(({ path: file, object }) => ({ object, file })),
        notChecked: [why],
      };
    }
  }
}

function emptiedFindings(
  { name, path }: FluxRoot,
  { objects, emptied = [] }: Extract<BuildResult, { readonly kind: "built" }>,
): readonly MergeFinding[] {
  return emptied.map(({ object: at, name: variable }) => ({
    severity: "error",
    message: `${name}: ${emptiedText(variable)}`,
    file: objects[at]?.file ?? path,
  }));
}
