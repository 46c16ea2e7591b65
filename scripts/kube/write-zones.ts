// Writes the names of all time zones that Go knows, and so the API server, beside the module's sources:
// `npx tsx scripts/kube/write-zones.ts`, with each new Go.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";

const root = spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" }).stdout.trim();
const zip = readFileSync(join(root, "lib/time/zoneinfo.zip"));
const names: string[] = [];
unzipSync(zip, {
  filter: ({ name, originalSize }) => {
    if (originalSize > 0) names.push(name);
    return false;
  },
});
const target = resolve(import.meta.dirname, "../../kube/go/validate/zones.txt");
writeFileSync(target, `${names.sort().join("\n")}\n`);
