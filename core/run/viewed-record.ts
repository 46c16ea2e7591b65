// The pull request's properties `Fluxgate.Viewed.<identity>`: which objects somebody has ticked as
// viewed, by the beginnings of their changes' digests. A change of other content has another digest.

const prefix = "Fluxgate.Viewed.";
const length = 12;
/** So many ticks are kept: the newest. */
const most = 300;

export function viewedProperty(identity: string): string {
  return `${prefix}${identity}`;
}

/** How one object's change is remembered. */
export function viewedMark(digest: string): string {
  return digest.slice(0, length);
}

export function writeViewed(marks: readonly string[]): string {
  return marks.slice(-most).join(" ");
}

/** Anything that is no mark is left out. */
export function parseViewed(text: string | undefined): ReadonlySet<string> {
  return new Set((text ?? "").split(" ").filter((mark) => /^[0-9a-f]{12}$/.test(mark)));
}
