import { canonical, valueAt } from "../values.ts";
import type { Answered, BuiltPart } from "./built-part.ts";
import type { Side } from "./side-file.ts";

/**
 * Whether `${NAME}` means the same in both builds: where only the cluster knows values, other sources,
 * other words in them or other defaults change what is applied, and no build shows that.
 */
export function isSameSubstitution(
  { before, after }: BuiltPart,
  sides: { readonly before: Side; readonly after: Side },
): boolean {
  if (before?.build.kind !== "built" || after?.build.kind !== "built") return true;
  const names = new Set([...before.build.unknownVariables, ...after.build.unknownVariables]);
  if (names.size === 0) return true;
  return formOf(before, sides.before, names) === formOf(after, sides.after, names);
}

function formOf({ part, build }: Answered, side: Side, names: ReadonlySet<string>): string {
  const read = build.kind === "built" ? build.read : [];
  const uses = read.flatMap((path) => conditional(side.get(path)?.text ?? "", names));
  const from =
    "kustomization" in part.ask
      ? valueAt(part.ask.kustomization, "spec.postBuild.substituteFrom")
      : undefined;
  const untaken = part.reach.transforms.map(({ value }) => valueAt(value, "untaken"));
  return canonical([from, untaken, [...new Set(uses)].sort()]);
}

// `${NAME:-default}`, `${NAME/a/b}`: all that says more than the name.
function conditional(text: string, names: ReadonlySet<string>): readonly string[] {
  return [...text.matchAll(/\$\{#?([A-Za-z_][A-Za-z0-9_]*)[^}]*\}/g)].flatMap(([all, name = ""]) =>
    names.has(name) && all !== `\${${name}}` ? [all] : [],
  );
}
