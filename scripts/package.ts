// `npm run package`: builds what the extension holds, checks it, and writes an installable .vsix.
// `npm run package -- --publisher P --id I` makes a copy that anybody can publish as their own.
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { ensureBuilt } from "./build/ensure-built.ts";
import { createPackage, packageProblems } from "./package/create-package.ts";
import { readManifest } from "./package/extension-manifest.ts";
import { stageExtension } from "./package/stage-extension.ts";

const manifest = readManifest();
const { publisher, id } = parseArgs({
  options: {
    publisher: { type: "string", default: manifest.publisher },
    id: { type: "string", default: manifest.id },
  },
}).values;
const badIds = [
  ["publisher", publisher],
  ["id", id],
].filter(([, value = ""]) => !/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(value));

await ensureBuilt(["hub", "tasks"]);
const problems = [
  ...badIds.map(([name, value]) => `--${name} ${value}: letters, digits and hyphens are taken`),
  ...packageProblems(manifest),
];
if (problems.length > 0) {
  console.error(problems.join("\n"));
  console.error(`Failed to package the extension: ${problems.length} problem(s), see above.`);
  process.exit(1);
}
const copy = { publisher, name: id };
const { folder, taskIds } = stageExtension(manifest, copy);
const isOwn = publisher === manifest.publisher && id === manifest.id;
const file = `dist/${isOwn ? "fluxgate" : `${publisher}.${id}`}-${manifest.version}.vsix`;
createPackage(folder, file);
const size = (statSync(file).size / 1024 / 1024).toFixed(1);
console.log(`Extension: ${file} (${size} MB). Upload it to your publisher on the Marketplace.`);
if (!isOwn) {
  console.log(`In the connector's configuration:
azureDevOps: { extension: { publisher: ${publisher}, name: ${id} } }
waitTaskIds: [${taskIds["WaitForFlux"] ?? ""}]`);
}
