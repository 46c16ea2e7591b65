import { join } from "node:path";
import { InputError } from "../core/errors.ts";
import type { Problem } from "../core/errors.ts";
import { identityKey, identityOf } from "../core/manifests/identity.ts";
import type { KubernetesObject } from "../core/manifests/identity.ts";
import { toYaml } from "../core/manifests/kubernetes-yaml.ts";
import { parseManifests } from "../core/manifests/parse.ts";
import { withNamespace } from "../core/render/app-tree.ts";
import { joinOrigins, type Place } from "../core/render/origins.ts";
import { isTarget, parseSnippets, targetText } from "../core/render/snippets.ts";
import { loadGoPatterns } from "./go-patterns.ts";
import type { GoPatterns, Snippet } from "../core/render/snippets.ts";
import { placeIn, type ConfigFile } from "./inputs/app-config.ts";
import type { RenderedDocument, StepContext } from "./step-context.ts";

/** A shared patch that found no object of this app; an error when it finds none in any app. */
export type UnusedPatch = Problem & { readonly file: string; readonly line: number };

export type Applied = {
  readonly documents: readonly RenderedDocument[];
  readonly unused: readonly UnusedPatch[];
};

type Patch = Extract<Snippet, { kind: "patch" }>;
type UsedPatch = Patch & { readonly place: Place };

/**
 * Adds an environment's objects to an app's and applies its patches, in the order of the files.
 * Namespaces are filled in before, so that patches may name them.
 * @throws InputError for files that are no snippets and for the app's own patches without a target.
 */
export async function applySnippets(
  documents: readonly RenderedDocument[],
  context: StepContext,
): Promise<Applied> {
  const files = context.config.snippets;
  const patterns = files.length === 0 ? () => undefined : await loadGoPatterns();
  const parsed = files.map((file) => ({ file, ...readSnippets(file, context, patterns) }));
  const problems = parsed.flatMap((each) => each.problems);
  if (problems.length > 0) throw new InputError(problems);
  const added = parsed.flatMap(({ file, snippets }) =>
    snippets.flatMap((each) =>
      each.kind === "object"
        ? [
            {
              ...{ object: each.object, file: each.file, line: each.line },
              origin: { files: [placeIn(file, each.line)] },
            },
          ]
        : [],
    ),
  );
  const all = namespaced([...documents, ...added], context.app.namespace);
  const unused: UnusedPatch[] = [];
  const used: UsedPatch[] = [];
  const missing: Problem[] = [];
  for (const { file, snippets } of parsed) {
    for (const patch of snippets) {
      if (patch.kind !== "patch") continue;
      if (all.some(({ object }) => isTarget(patch.target, object, patterns))) {
        used.push({ ...patch, place: placeIn(file, patch.line) });
      } else (file.shared ? unused : missing).push(nothingToPatch(patch, context));
    }
  }
  if (missing.length > 0) throw new InputError(missing);
  return {
    documents: used.length === 0 ? all : await patchOne(all, used, { ...context, patterns }),
    unused,
  };
}

function readSnippets(
  { text, path, shared }: ConfigFile,
  { delivery, environment }: StepContext,
  patterns: GoPatterns,
) {
  const { snippets, problems } = parseSnippets(text, path, patterns);
  const object = snippets.find(({ kind }) => kind === "object");
  if (!shared || !object || delivery.apps.length === 1) return { snippets, problems };
  const message = `environment ${environment.name}: an object for which app? Put the file into a folder with the app's name`;
  return { snippets, problems: [...problems, { file: path, line: object.line, message }] };
}

function nothingToPatch({ target, file, line }: Patch, { environment }: StepContext): UnusedPatch {
  const message = `environment ${environment.name}: the patch matches nothing: no ${targetText(target)} is rendered`;
  return { file, line, message };
}

function namespaced(
  documents: readonly RenderedDocument[],
  namespace: string | undefined,
): readonly RenderedDocument[] {
  const objects = withNamespace(
    documents.map(({ object }) => object),
    namespace,
  );
  return documents.map((document, index) => ({
    ...document,
    object: objects[index] ?? document.object,
  }));
}

// kustomize knows the merge keys of Kubernetes' own kinds. Only what is patched passes through it.
async function patchOne(
  documents: readonly RenderedDocument[],
  patches: readonly UsedPatch[],
  { copy, run, patterns }: StepContext & { readonly patterns: GoPatterns },
): Promise<readonly RenderedDocument[]> {
  const patchesOf = ({ object }: RenderedDocument) =>
    patches.filter(({ target }) => isTarget(target, object, patterns));
  const isPatched = (document: RenderedDocument) => patchesOf(document).length > 0;
  const folder = ".fluxgate-patches";
  const targets = documents.filter(isPatched);
  copy.write(`${folder}/objects.yaml`, targets.map(({ object }) => toYaml(object)).join("---\n"));
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: ["objects.yaml"],
    patches: patches.map(({ patch, target }) => ({ patch: toYaml(patch), target })),
  };
  copy.write(`${folder}/kustomization.yaml`, toYaml(kustomization));
  const cwd = join(copy.ownRootFor([]), folder);
  const output = await run("kubectl", ["kustomize", "."], { cwd });
  const { documents: results } = parseManifests(output, folder, { exactIntegers: true });
  const byKey = new Map(results.map(({ object }) => [keyOf(object), object]));
  return documents.flatMap((document) => {
    const own = patchesOf(document).map(({ place }) => place);
    if (own.length === 0) return [document];
    // `$patch: delete` takes the object away.
    const object = byKey.get(keyOf(document.object));
    if (object === undefined) return [];
    return [
      { ...document, object, origin: joinOrigins(document.origin, { files: [], patches: own }) },
    ];
  });
}

function keyOf(object: KubernetesObject): string {
  return identityKey(identityOf(object));
}
