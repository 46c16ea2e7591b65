/** The entries of an input that takes a list, separated by commas or lines. */
export function listedWords(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
