import { posix } from "node:path";
import { parseYaml } from "../core/manifests/parse.ts";

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
