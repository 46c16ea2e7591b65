import { identityKey } from "./identity.ts";
import type { Identity } from "./identity.ts";

// Longer names fail on file systems (255 bytes) and in Windows checkouts.
const maxLength = 160;

/**
 * The file that an object lies in: `[namespace_][group_]version_kind_name.yaml`, all lower case.
 * What is not `a-z 0-9 . - _` becomes `%xx`. Where that loses information (upper case in a name, a
 * cut) the name ends in `~` and 8 hexadecimal digits of the identity, so a name depends on its own
 * object alone and two names never differ only by case.
 */
export function manifestFileName(identity: Identity): string {
  const { namespace, group, version, kind, name } = identity;
  const stem = [namespace, group, version, kind.toLowerCase(), name]
    .filter((part, index) => part !== "" || index > 1)
    .map(encoded)
    .join("_");
  const plain = stem.toLowerCase();
  const lossless = plain === stem && plain.length <= maxLength;
  return lossless ? `${plain}.yaml` : withDigest(plain.slice(0, maxLength), identity);
}

/**
 * File names for the objects of one folder, in order. Two objects whose names would be the same
 * (the namespace `apps` and the group `apps`) both get the digits.
 */
export function manifestFileNames(identities: readonly Identity[]): readonly string[] {
  const names = identities.map(manifestFileName);
  const uses = new Map<string, number>();
  for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
  return identities.map((identity, index) => {
    const name = names[index] ?? "";
    return uses.get(name) === 1 ? name : withDigest(name.replace(/\.yaml$/, ""), identity);
  });
}

function encoded(part: string): string {
  // Half of a surrogate pair (JSON can hold one) has no UTF-8 form.
  return part.replace(/\p{Surrogate}/gu, "\ufffd").replace(/[^A-Za-z0-9._-]/gu, (character) =>
    encodeURIComponent(character)
      .replace(/^[^%]$/, (plain) => `%${plain.charCodeAt(0).toString(16)}`)
      .toLowerCase(),
  );
}

function withDigest(stem: string, identity: Identity): string {
  return `${stem}~${fnv1a(identityKey(identity))}.yaml`;
}

// FNV-1a, 32 bits: core has no node:crypto, and this only tells names apart.
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
