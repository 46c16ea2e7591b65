import { existsSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { listTreeBytes } from "../clients/git-bytes.ts";
import { gitEnvironment } from "../clients/git-environment.ts";
import { findTree, isShallow, readBlob, readTreeFiles } from "../clients/git-side.ts";
import { bytesOfFolder, readContent, readFolderFiles } from "../clients/side-files.ts";
import type { SideBytes } from "../core/charts/side-bytes.ts";
import type { SideFile } from "../core/diff/tree/side-file.ts";
import { InputError } from "../core/errors.ts";

/** What BEFORE or AFTER of `fluxgate diff` names. */
export type DiffSide = {
  readonly files: readonly SideFile[];
  readonly isFile: boolean;
  readonly bytes: SideBytes;
};

/** Reads a folder, a file, or a revision of the repository here. @throws InputError for neither. */
export async function readDiffSide(name: string): Promise<DiffSide> {
  const path = resolve(name);
  if (existsSync(path)) {
    if (!statSync(path).isDirectory())
      return oneFile({ path: basename(path), ...readContent(path) });
    const files = readFolderFiles(path);
    return { files, isFile: false, bytes: bytesOfFolder(path, files) };
  }
  const cwd = process.cwd();
  const place = { cwd, env: gitEnvironment({ url: "", authorization: undefined }) };
  const found = name.startsWith("-") ? undefined : await findTree(place, name);
  if (found?.isFile) {
    return oneFile({
      path: name.slice(name.indexOf(":") + 1),
      ...(await readBlob(place, found.id)),
    });
  }
  if (found !== undefined) {
    const files = await readTreeFiles(place, found.id);
    return { files, isFile: false, bytes: await listTreeBytes(cwd, found.id) };
  }
  const hint = (await isShallow(place))
    ? ". This clone lacks older commits: `git fetch --unshallow` gets them (in a pipeline: `fetchDepth: 0` of the checkout)"
    : "";
  const message = `${name} is no folder or file here, and git knows no such revision${hint}`;
  throw new InputError([{ message }]);
}

function oneFile(file: SideFile): DiffSide {
  const bytes = { ids: new Map<string, string>(), read: () => Promise.resolve(new Map()) };
  return { files: [file], isFile: true, bytes };
}
