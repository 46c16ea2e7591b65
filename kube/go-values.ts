const printed = /&value\.valueUnstructured\{Value:(.*)\}$/s;

/** What structured-merge-diff says it got, in words: it prints the Go value that it holds. */
export function withPlainValue(text: string): string {
  return text.replace(printed, (_, value: string) => {
    if (value.startsWith("map[")) return "a mapping";
    if (value.startsWith("[]")) return "a list";
    return value === "interface {}(nil)" ? "nothing" : value;
  });
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
