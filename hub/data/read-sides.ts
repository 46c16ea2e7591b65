import { readBlobs } from "../../clients/azure-devops/blobs.ts";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { decodeText } from "../../core/diff/tree/decode-text.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";
import { HttpError } from "../../core/errors.ts";
import { plainError } from "../view/plain-error.ts";
import type { TwoSides } from "./analyse.ts";

/**
 * The sides with the texts of some files, all read together: what both have is read once, and one
 * file that cannot be read is that file's line, not the end of the page.
 */
export async function readSides(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly sides: TwoSides;
    readonly paths: readonly string[];
  },
): Promise<TwoSides> {
  const { repo, sides } = of;
  const paths = new Set(of.paths);
  const isRead = ({ path, kind }: SideFile) => kind === undefined && paths.has(path);
  const wanted = [...sides.before, ...sides.after].filter(isRead);
  const contents = await readBlobs(ado, { repo, ids: wanted.flatMap(({ id }) => id ?? []) });
  const known = new Map([...contents].map(([id, content]) => [id, contentOf(content)]));
  const read = (file: SideFile): SideFile =>
    isRead(file) ? { ...file, ...known.get(file.id ?? "") } : file;
  return { before: sides.before.map(read), after: sides.after.map(read) };
}

function contentOf(content: Uint8Array | HttpError): Pick<SideFile, "text" | "unread"> {
  if (!(content instanceof HttpError)) return decodeText(content);
  return { unread: `could not be read (${plainError(content).replace(/\.$/, "")})` };
}
