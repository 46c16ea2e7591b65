import type { OwnershipIndex } from "../render/ownership-index.ts";

/** A file of a commit: its path under the environment's folder, and what identifies its bytes. */
export type RollbackFile = { readonly path: string; readonly blob: string };

export type RollbackPlan = {
  /** Files that are taken from the earlier commit. */
  readonly writes: readonly RollbackFile[];
  readonly deletes: readonly string[];
  readonly index: OwnershipIndex;
  /** Apps that go back. */
  readonly apps: readonly string[];
  /** Nothing may be written while there are any. */
  readonly problems: readonly string[];
};

type Side = { readonly files: readonly RollbackFile[]; readonly index: OwnershipIndex };

/**
 * What takes one app, or all of a delivery, back to what an earlier commit held. Only files of the
 * delivery's own indexes are touched.
 */
export function planRollback(of: {
  readonly then: Side;
  readonly now: Side;
  /** All when absent. */
  readonly app?: string | undefined;
}): RollbackPlan {
  const { then, now, app } = of;
  const owned = ({ index }: Side) =>
    Object.entries(index.files).filter(([, file]) => app === undefined || file.app === app);
  const [old, current] = [owned(then), owned(now)];
  const blobs = new Map(now.files.map(({ path, blob }) => [path, blob]));
  const before = new Map(then.files.map(({ path, blob }) => [path, blob]));
  const wanted = new Set(old.map(([path]) => path));
  const missing = old.filter(([path]) => !before.has(path)).map(([path]) => path);
  const writes = old.flatMap(([path]): readonly RollbackFile[] => {
    const blob = before.get(path);
    return blob === undefined || blobs.get(path) === blob ? [] : [{ path, blob }];
  });
  const foreign = writes.filter(({ path }) => {
    return blobs.has(path) && now.index.files[path] === undefined;
  });
  const taken = writes.filter(({ path }) => {
    const owner = now.index.files[path]?.app;
    return app !== undefined && owner !== undefined && owner !== app;
  });
  const nothing = app !== undefined && old.length === 0 && current.length === 0;
  return {
    writes,
    deletes: current.map(([path]) => path).filter((path) => !wanted.has(path) && blobs.has(path)),
    index: indexAfter({ then, now, app }),
    apps: [...new Set([...old, ...current].map(([, file]) => file.app))].sort(),
    problems: [
      ...(nothing ? [`neither commit has an app ${app}`] : []),
      ...missing.map((path) => `${path} is in the index of that commit, and not in its tree`),
      ...foreign.map(({ path }) => `${path} belongs to somebody else now`),
      ...taken.map(({ path }) => `${path} belongs to another app now`),
    ],
  };
}

function indexAfter({
  then,
  now,
  app,
}: {
  readonly then: Side;
  readonly now: Side;
  readonly app: string | undefined;
}): OwnershipIndex {
  if (app === undefined) return then.index;
  const keep = Object.entries(now.index.files).filter(([, file]) => file.app !== app);
  const back = Object.entries(then.index.files).filter(([, file]) => file.app === app);
  // What the others were rendered from goes on being said; the app's commit says the rest.
  const files = Object.fromEntries([...keep, ...back]);
  const { origins, ...made } = now.index.provenance;
  const kept = Object.entries(origins?.objects ?? {}).filter(([path]) =>
    keep.some(([own]) => own === path),
  );
  const left = Object.entries(origins?.apps ?? {}).filter(([name]) => name !== app);
  const still = origins && {
    origins: { apps: Object.fromEntries(left), objects: Object.fromEntries(kept) },
  };
  return { ...now.index, files, provenance: { ...made, ...still } };
}
