import { plainError } from "../../../hub/view/plain-error.ts";

/** All that is said anywhere in a view: `<tone>: <text>` where a tone stands beside the text. */
export function saidIn(view: unknown): readonly string[] {
  if (typeof view === "string") return view === "" ? [] : [view];
  if (view instanceof Error) return [plainError(view)];
  if (Array.isArray(view)) return view.flatMap(saidIn);
  if (view instanceof Set || view instanceof Map) return saidIn([...view.values()]);
  if (typeof view !== "object" || view === null) return [];
  const { tone, ...rest } = view as Readonly<Record<string, unknown>>;
  return Object.entries(rest).flatMap(([name, one]) => {
    const said = saidIn(name === "error" ? plainError(one) : one);
    return typeof tone === "string" && typeof one === "string"
      ? said.map((text) => `${tone}: ${text}`)
      : said;
  });
}

/** Words of a program, not for a person. */
const inner =
  /undefined|\bnull\b|TypeError|is not (a function|iterable)|Cannot read|\[object|https?:\/\/\S+_apis|answered \d/;
/** Says that something is not known. */
export const unread =
  /[Cc]ould not be read|could not be compared|cannot be read|[Nn]ot known|is not valid JSON|has no list|has no commit|[Uu]nconfirmed|You are not allowed|may not (see|be seen)|may be old|session has ended|does not answer|asks for a pause|problem of its own|What answered is not|Failed to read the answer|is gone|not seen when|you cannot see it|was not read|being written/;
/** What nobody may say who has not read it. */
const claim = /^good: .* |^[^/]*\b([Nn]o|[Nn]one|[Nn]othing|[Nn]obody|never|[Nn]ot)\b.* /;

export function isForPersons(text: string): boolean {
  return !inner.test(text);
}

/** Whether something is said to be well, or not to be there. */
export function isClaim(text: string): boolean {
  return claim.test(text) && !unread.test(text);
}
