import type { ImageChange } from "../diff/image-versions.ts";

type Images = Readonly<Record<string, string>>;

/**
 * What a delivery's index says of its images once one app went back: those of the app as they were
 * then, those of the other apps as they are. One that both use in two versions is said with both.
 */
export function imagesAfter(of: {
  readonly now: Images;
  /** Of the objects that go back. */
  readonly changes: readonly Pick<ImageChange, "name" | "from" | "to">[];
  /** Texts of the other apps' files. */
  readonly others: readonly string[];
}): Images {
  const { now, changes, others } = of;
  const after = new Map(Object.entries(now));
  for (const { name, from, to } of changes) {
    const newest = now[name];
    const stays = newest !== undefined && others.some((text) => names(text, name, newest));
    if (to === undefined) {
      if (!stays && from === newest) after.delete(name);
    } else if (newest !== undefined || from === undefined) {
      after.set(name, stays && to !== newest ? [to, newest].map(tagOf).join(" and ") : to);
    }
  }
  return Object.fromEntries(after);
}

/** Whether a text holds the image in that version, and not in a longer one. */
function names(text: string, name: string, version: string): boolean {
  const whole = version.startsWith("@") ? `${name}${version}` : `${name}:${version}`;
  for (let at = text.indexOf(whole); at >= 0; at = text.indexOf(whole, at + 1)) {
    if (!/[\w.-]/.test(text[at + whole.length] ?? "")) return true;
  }
  return false;
}

function tagOf(version: string): string {
  return version.startsWith("@") ? version : (version.split("@")[0] ?? version);
}
