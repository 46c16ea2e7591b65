import { imageNamePattern } from "../images/image-name.ts";
import type { KnownContext } from "./build-contexts.ts";
import { below, folderOf, nameOf, type RepositoryFile } from "./repository-file.ts";

export type FoundImages = {
  readonly images: readonly {
    readonly name: string;
    readonly context: string;
    readonly dockerfile?: string;
  }[];
  readonly notes: readonly string[];
};

/** Images that a Dockerfile here builds, by the names that the manifests have for them. */
export function findImages(
  files: readonly RepositoryFile[],
  of: {
    readonly repository: string;
    /** By Dockerfile, of the pipelines that are there. */
    readonly contexts: ReadonlyMap<string, KnownContext>;
  },
): FoundImages {
  const names = imageNames(files);
  const images = new Map<string, FoundImages["images"][number]>();
  const notes: string[] = [];
  const dockerfiles = files.filter(({ path }) => isDockerfile(path));
  for (const { path } of dockerfiles) {
    const folder = folderOf(path);
    const word = wordOf(path, of.repository);
    const fitting = names.filter((name) => nameOf(name) === word);
    const close =
      fitting.length > 0 ? fitting : names.filter((name) => nameOf(name).endsWith(`-${word}`));
    const only = dockerfiles.length === 1 && names.length === 1 ? names : close;
    const [name, ...others] = only;
    if (name === undefined || others.length > 0) {
      const why =
        name === undefined
          ? "no manifest names an image like it"
          : `it may be ${only.join(" or ")}`;
      notes.push(`${path}: ${why}; add it to images if CI is to build it`);
    } else if (images.has(name)) {
      notes.push(
        `${path}: ${name} is built from ${images.get(name)?.context} already; one of the two has to go`,
      );
    } else {
      const known = of.contexts.get(path);
      const context = known?.context ?? folder;
      const isUsual = path === below(context, "Dockerfile");
      images.set(name, { name, context, ...(isUsual ? {} : { dockerfile: path }) });
      if (known === undefined && !isUsual) {
        notes.push(`${path}: that it is built with its own folder as context is a guess`);
      } else if (known !== undefined && context !== folder) {
        notes.push(
          `${path}: built with the context ${context} (${known.place}), all of which counts as its source; narrow it by context, dependsOn and build.context`,
        );
      }
    }
  }
  return { images: [...images.values()], notes };
}

function isDockerfile(path: string): boolean {
  return /^(Dockerfile(\.[\w-]+)?|[\w-]+\.Dockerfile)$/.test(nameOf(path));
}

function wordOf(path: string, repository: string): string {
  const name = nameOf(path);
  const own = /^([\w-]+)\.Dockerfile$/.exec(name)?.[1];
  const folder = folderOf(path);
  return (own ?? (folder === "." ? repository : nameOf(folder))).toLowerCase();
}

const nameForm = new RegExp(imageNamePattern);

/** Without tags and digests; what holds a token in its name cannot be known. */
function imageNames(files: readonly RepositoryFile[]): readonly string[] {
  const found = new Set<string>();
  const add = (text = "") => {
    const name = text.replace(/@.*$/, "").replace(/:(?!.*\/).*$/, "");
    if (nameForm.test(name)) found.add(name);
  };
  for (const { path, text } of files) {
    if (!/\.(ya?ml|jsonnet|libsonnet|json)$/.test(path)) continue;
    for (const [, image] of text.matchAll(/\bimage['"]?\s*:\s*["']?([^\s"',]+)/g)) add(image);
    for (const [, image] of text.matchAll(/\bnewName\s*:\s*["']?([^\s"',]+)/g)) add(image);
    for (const [, image] of text.matchAll(
      /\bimage: ?\{[^}\n]{0,300}\brepository:\s*["']?([^\s"',}]+)/g,
    ))
      add(image);
    for (const image of splitImages(text)) add(image);
  }
  return [...found];
}

// Charts split it over lines: `image:`, then `repository:` and `tag:`.
function splitImages(text: string): readonly string[] {
  const lines = text.split("\n");
  return lines.flatMap((line, at) => {
    if (!/^\s*image:\s*(#.*)?$/.test(line)) return [];
    const near = lines.slice(at + 1, at + 6).join("\n");
    return /^\s+repository:\s*["']?([^\s"']+)/m.exec(near)?.[1] ?? [];
  });
}
