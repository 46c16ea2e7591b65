import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { readBytes } from "../../clients/azure-devops/items.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import { decodeText } from "../../core/diff/tree/decode-text.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";
import { causeText, HttpError } from "../../core/errors.ts";
import type { TwoSides } from "./analyse.ts";
import type { Comparison } from "./load-pull-request.ts";

const atOnce = 6;

/** The sides with the texts of some files; what both have is read once. */
export async function readSides(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly comparison: Comparison;
    readonly sides: TwoSides;
    readonly paths: readonly string[];
  },
): Promise<TwoSides> {
  const { repo, comparison, sides, paths } = of;
  const [old, next] = [sides.before, sides.after].map((files) => new Map(files.map(byPath)));
  const texts = new Map<string, Promise<Content>>();
  const read = (file: SideFile | undefined, commit: string) => {
    if (file === undefined) return undefined;
    const key = file.id ?? `${commit} ${file.path}`;
    const known = texts.get(key) ?? contentOf(ado, { repo, commit, path: file.path });
    texts.set(key, known);
    return known;
  };
  const found = await mapLimited(paths, atOnce, async (path) => ({
    path,
    before: await read(old?.get(path), comparison.before),
    after: await read(next?.get(path), comparison.after),
  }));
  for (const { path, before, after } of found) {
    put(old, path, before);
    put(next, path, after);
  }
  return { before: [...(old?.values() ?? [])], after: [...(next?.values() ?? [])] };
}

type Content = Pick<SideFile, "text" | "unread">;

function byPath(file: SideFile): readonly [string, SideFile] {
  return [file.path, file];
}

function put(side: Map<string, SideFile> | undefined, path: string, content: Content | undefined) {
  const file = side?.get(path);
  if (file !== undefined && content !== undefined) side?.set(path, { ...file, ...content });
}

/** One file that cannot be read is that file's line, not the end of the page. */
async function contentOf(
  ado: AzureDevOps,
  at: { readonly repo: RepositoryRef; readonly commit: string; readonly path: string },
): Promise<Content> {
  try {
    const bytes = await readBytes(ado, at);
    return bytes === undefined ? { unread: "was not found" } : decodeText(bytes);
  } catch (error) {
    const isItsOwn = error instanceof HttpError && (error.status >= 500 || error.status === 200);
    if (!isItsOwn) throw error;
    return { unread: `could not be read (${causeText(error)})` };
  }
}
