import { type OwnershipIndex, parseOwnershipIndex } from "../render/ownership-index.ts";
import { holdText, isHeld, parseHold } from "../rollback/hold.ts";
import type { CommitFiles } from "./flux-roots.ts";
import type { MergeFinding } from "./merge-finding.ts";

type Merge = {
  readonly before: CommitFiles;
  readonly after: CommitFiles;
  readonly changed: readonly string[];
  /** Ms since 1970. */
  readonly now: number;
};

/**
 * Files of held apps that a merge changes while their hold stays: a pull request that was opened
 * before the hold would deploy again what was taken back. One that sets or lifts the hold may.
 */
export function heldFindings({ before, after, changed, now }: Merge): readonly MergeFinding[] {
  const touched = new Set(changed);
  return [...before].flatMap(([file, text]): readonly MergeFinding[] => {
    const place = placeOf(file);
    if (place === undefined || touched.has(file)) return [];
    const { delivery } = place;
    const parsed = parseHold(text, file);
    if ("hold" in parsed && !isHeld(parsed.hold, now)) return [];
    const own = new Map([before, after].flatMap((files) => ownedBy(files, place)));
    const apps = "hold" in parsed ? parsed.hold.apps : undefined;
    const first = changed.find((path) => {
      const app = own.get(path);
      return app !== undefined && (apps?.includes(app) ?? true);
    });
    if (first === undefined) return [];
    const why = "hold" in parsed ? holdText(parsed.hold) : parsed.problem.message;
    const message = `${delivery} is ${why}. Lift it in a pull request that deletes ${file}`;
    return [{ severity: "error", message, file: first }];
  });
}

/** Holds that a merge brings or changes, and that would not hold what they were written for. */
export function holdFindings({ before, after, changed }: Omit<Merge, "now">) {
  return changed.flatMap((file): readonly MergeFinding[] => {
    const text = after.get(file);
    const place = placeOf(file);
    if (text === undefined || place === undefined) return [];
    const parsed = parseHold(text, file);
    if ("problem" in parsed) {
      return [{ severity: "error", message: parsed.problem.message, file }];
    }
    // What is taken back to before it was there is held too.
    const owned = [before, after].flatMap((files) => ownedBy(files, place));
    const known = new Set(owned.map(([, app]) => app));
    const strange = (parsed.hold.apps ?? []).filter((app) => !known.has(app));
    if (strange.length === 0) return [];
    const has = [...known].join(", ") || "none";
    const message = `This holds ${strange.join(", ")}, and ${place.delivery} has no such app here (it has ${has}): nothing of it would be held`;
    return [{ severity: "error", message, file }];
  });
}

function placeOf(file: string) {
  const [, folder, delivery] = /^(.*\/|)\.fluxgate\/([a-z0-9-]+)\.hold\.json$/.exec(file) ?? [];
  return folder === undefined || delivery === undefined ? undefined : { folder, delivery };
}

function ownedBy(
  files: CommitFiles,
  { folder, delivery }: { readonly folder: string; readonly delivery: string },
): readonly (readonly [string, string])[] {
  const file = `${folder}.fluxgate/${delivery}.json`;
  const text = files.get(file);
  const index: OwnershipIndex | undefined =
    text === undefined ? undefined : parseOwnershipIndex(text, file).index;
  return Object.entries(index?.files ?? {}).map(([path, { app }]) => [`${folder}${path}`, app]);
}
