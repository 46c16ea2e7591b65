// `npm run package`: builds what the extension holds, checks it, and writes an installable .vsix.
import { readFileSync, statSync } from "node:fs";
import { ensureBuilt } from "./build/ensure-built.ts";
import { createPackage, packageProblems } from "./package/create-package.ts";

await ensureBuilt(["hub", "tasks"]);
const problems = packageProblems();
if (problems.length > 0) {
  console.error(problems.join("\n"));
  console.error(`Failed to package the extension: ${problems.length} problem(s), see above.`);
  process.exit(1);
}
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const file = `dist/fluxgate-${version}.vsix`;
createPackage(file);
const size = (statSync(file).size / 1024 / 1024).toFixed(1);
console.log(`Extension: ${file} (${size} MB). Upload it to your publisher on the Marketplace.`);
