// `npm run publish:connector -- --registry registry.fabrikam.com/platform [--dry-run]`
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { parseArgs, promisify } from "node:util";
import { userMessage } from "../core/errors.ts";
import { publishConnector, type Programs } from "./publish/publish-connector.ts";
import { ensureTools } from "./tools.ts";

const { version: own } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const { values } = parseArgs({
  options: {
    registry: { type: "string", default: "" },
    version: { type: "string", default: own },
    out: { type: "string", default: "dist/publish" },
    "sign-key": { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});
const { registry, version, out: folder, "sign-key": key, "dry-run": dryRun } = values;
const wrong = [
  ...(/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9][a-z0-9._-]*)*$/.test(registry)
    ? []
    : ["--registry is a registry and a folder in it, like registry.fabrikam.com/platform"]),
  ...(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version) ? [] : ["--version is like 1.2.3"]),
];
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(2);
}

const execute = promisify(execFile);
const { helm } = await ensureTools();
const programs: Programs = {
  run: async (program, args) => {
    const { stdout, stderr } = await execute(program, [...args], { maxBuffer: 256 * 1024 * 1024 });
    // helm tells what it pushed beside its output.
    return program === helm ? `${stdout}\n${stderr}` : stdout;
  },
  has: (program) => Promise.resolve(spawnSync(program, ["version"]).error === undefined),
  say: (line) => console.log(line),
};
mkdirSync(folder, { recursive: true });
try {
  await publishConnector({ registry, version, folder, helm, key, dryRun }, programs);
} catch (error) {
  console.error(userMessage(error));
  process.exit(1);
}
