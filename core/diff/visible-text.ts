// What a reader would take for nothing, or for something else: a byte order mark, a tab among blanks,
// a line break at the end, a Cyrillic letter in a name.

// Characters that change the direction of text, or that nobody sees. Without the joiners and the single
// selectors that emoji need.
const unseen = new RegExp(
  [
    "[\\u{ad}\\u{61c}\\u{115f}\\u{1160}\\u{180e}\\u{200b}\\u{200e}\\u{200f}\\u{2028}-\\u{202e}]",
    "[\\u{2060}-\\u{206f}\\u{3164}\\u{feff}\\u{ffa0}]",
    "\\u{34f}|\\u{17b4}|\\u{17b5}|[\\u{fe00}-\\u{fe0f}]{2,}",
    "[\\u{e0000}-\\u{e0fff}]",
  ].join("|"),
  "u",
);
const needsQuotes = new RegExp(`(?!\\t)\\p{Cc}|${unseen.source}`, "u");
const escaped = new RegExp(`\\p{Cc}|(?! )\\p{Z}|\\p{Default_Ignorable_Code_Point}`, "gu");
const ignored = /(?!\t)\p{Cc}|\p{Default_Ignorable_Code_Point}/gu;

/** The first character of a text that nobody sees, or that changes how the others look. */
export function unseenIn(text: string): string | undefined {
  return unseen.exec(text)?.[0];
}

/** Whether all of a text can be seen as it is. */
export function isVisible(text: string): boolean {
  return !needsQuotes.test(text);
}

/** In quotes, with what cannot be seen by its number; `foreign`: with every letter that is not Latin. */
export function quotedText(text: string, { foreign = false } = {}): string {
  const numbered = (one: string) => {
    const code = one.codePointAt(0) ?? 0;
    const digits = code.toString(16);
    return code > 0xffff ? `\\u{${digits}}` : `\\u${digits.padStart(4, "0")}`;
  };
  const quoted = JSON.stringify(text).replaceAll(escaped, numbered);
  return foreign ? quoted.replaceAll(/[^\0-\x7f]/gu, numbered) : quoted;
}

/** Whether two texts that differ look the same, or could be taken for each other. */
export function looksLike(one: string, other: string): boolean {
  if (one === other) return false;
  const [a, b] = [folded(one), folded(other)];
  if (a === b) return true;
  if (bare(a) === bare(b)) return a.includes("\t") !== b.includes("\t");
  return !(plain.test(a) && plain.test(b)) && isTwin(a, b);
}

/** What texts that look the same have in common, whatever their blanks. */
export function look(text: string): string {
  return bare(folded(text));
}

const plain = /^[\t -~]*$/;

function folded(text: string): string {
  if (plain.test(text)) return text.trimEnd();
  return text.normalize("NFKC").replaceAll(ignored, "").trimEnd();
}

function bare(text: string): string {
  return text.replaceAll(/\s+/g, "");
}

// Letters of another script in the place of ASCII ones: few tell them apart.
function isTwin(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  return [...one].every((letter, at) => {
    const its = other[at] ?? "";
    return letter === its || isStranger(letter, its) || isStranger(its, letter);
  });
}

function isStranger(letter: string, its: string): boolean {
  return /[a-zA-Z0-9]/.test(its) && /(?!\p{Script=Latin})\p{L}/u.test(letter);
}
