import type { Problem } from "../../core/errors.ts";
import type { AppFile } from "../../core/render/app-tree.ts";
import type { OwnershipIndex } from "../../core/render/ownership-index.ts";
import type { TreeFile } from "../../core/render/tree-plan.ts";

type Options = {
  /** The apps that are rendered; absent: all, and nothing is kept. */
  readonly apps: readonly string[] | undefined;
  readonly before: OwnershipIndex | undefined;
  readonly existing: readonly TreeFile[];
};

/** The files of apps that a partial render leaves as they are, and those that somebody changed. */
export function otherApps({ apps, before, existing }: Options): {
  readonly files: readonly (AppFile & { readonly app: string })[];
  readonly problems: readonly Problem[];
} {
  if (apps === undefined) return { files: [], problems: [] };
  const current = new Map(existing.map((file) => [file.path, file]));
  const kept = Object.entries(before?.files ?? {}).flatMap(([path, owned]) => {
    const file = current.get(path);
    return apps.includes(owned.app) || file === undefined ? [] : [{ path, owned, file }];
  });
  return {
    files: kept.map(({ path, owned, file }) => ({
      path,
      text: file.text,
      app: owned.app,
      ...(owned.identity ? { identity: owned.identity } : {}),
    })),
    problems: kept
      .filter(({ owned, file }) => owned.sha256 !== file.sha256)
      .map(({ path }) => ({
        file: path,
        message: "the file was changed by someone else since it was rendered",
      })),
  };
}
