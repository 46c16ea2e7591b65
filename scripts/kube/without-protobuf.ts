const methods = "Marshal|MarshalTo|MarshalToSizedBuffer|Size|Unmarshal";
const helpers = "encodeVarintGenerated|sovGenerated|sozGenerated|skipGenerated";
const functions = new RegExp(
  `^func (?:\\(\\w+ \\*?\\w+\\) (?:${methods})|(?:${helpers}))\\([^\\n]*\\{\\n(?:(?!\\}\\n).*\\n)*\\}\\n`,
  "gm",
);
const oneLine = new RegExp(`^func (?:${helpers})\\(.*\\}\\n`, "gm");

/** A generated file of Go without what writes and reads protobuf, and without imports only for that. */
export function withoutProtobuf(source: string): string {
  const left = source.replace(functions, "").replace(oneLine, "");
  const code = left.replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
  const isUsed = (name: string) => new RegExp(`[^.\\w]${name}\\.`).test(code);
  return left.replace(/^import \(\n[\s\S]*?^\)\n/m, (imports) =>
    imports.replace(/^\t(\w+) ".*"\n/gm, (line, name: string) => (isUsed(name) ? line : "")),
  );
}
