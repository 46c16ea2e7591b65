import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { sha256 } from "../../clients/sha256.ts";
import { InputError } from "../../core/errors.ts";
import {
  indexPath,
  type OwnershipIndex,
  parseOwnershipIndex,
} from "../../core/render/ownership-index.ts";
import type { TreeFile } from "../../core/render/tree-plan.ts";
import {
  type RenderedEnvironment,
  type RenderResult,
  renderResultFile,
} from "../../core/render/render-result.ts";

export type RenderedFile = TreeFile & { readonly content: Buffer };

/** One environment as RenderManifests left it. */
export type Render = {
  readonly delivery: string;
  readonly environment: RenderedEnvironment;
  /** What CI checked, where its artefact was rendered. */
  readonly source: RenderResult["source"];
  /** By path under the environment's folder, the index left out. */
  readonly files: readonly RenderedFile[];
  /** By path under `high-level/<environment>`. */
  readonly highLevel: readonly RenderedFile[];
  readonly index: OwnershipIndex;
  /** sha256 over paths and contents: equal for renders that differ in provenance only. */
  readonly contentDigest: string;
};

/** @throws InputError when the folder holds no render of that environment. */
export async function readRender(folder: string, environment: string): Promise<Render> {
  const result = await readResult(folder);
  const found = result.environments.find(({ name }) => name === environment);
  if (found === undefined) {
    const known = result.environments.map(({ name }) => name).join(", ");
    throw refused(`${folder} holds no render of environment ${environment}, only of: ${known}`);
  }
  if (found.path.split("/").some((part) => part === "" || part === "." || part === "..")) {
    throw refused(`environment ${environment} has the path "${found.path}"`);
  }
  const all = await readFiles(join(folder, found.path));
  const highLevel = await readFiles(join(folder, "high-level", environment));
  const ownPath = indexPath(result.delivery);
  const text = all.find(({ path }) => path === ownPath)?.text ?? "";
  const { index, problems } = parseOwnershipIndex(text, join(folder, found.path, ownPath));
  if (index === undefined) throw new InputError(problems, hints);
  // The index is the list: another environment may lie in a folder below.
  const files = all.filter(({ path, sha256 }) => index.files[path]?.sha256 === sha256);
  if (files.length < Object.keys(index.files).length) {
    throw refused(`${join(folder, found.path)} does not hold what its ownership index says`);
  }
  return {
    delivery: result.delivery,
    environment: found,
    source: result.source,
    files,
    highLevel,
    index,
    contentDigest: digestOf([files, highLevel]),
  };
}

async function readResult(folder: string): Promise<RenderResult> {
  const file = join(folder, renderResultFile);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    throw refused(`${file} does not exist or cannot be read`);
  }
  try {
    const result = JSON.parse(text) as RenderResult;
    if (result.kind === "RenderResult" && Array.isArray(result.environments)) return result;
  } catch {
    // Told below, like any other content that is no render result.
  }
  throw refused(`${file} is no render result`);
}

/** Plain files only: a link could point anywhere. */
async function readFiles(folder: string): Promise<readonly RenderedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      // Absent is empty; unreadable is not: what is missing from a render is deleted.
      if (error.code === "ENOENT") return [];
      throw refused(`${folder} cannot be read: ${error.message}`);
    },
  );
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(
    paths.map(async (path) => {
      const content = await readFile(path);
      return {
        path: relative(folder, path).split(sep).join("/"),
        text: content.toString("utf8"),
        sha256: sha256(content),
        content,
      };
    }),
  );
}

function digestOf(groups: readonly (readonly RenderedFile[])[]): string {
  const lines = groups.map((files) => files.map(({ path, sha256 }) => [path, sha256]));
  return sha256(JSON.stringify(lines));
}

const hints = {
  code: "render-missing",
  hint: "Run RenderManifests before in the same job and give its output folder as renderedFolder.",
};

function refused(message: string): InputError {
  return new InputError([{ message: `Failed to read the render: ${message}` }], hints);
}
