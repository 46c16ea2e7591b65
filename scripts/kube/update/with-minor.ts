/**
 * The lists of Kubernetes versions that have schemas, with a new minor at their end. None is taken
 * away: which versions are still checked for is for a person to say.
 */
export function withMinor(file: string, text: string, minor: number): string {
  if (file.endsWith("schemas/generate.ts")) {
    return text.replace(/const minors = \[(.*)\];/, (line, list: string) =>
      list.split(", ").includes(String(minor)) ? line : `const minors = [${list}, ${minor}];`,
    );
  }
  if (!file.endsWith("known-schemas.ts") || text.includes(`import v${minor} from`)) return text;
  const last = /\?\? v(\d+)\)/.exec(text)?.[1] ?? "";
  const line = `import v${last} from "./kubernetes-1.${last}.json" with { type: "json" };\n`;
  const entry = `  [${last}, v${last}],\n`;
  return text
    .replace(line, line + line.replaceAll(last, String(minor)))
    .replace(entry, entry + entry.replaceAll(last, String(minor)))
    .replace(`?? v${last})`, `?? v${minor})`);
}
