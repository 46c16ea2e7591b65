const printed = /&value\.valueUnstructured\{Value:(.*)\}$/s;
/** Its other way to print it: texts without quotes. */
const bare = /(expected [\w ]+, got )&\{(.*)\}$/s;

/** What structured-merge-diff says it got, in words: it prints the Go value that it holds. */
export function withPlainValue(text: string): string {
  return text
    .replace(printed, (_, value: string) => {
      if (value.startsWith("map[")) return "a mapping";
      if (value.startsWith("[]")) return "a list";
      return value === "interface {}(nil)" ? "nothing" : value;
    })
    .replace(bare, (_, start: string, value: string) => {
      return `${start}${inWords(value, start.startsWith("expected boolean"))}`;
    });
}

// A number and its digits in quotes are printed alike, a flag and its word too unless flags are expected.
function inWords(value: string, isNoFlag: boolean): string {
  if (/^map\[.*\]$/s.test(value)) return "a mapping";
  if (/^\[.*\]$/s.test(value)) return "a list";
  if (value === "<nil>") return "nothing";
  if (/^(?:true|false)$/.test(value)) return isNoFlag ? `"${value}"` : value;
  return /^[-+]?[\d.]+(?:e[-+]?\d+)?$/i.test(value) ? value : JSON.stringify(value);
}

// A literal of a generator, a node that a merge did not expect, a patch with its settings: each may be
// a Secret's.
const cited: readonly (readonly [RegExp, string])[] = [
  [
    /literal sources? \[.*?\]: invalid literal source .*?, expected key=value/gs,
    "a literal is no key=value",
  ],
  [/:? ?node contents:\s[\s\S]*$/, ""],
  [/ with config: `[\s\S]*?`/g, ""],
  [/ from \[patch: [\s\S]*\]/, ""],
];

/** What kustomize says without the values that it cites. */
export function withoutCitations(message: string): string {
  return cited.reduce((text, [form, instead]) => text.replace(form, instead), message);
}
