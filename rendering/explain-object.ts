import type { ImageReference } from "../core/manifests/images.ts";
import { identityKey, identityOf } from "../core/manifests/identity.ts";
import type { KubernetesObject } from "../core/manifests/identity.ts";
import { imagesOf, parseImage } from "../core/manifests/images.ts";
import { isTarget, parseSnippets } from "../core/render/snippets.ts";
import type { GoPatterns } from "../core/render/snippets.ts";
import { loadGoPatterns } from "./go-patterns.ts";
import { renderApp } from "./render-app.ts";
import type { PreparedApp } from "./render-app.ts";

export type ExplainedObject = {
  readonly key: string;
  /** What it comes from, in the order in which it took effect. */
  readonly sources: readonly string[];
};

/** Where the objects come from whose kind and name (`Deployment/api`) or key somebody asks for. */
export async function explainObjects(
  prepared: PreparedApp,
  wanted: string,
  images: readonly ImageReference[] = [],
): Promise<readonly ExplainedObject[]> {
  const { documents } = await renderApp(prepared);
  const patterns = await loadGoPatterns();
  return documents
    .filter(({ object }) => isMeant(object, wanted))
    .map(({ object, file, line }) => ({
      key: identityKey(identityOf(object)),
      sources: [
        `template ${line === undefined ? file : `${file}:${line}`}`,
        ...stepsOf(prepared),
        ...patchesOf(prepared, object, patterns),
        ...imageSources(object, images, prepared),
      ],
    }));
}

function isMeant(object: KubernetesObject, wanted: string): boolean {
  const { kind, metadata } = object;
  return wanted === `${kind}/${metadata.name}` || wanted === identityKey(identityOf(object));
}

function stepsOf({ job }: PreparedApp): readonly string[] {
  const steps = job.app.render.map(({ engine, line }) => `${engine} (fluxgate.yaml:${line})`);
  return [`steps of app ${job.app.name}: ${steps.join(" → ")}`];
}

function patchesOf(
  { context }: PreparedApp,
  object: KubernetesObject,
  patterns: GoPatterns,
): readonly string[] {
  return context.config.snippets.flatMap(({ text, path }) =>
    parseSnippets(text, path, patterns).snippets.flatMap((snippet) =>
      snippet.kind === "patch" && isTarget(snippet.target, object, patterns)
        ? [`patch ${snippet.file}:${snippet.line}`]
        : [],
    ),
  );
}

function imageSources(
  object: KubernetesObject,
  images: readonly ImageReference[],
  { job }: PreparedApp,
): readonly string[] {
  return imagesOf(object, job.delivery.imageFields).map(({ image, path }) => {
    const { name } = parseImage(image);
    const listed = images.some((each) => each.name === name);
    const from = listed ? "tag from the image list" : "tag as the template has it";
    return `image ${name} in ${path.join(".")}: ${from}`;
  });
}
