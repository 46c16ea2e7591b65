const longest = 1_000;

/** A name or sentence of somebody else's: one of a megabyte would hold the page. */
export function shortText(text: string): string {
  if (text.length <= longest) return text;
  const end = wholeEnd(text, longest);
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}

/** Where to cut a text so that no character is cut in two. */
export function wholeEnd(text: string, end: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
