// Reports exports that no other file imports. Plain text matching on purpose: it needs no
// platform package, and a name that is imported anywhere counts as used.
import { readFileSync } from "node:fs";
import { sourceFiles } from "./source-files.ts";

const files = sourceFiles().map((path) => ({ path, text: readFileSync(path, "utf8") }));
const exported = /^export (?:async )?(?:function|const|class|type|interface) (\w+)/gm;

const dead = files.flatMap(({ path, text }) =>
  [...text.matchAll(exported)]
    .map((match) => match[1] ?? "")
    // Mocha finds its hooks by this name, Stryker its plugins.
    .filter((name) => !["mochaHooks", "strykerPlugins"].includes(name))
    .filter((name) => {
      const word = new RegExp(`\\b${name}\\b`);
      return !files.some((other) => other.path !== path && word.test(other.text));
    })
    // A type that the file itself uses in an exported signature is part of that signature.
    .filter((name) => {
      const uses = text.match(new RegExp(`\\b${name}\\b`, "g")) ?? [];
      return (
        uses.length === 1 || !new RegExp(`^export (type|interface) ${name}\\b`, "m").test(text)
      );
    })
    .map((name) => `${path}: ${name} is exported and nobody imports it`),
);
for (const line of dead) console.error(line);
process.exit(dead.length > 0 ? 1 : 0);
