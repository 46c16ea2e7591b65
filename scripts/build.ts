// `npm run build [-- part …]`: hub, portal, tasks, connector, cli into dist/.
import { ensureBuilt, parts, type PartName } from "./build/ensure-built.ts";

const named = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const unknown = named.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(
    `Failed to build ${unknown.join(", ")}: no such part. Parts: ${Object.keys(parts).join(", ")}.`,
  );
  process.exit(1);
}
await ensureBuilt((named.length > 0 ? named : Object.keys(parts)) as PartName[]);
