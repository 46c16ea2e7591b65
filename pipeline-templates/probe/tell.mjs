// The job "Tell the rest" of probe.yml: what is known when the other jobs have ended.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { answer, timeline } from "./rest.mjs";

await answer(["14"], async () => {
  const record = (await timeline()).find(({ task }) => task?.name === "CheckFluxHealth");
  if (record?.result === "succeeded") return "yes: its criteria were met by inputs";
  return `NO: CheckFluxHealth ended ${record?.result ?? "without a result"} on a commit with the status`;
});
await answer(["16"], () => {
  const file = join(process.env.PROBE_DOWNLOADED ?? ".", ".folder", ".file");
  return existsSync(file) ? "yes" : "NO: .folder/.file is not in the artefact";
});
