import { type Identity, identityKey } from "../manifests/identity.ts";
import type { OwnershipIndex } from "../render/ownership-index.ts";

/** What a render changes, counted in objects, from the two ownership indexes alone. */
export type ChangeSummary = {
  readonly added: readonly Identity[];
  readonly changed: readonly Identity[];
  readonly removed: readonly Identity[];
  /** Images whose tag or digest differs; `from` is absent for a new one, `to` for one that is gone. */
  readonly images: readonly ImageChange[];
  /** Apps that leave the environment as a whole. */
  readonly removedApps: readonly string[];
};

export type ImageChange = {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
};

export function changeSummary(
  before: OwnershipIndex | undefined,
  after: OwnershipIndex,
): ChangeSummary {
  const [old, next] = [objectsOf(before), objectsOf(after)];
  const pick = (from: typeof next, keep: (key: string) => boolean) =>
    [...from].filter(([key]) => keep(key)).map(([, { identity }]) => identity);
  return {
    added: pick(next, (key) => !old.has(key)),
    changed: pick(next, (key) => old.has(key) && old.get(key)?.sha256 !== next.get(key)?.sha256),
    removed: pick(old, (key) => !next.has(key)),
    images: imageChanges(before?.provenance.images ?? {}, after.provenance.images),
    removedApps: appsOf(before).filter((app) => !appsOf(after).includes(app)),
  };
}

function objectsOf(index: OwnershipIndex | undefined) {
  return new Map(
    Object.values(index?.files ?? {}).flatMap(({ identity, sha256 }) =>
      identity === undefined ? [] : [[identityKey(identity), { identity, sha256 }] as const],
    ),
  );
}

function appsOf(index: OwnershipIndex | undefined): readonly string[] {
  return [...new Set(Object.values(index?.files ?? {}).map(({ app }) => app))];
}

function imageChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly ImageChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .filter((name) => before[name] !== after[name])
    .map((name) => ({
      name,
      ...(before[name] === undefined ? {} : { from: before[name] }),
      ...(after[name] === undefined ? {} : { to: after[name] }),
    }));
}
