import { posix } from "node:path";
import { isRecord, parseYaml } from "../core/manifests/parse.ts";

/**
 * What a kustomization takes from outside of its own folder: bases, components, patches, values. Any
 * text in it with a `..` part may be one. Paths in the repository; what leaves it is left out.
 * @param path of the kustomization's file
 */
export function outsideReferences(text: string, path: string): readonly string[] {
  const folder = posix.dirname(path);
  const found = new Set<string>();
  for (const value of textsIn(text, path)) {
    // A generator's file may have a key before it: `app.conf=../common/app.conf`.
    const reference = value.replace(/^[^=/]+=/, "");
    if (!/(^|\/)\.\.(\/|$)/.test(reference) || /[\n?]|:\/\//.test(reference)) continue;
    const target = posix.join(folder, reference).replace(/\/+$/, "");
    const inside = target === folder || target.startsWith(`${folder}/`);
    // kustomize refuses to build a folder around its own.
    const around = target === "." || folder.startsWith(`${target}/`);
    const leaves = target === ".." || target.startsWith("../");
    if (!inside && !around && !leaves) found.add(target);
  }
  return [...found];
}

const plainKeys = new Set(["apiVersion", "kind", "metadata", "resources", "bases", "sortOptions"]);

/** What a kustomization does with the files of its folder. */
export type KustomizationReading = {
  /** What it takes from outside of its own folder. */
  readonly outside: readonly string[];
  /** Paths in the repository: files, and folders with kustomizations of their own. */
  readonly resources: readonly string[];
  /** Why files and objects do not map one to one; absent for a plain list. */
  readonly whole?: string;
};

/** @param path of the kustomization's file */
export function readKustomization(text: string, path: string): KustomizationReading {
  const outside = outsideReferences(text, path);
  const { documents, problems } = parseYaml(text, path);
  const [first] = documents;
  if (!isRecord(first?.value) || documents.length > 1 || problems.length > 0) {
    return { outside, resources: [], whole: `${path} cannot be read` };
  }
  const { value } = first;
  const listed = ["resources", "bases"].flatMap((key) => textsOf(value[key]));
  const remote = listed.find((one) => /:\/\/|^[\w.-]+@|[?]|^[\w-]+\.[a-z]+\/[^/]+\//.test(one));
  const more = Object.keys(value).find((key) => !plainKeys.has(key) && !isEmpty(value[key]));
  const folder = posix.dirname(path);
  return {
    outside,
    resources: listed.map((one) => posix.join(folder, one).replace(/\/+$/, "")),
    ...(more === undefined ? {} : { whole: `${path} uses ${more}` }),
    ...(remote === undefined ? {} : { whole: `${path} takes ${remote} from elsewhere` }),
  };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === "" || (isRecord(value) && Object.keys(value).length === 0);
}

// The file may be anybody's: no recursion, and an end.
const most = 10_000;

function textsIn(text: string, path: string): readonly string[] {
  const texts: string[] = [];
  // Flux says what is wrong with a broken one.
  const rest: unknown[] = parseYaml(text, path).documents.map(({ value }) => value);
  for (const value of rest) {
    if (typeof value === "string") texts.push(value);
    if (typeof value !== "object" || value === null) continue;
    for (const child of Object.values(value)) if (rest.length < most) rest.push(child);
  }
  return texts;
}
