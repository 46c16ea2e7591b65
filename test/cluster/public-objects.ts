// What checkouts of public repositories hold: folders to build, and objects that lie there plainly.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { existingObjects } from "../../core/render/existing-objects.ts";

/** Programs and pictures are nothing that a build reads. */
const foreign =
  /^\.(go|ts|tsx|js|jsx|css|scss|html|md|png|jpe?g|gif|svg|ico|pdf|lock|sum|tgz|zip)$/;
const mostBytes = 4_000_000;
const names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

export type Checkout = { readonly name: string; readonly files: Readonly<Record<string, string>> };

/** The checkouts in a folder, each with its files by path. */
export function* checkoutsIn(folder: string): Generator<Checkout> {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const root = join(folder, name);
    if (!statSync(root).isDirectory()) continue;
    const paths = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !foreign.test(extname(entry.name)))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .filter((path) => !path.startsWith(".git/") && statSync(join(root, path)).size < mostBytes);
    const read = paths.map((path) => [path, readFileSync(join(root, path), "utf8")] as const);
    yield { name, files: Object.fromEntries(read) };
  }
}

/** Folders that are built for themselves: components are parts of others. */
export function foldersToBuild({ files }: Checkout): readonly string[] {
  return Object.entries(files)
    .filter(([path]) => names.includes(basename(path)))
    .filter(([, text]) => !/^kind:\s*Component\s*$|^apiVersion:.*toolkit\.fluxcd\.io/m.test(text))
    .map(([path]) => dirname(path));
}

/** Objects as they lie in files that are no templates. */
export function plainObjects({ files }: Checkout): readonly KubernetesObject[] {
  const texts = Object.entries(files)
    .filter(([path, text]) => /\.ya?ml$/.test(path) && !text.includes("{{"))
    .map(([path, text]) => ({ path, text }));
  return existingObjects(texts).map(({ object }) => object);
}
