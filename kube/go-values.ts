const printed = /&value\.valueUnstructured\{Value:(.*)\}$/s;

/** What structured-merge-diff says it got, in words: it prints the Go value that it holds. */
export function withPlainValue(text: string): string {
  return text.replace(printed, (_, value: string) => {
    if (value.startsWith("map[")) return "a mapping";
    if (value.startsWith("[]")) return "a list";
    return value === "interface {}(nil)" ? "nothing" : value;
  });
}
