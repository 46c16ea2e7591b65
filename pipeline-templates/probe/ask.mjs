// The job "Ask" of probe.yml: the rows that one job can answer, row 1 first.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askReading, postHealth } from "./reading.mjs";
import { askWaiting } from "./waiting.mjs";
import { askWriting } from "./writing.mjs";

await askWaiting();
await askReading();
await askWriting();

const poster = await postHealth();
const legs = { only: { emptyValue: "", twoLines: "one\ntwo" } };
const output = (name, value) =>
  console.log(`##vso[task.setvariable variable=${name};isOutput=true]${value}`);
output("poster", poster ?? "");
output("legs", JSON.stringify(legs));

const hidden = join(process.env.BUILD_ARTIFACTSTAGINGDIRECTORY ?? ".", ".folder");
mkdirSync(hidden, { recursive: true });
writeFileSync(join(hidden, ".file"), "probe\n");
