/** What may stand at a place of a pipeline's YAML. */
export type Definition =
  | { readonly kind: "any" }
  | { readonly kind: "text"; readonly form?: RegExp; readonly nonEmpty?: boolean }
  | { readonly kind: "list"; readonly of: string }
  | {
      readonly kind: "map";
      /** Which definition each known key has. */
      readonly keys: Readonly<Record<string, string>>;
      /** That of every other key; absent: there is none. */
      readonly others?: string;
      /** The key that must come first. */
      readonly first?: string;
      readonly required?: readonly string[];
    }
  | { readonly kind: "one"; readonly of: readonly string[] };

export type Schema = Readonly<
  Record<
    string,
    Definition & { /** Template expressions from here on. */ readonly expressions?: true }
  >
>;

export const text: Definition = { kind: "text" };
export const words = (...values: readonly string[]): Definition => ({
  kind: "text",
  form: new RegExp(`^(?:${values.join("|")})$`),
});
export const list = (of: string): Definition => ({ kind: "list", of });
export const map = (
  keys: Readonly<Record<string, string>>,
  more: { readonly others?: string; readonly first?: string; readonly required?: string[] } = {},
): Definition => ({ kind: "map", keys, ...more });
export const one = (...of: readonly string[]): Definition => ({ kind: "one", of });
/** `a: text, b: text, …` */
export const each = (of: string, ...keys: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(keys.map((key) => [key, of]));
