/** The entries of an input that takes a list, separated by commas or lines. */
export function listedWords(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** What is wrong with an input that says something, and names nothing: "," would mean all. */
export function namesNothing(name: string, text: string): readonly { readonly message: string }[] {
  if (text.trim() === "" || listedWords(text).length > 0) return [];
  return [{ message: `Input ${name} is "${text.trim()}", which names none` }];
}
