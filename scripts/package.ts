// `npm run package`: builds what the extension holds, checks it, and writes an installable .vsix.
// `npm run package -- --publisher P --id I` makes a copy that anybody can publish as their own.
import { parseArgs } from "node:util";
import { ensureBuilt } from "./build/ensure-built.ts";
import { ensureKube } from "./kube/ensure-kube.ts";
import { ensurePackedModules } from "./kube/pack-modules.ts";
import { leaveKubeOut, placeKube } from "./package/place-kube.ts";
import { packageProblems } from "./package/create-package.ts";
import { userMessage } from "../core/errors.ts";
import { createFittingPackage } from "./package/fit-package.ts";
import { bundleSizes } from "./package/bundle-sizes.ts";
import { readManifest } from "./package/extension-manifest.ts";
import { stageExtension } from "./package/stage-extension.ts";

const maxMegabytes = 50;
const doWithout = "--without-kube packages without it";
const manifest = readManifest();
const {
  publisher,
  id,
  "without-kube": withoutKube,
} = parseArgs({
  options: {
    publisher: { type: "string", default: manifest.publisher },
    id: { type: "string", default: manifest.id },
    "without-kube": { type: "boolean", default: false },
  },
}).values;
const badIds = [
  ["publisher", publisher],
  ["id", id],
].filter(([, value = ""]) => !/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(value));

await ensureBuilt(["hub", "tasks"]);
const { folder: kube, missing } = withoutKube ? {} : await madeKube();
const problems = [
  ...badIds.map(([name, value]) => `--${name} ${value}: letters, digits and hyphens are taken`),
  ...packageProblems(manifest),
  ...(missing === undefined ? [] : [missing]),
];
if (problems.length > 0) {
  console.error(problems.join("\n"));
  console.error(`Failed to package the extension: ${problems.length} problem(s), see above.`);
  process.exit(1);
}
const copy = { publisher, name: id };
const { folder, taskIds } = stageExtension(manifest, copy);
if (kube === undefined) leaveKubeOut(folder);
else placeKube(folder, { kube, packed: await ensurePackedModules() });
const isOwn = publisher === manifest.publisher && id === manifest.id;
const file = `dist/${isOwn ? "fluxgate" : `${publisher}.${id}`}-${manifest.version}.vsix`;
let size = "";
try {
  const { megabytes } = createFittingPackage({
    ...{ folder, file, maxMegabytes, hubHasKube: kube !== undefined },
    say: console.log,
  });
  size = megabytes.toFixed(1);
} catch (error) {
  console.error(userMessage(error));
  process.exit(1);
}
console.log(`Unpacked:\n${bundleSizes(folder).join("\n")}`);
if (kube === undefined)
  console.log("Without Flux's and Kubernetes' own code: schemas judge alone.");
console.log(`Extension: ${file} (${size} MB). Upload it to your publisher on the Marketplace.`);
if (!isOwn) {
  console.log(`In the connector's configuration:
azureDevOps: { extension: { publisher: ${publisher}, name: ${id} } }
waitTaskIds: [${taskIds["WaitForFlux"] ?? ""}]`);
}

async function madeKube(): Promise<{ readonly folder?: string; readonly missing?: string }> {
  try {
    const folder = await ensureKube();
    if (folder !== undefined) return { folder };
    return { missing: `Go is needed for Flux's and Kubernetes' own code; ${doWithout}` };
  } catch (cause) {
    return { missing: `${userMessage(cause)} Or ${doWithout}.` };
  }
}
