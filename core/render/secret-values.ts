export type SecretValue = { readonly name: string; readonly value: string };

/** Shorter values stand in texts by chance. */
const shortest = 8;

/**
 * Names of the secrets whose value stands in a text: plain, escaped as in quotes, or base64. Of a
 * secret with several lines its longest line counts, for YAML indents them.
 */
export function secretValuesIn(text: string, secrets: readonly SecretValue[]): readonly string[] {
  return secrets
    .filter(({ value }) => forms(value).some((form) => text.includes(form)))
    .map(({ name }) => name);
}

function forms(value: string): readonly string[] {
  const [line = ""] = value
    .split("\n")
    .map((each) => each.trim())
    .sort((a, b) => b.length - a.length);
  if (line.length < shortest) return [];
  return [line, JSON.stringify(line).slice(1, -1), base64(value), base64(`${value}\n`)];
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
