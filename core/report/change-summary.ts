import type { ManifestsDiff } from "../diff/diff-manifests.ts";
import { type ImageChange, isImageEdit } from "../diff/image-changes.ts";
import type { ClassifiedEdit, ObjectChange } from "../diff/object-change.ts";
import type { Identity } from "../manifests/identity.ts";
import type { OwnershipIndex } from "../render/ownership-index.ts";

/** What a render changes, counted in objects. */
export type ChangeSummary = {
  readonly added: readonly Identity[];
  readonly changed: readonly Identity[];
  /** Those of `changed` that differ in more than their images and what says nothing. */
  readonly configured: readonly Identity[];
  readonly removed: readonly Identity[];
  /** That leave git and stay in the cluster. */
  readonly left: readonly Identity[];
  /** Wherever they stand in the objects, whether or not the CI lists them. */
  readonly images: readonly ImageVersions[];
  /** Apps that leave the environment as a whole. */
  readonly removedApps: readonly string[];
};

/** `from` is absent for an image that is new, `to` for one that is gone. */
export type ImageVersions = Pick<ImageChange, "name" | "from" | "to">;

export function changeSummary(
  diff: Pick<ManifestsDiff, "objects" | "images">,
  indexes: { readonly before: OwnershipIndex | undefined; readonly after: OwnershipIndex },
): ChangeSummary {
  const { before, after } = indexes;
  const listed = listedChanges(before, after);
  const counts = (edit: ClassifiedEdit) =>
    edit.noise === undefined && !isImageEdit(edit) && !isListed(edit, listed);
  const shown = new Set(diff.images.map(({ name }) => name));
  return {
    ...objectsByChange(diff.objects),
    configured: diff.objects
      .filter(({ change, edits }) => change === "changed" && edits.some(counts))
      .map(({ identity }) => identity),
    images: [...diff.images, ...listed.filter(({ name }) => !shown.has(name))],
    removedApps: appsOf(before).filter((app) => !appsOf(after).includes(app)),
  };
}

/** The objects by what happens to them. */
export function objectsByChange(
  objects: readonly ObjectChange[],
): Pick<ChangeSummary, "added" | "changed" | "removed" | "left"> {
  const of = (change: ObjectChange["change"], isKept = false) =>
    objects
      .filter((one) => one.change === change && (one.kept !== undefined) === isKept)
      .map(({ identity }) => identity);
  return {
    added: of("added"),
    changed: of("changed"),
    removed: of("removed"),
    left: of("removed", true),
  };
}

function appsOf(index: OwnershipIndex | undefined): readonly string[] {
  return [...new Set(Object.values(index?.files ?? {}).map(({ app }) => app))];
}

type Listed = ImageVersions & { readonly to: string };

/**
 * Images of the CI's list that had one version and now have another: also those in declared fields
 * of custom resources. One that is listed for the first time, or no longer, need not have changed.
 */
function listedChanges(
  before: OwnershipIndex | undefined,
  after: OwnershipIndex,
): readonly Listed[] {
  return Object.entries(after.provenance.images).flatMap(([name, to]) => {
    const from = before?.provenance.images[name];
    return from === undefined || from === to ? [] : [{ name, from, to }];
  });
}

function isListed(edit: ClassifiedEdit, listed: readonly Listed[]): boolean {
  const after = edit.kind === "changed" ? edit.after : undefined;
  if (typeof after !== "string") return false;
  return listed.some(({ name, to }) => after === `${name}:${to}` || to.split("@").includes(after));
}
