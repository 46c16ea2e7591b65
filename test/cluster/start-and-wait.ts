// A program that owns a cluster, for a test to kill.
import { startRealFlux } from "../../sandbox/flux-real/start.ts";

const [directory = "", binaries = ""] = process.argv.slice(2);
await startRealFlux({ directory, binaries });
process.stdout.write("started\n");
setInterval(() => undefined, 60_000);
