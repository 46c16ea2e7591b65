import { posix } from "node:path";
import type { StepOf } from "../../core/delivery/steps/registry.ts";
import { InputError } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { jsonnetImports } from "../../core/render/jsonnet-imports.ts";
import type { JsonnetImport } from "../../core/render/jsonnet-imports.ts";
import { containedPath, fileText, isThere } from "../inputs/contained-files.ts";
import type { StepContext } from "../step-context.ts";

/**
 * A program and all that it imports. An import that is not there is left to jsonnet, which looks for
 * it only when it needs it: libraries import documentation that nobody brings along.
 * @throws InputError naming every import that leads out of the checkout.
 */
export function jsonnetInputs(step: StepOf<"jsonnet">, context: StepContext): readonly string[] {
  const { checkout, expand } = context;
  // The later library wins; the importing file's own folder comes first of all.
  const libraries = step.libraries.map(expand).toReversed();
  const files = new Set<string>();
  const problems: Problem[] = [];
  visit(expand(step.file));
  if (problems.length > 0) throw new InputError(problems);
  return [...files].sort();

  function visit(file: string): void {
    if (files.has(file)) return;
    const text = fileText(checkout, file);
    files.add(file);
    for (const each of jsonnetImports(text)) follow(each, file);
  }

  function follow({ path, line, kind }: JsonnetImport, file: string): void {
    // jsonnet looks in this order, outside as well.
    for (const folder of [posix.dirname(file), ...libraries]) {
      const place = posix.join(folder, path);
      if (path.startsWith("/") || place === ".." || place.startsWith("../")) {
        problems.push({ file, line, message: `import of "${path}": leads out of the checkout` });
        return;
      }
      if (!isThere(checkout, place)) continue;
      if (kind === "import") visit(place);
      else read(place, kind);
      return;
    }
  }

  // importstr would put other characters in the place of what is no UTF-8.
  function read(place: string, kind: "importstr" | "importbin"): void {
    if (kind === "importstr") fileText(checkout, place);
    else containedPath(checkout, place);
    files.add(place);
  }
}
