import { type GitRepository, readFolder, readObstacle } from "../../clients/git.ts";
import type { FileWrite } from "../../clients/git-commit.ts";
import { compareManifests, type Comparison } from "../../core/diff/compare-manifests.ts";
import type { Problem } from "../../core/errors.ts";
import { manifestsIn } from "../../core/render/manifests-in.ts";
import {
  indexPath,
  type OwnershipIndex,
  ownershipIndexText,
  parseOwnershipIndex,
} from "../../core/render/ownership-index.ts";
import { freezePath } from "../../core/freeze/freeze.ts";
import { holdPath } from "../../core/rollback/hold.ts";
import { planTree } from "../../core/render/plan-tree.ts";
import type { Render } from "./read-render.ts";

/** What a render would change on top of one commit of the manifests repository. */
export type Placement = {
  readonly unchanged: boolean;
  /** Paths in the repository. */
  readonly writes: readonly FileWrite[];
  readonly deletes: readonly string[];
  /** Nothing may be committed while there are any. */
  readonly problems: readonly Problem[];
  /** The delivery's index as that commit holds it. */
  readonly before: OwnershipIndex | undefined;
  /** Apps of which files change. */
  readonly apps: readonly string[];
  /** The hold file, where that commit has one. */
  readonly hold: string | undefined;
  /** The folder's freeze file, where that commit has one. */
  readonly freeze: string | undefined;
  /** What changes, object by object. */
  readonly diff: () => Comparison;
};

export async function placeRender(
  repository: GitRepository,
  where: { readonly commit: string; readonly render: Render; readonly allowEmpty: boolean },
): Promise<Placement> {
  const { commit, render, allowEmpty } = where;
  const folder = render.environment.path;
  const existing = await readFolder(repository, { commit, folder });
  const plan = planTree({ existing, rendered: render.files, index: render.index, allowEmpty });
  const before = ownIndex(existing, render);
  const high = await placeHighLevel(repository, { commit, render, before });
  const obstacle = await findObstacle(repository, { commit, folder, holds: existing });
  const unchanged = plan.unchanged && high.writes.length + high.deletes.length === 0;
  const index = Buffer.from(ownershipIndexText(render.index));
  const writes = unchanged ? [] : [...new Set([...plan.writes, indexPath(render.delivery)])];
  const contents = new Map<string, Uint8Array>(
    render.files.map(({ path, content }) => [path, content]),
  ).set(indexPath(render.delivery), index);
  return {
    unchanged,
    writes: [
      ...writes.flatMap((path) => {
        const content = contents.get(path);
        return content === undefined ? [] : [{ path: `${folder}/${path}`, content }];
      }),
      ...high.writes,
    ],
    deletes: [...plan.deletes.map((path) => `${folder}/${path}`), ...high.deletes],
    problems: [
      ...[obstacle, high.obstacle].flatMap((path) => (path === undefined ? [] : [noFolder(path)])),
      ...plan.problems.map((problem) =>
        problem.file === undefined ? problem : { ...problem, file: `${folder}/${problem.file}` },
      ),
    ],
    before,
    apps: [
      ...new Set(
        [...plan.writes, ...plan.deletes].flatMap(
          (path) => (render.index.files[path] ?? before?.files[path])?.app ?? [],
        ),
      ),
    ],
    hold: existing.find(({ path }) => path === holdPath(render.delivery))?.text,
    freeze: existing.find(({ path }) => path === freezePath)?.text,
    diff: () => {
      const owned = existing.filter(({ path }) => path in (before?.files ?? {}));
      return compareManifests(manifestsIn(owned), manifestsIn(render.files));
    },
  };
}

// Where the folder holds something there is one.
async function findObstacle(
  repository: GitRepository,
  where: {
    readonly commit: string;
    readonly folder: string;
    readonly holds: readonly unknown[];
  },
): Promise<string | undefined> {
  return where.holds.length > 0 ? undefined : readObstacle(repository, where);
}

// Git would put the folder in its place without a word.
function noFolder(path: string): Problem {
  const message = "the render needs a folder where this file, link or submodule is";
  return { file: path, message };
}

function ownIndex(
  existing: readonly { readonly path: string; readonly text: string }[],
  { delivery }: Render,
): OwnershipIndex | undefined {
  const path = indexPath(delivery);
  const file = existing.find((each) => each.path === path);
  return file === undefined ? undefined : parseOwnershipIndex(file.text, path).index;
}

/** The high-level folder of an app belongs to the delivery that owns the app: replaced as a whole. */
async function placeHighLevel(
  repository: GitRepository,
  where: {
    readonly commit: string;
    readonly render: Render;
    readonly before: OwnershipIndex | undefined;
  },
): Promise<Pick<Placement, "writes" | "deletes"> & { readonly obstacle: string | undefined }> {
  const { commit, render, before } = where;
  const folder = `high-level/${render.environment.name}`;
  const apps = new Set([
    ...Object.values(before?.files ?? {}).map(({ app }) => app),
    ...render.environment.highLevel,
  ]);
  const existing = await readFolder(repository, { commit, folder });
  const own = existing.filter(({ path }) => apps.has(path.split("/")[0] ?? ""));
  const held = new Map(own.map(({ path, sha256 }) => [path, sha256]));
  const next = new Set(render.highLevel.map(({ path }) => path));
  const obstacle =
    render.highLevel.length === 0
      ? undefined
      : await findObstacle(repository, { commit, folder, holds: existing });
  return {
    obstacle,
    writes: render.highLevel
      .filter(({ path, sha256 }) => held.get(path) !== sha256)
      .map(({ path, content }) => ({ path: `${folder}/${path}`, content })),
    deletes: own.filter(({ path }) => !next.has(path)).map(({ path }) => `${folder}/${path}`),
  };
}
