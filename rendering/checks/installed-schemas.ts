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
  /** All that was read: part of what a cached result hangs on. */
  readonly texts: readonly string[];
};

/**
 * The schemas of the CustomResourceDefinitions in files and folders; other objects in them are
 * passed over.
 * @throws InputError with every path that is missing and every file that is no YAML.
 */
export function installedSchemas(root: Root, paths: readonly string[]): InstalledSchemas {
  const found = paths.flatMap((path) => filesUnder(root, path));
  const files = found.filter((file) => /\.(ya?ml|json)$/.test(file));
  const texts = files.map((file) => fileText(root, file));
  const parsed = texts.map((text, index) => parseManifests(text, files[index] ?? ""));
  const problems = parsed.flatMap((each) => each.problems);
  if (problems.length > 0) throw new InputError(problems);
  const objects = parsed.flatMap(({ documents }) => documents.map(({ object }) => object));
  const definitions = objects.filter(({ kind }) => kind === "CustomResourceDefinition");
  return { bundle: schemasOfCrds(objects), definitions, texts };
}
