import { InputError } from "../../core/errors.ts";
import { schemasOfCrds } from "../../core/manifests/object-schemas.ts";
import type { SchemaBundle } from "../../core/manifests/object-schemas.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { parseManifests } from "../../core/manifests/parse.ts";
import { filesUnder, fileText } from "../inputs/contained-files.ts";
import type { Root } from "../inputs/contained-files.ts";

export type InstalledSchemas = {
  readonly bundle: SchemaBundle;
  /** The definitions themselves. */
  readonly definitions: readonly KubernetesObject[];
  /** Paths under which no definition is. */
  readonly without: readonly string[];
  /** All that was read: part of what a cached result hangs on. */
  readonly texts: readonly string[];
};

/**
 * The schemas of the CustomResourceDefinitions in files and folders; other objects in them are
 * passed over.
 * @throws InputError with every path that is missing and every file that is no YAML.
 */
export function installedSchemas(root: Root, paths: readonly string[]): InstalledSchemas {
  const read = paths.flatMap((path) =>
    filesUnder(root, path)
      .filter((file) => /\.(ya?ml|json)$/.test(file))
      .map((file) => ({ path, file, text: fileText(root, file) })),
  );
  const texts = read.map(({ text }) => text);
  const parsed = read.map(({ path, file, text }) => ({ path, ...parseManifests(text, file) }));
  const problems = parsed.flatMap((each) => each.problems);
  if (problems.length > 0) throw new InputError(problems);
  const objects = parsed.flatMap(({ documents }) => documents.map(({ object }) => object));
  const definitions = objects.filter(isDefinition);
  const having = parsed.filter(({ documents }) =>
    documents.some(({ object }) => isDefinition(object)),
  );
  const without = paths.filter((path) => !having.some((each) => each.path === path));
  return { bundle: schemasOfCrds(objects), definitions, without, texts };
}

function isDefinition({ kind }: KubernetesObject): boolean {
  return kind === "CustomResourceDefinition";
}
