// What somebody saw, in one word: it stays the same while the same objects change in the same way,
// whatever else the target branch gets meanwhile.
import { identityKey } from "../manifests/identity.ts";
import type { Comparison } from "./compare-manifests.ts";
import { digestOf } from "./digest.ts";
import type { ObjectChange } from "./object-change.ts";
import { type Side, type SideFile, sideOf } from "./tree/side-file.ts";

/** Of what a digest is made; another number is another digest of the same change. */
const form = 1;

/** Identifies one object's change among those of a comparison. */
export function changeKey({ root = "", identity }: ObjectChange): string {
  return JSON.stringify([root, identityKey(identity)]);
}

/**
 * The digest of a comparison as it is shown. Where not everything was compared, the bytes of all
 * files that differ count too: what nobody could look at may not change unnoticed.
 */
export function seenDigest(
  { objects, risks, complete }: Pick<Comparison, "objects" | "risks" | "complete">,
  sides: { readonly before: readonly SideFile[]; readonly after: readonly SideFile[] },
): string {
  const changes = objects.map((one) =>
    [changeKey(one), one.digest, one.kept !== undefined].join(" "),
  );
  const warned = risks.map(({ severity, rule, identity }) =>
    [severity, rule, identityKey(identity)].join(" "),
  );
  const files = complete ? [] : differingFiles(sideOf(sides.before), sideOf(sides.after));
  return `${form}-${digestOf([changes.sort(), warned.sort(), complete, files])}`;
}

function differingFiles(before: Side, after: Side): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths]
    .map((path) => [path, contentOf(before.get(path)), contentOf(after.get(path))] as const)
    .filter(([, old, next]) => old !== next)
    .map((parts) => JSON.stringify(parts))
    .sort();
}

function contentOf(file: SideFile | undefined): string | undefined {
  return file && (file.id ?? digestOf([file.text, file.unread]));
}
