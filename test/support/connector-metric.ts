import { readFileSync } from "node:fs";
import { eventually } from "./eventually.ts";
import type { World } from "./world.ts";

/** Waits until a metric of the world's connector has a value; `name{labels}` as it is exposed. */
export async function metricBecomes(
  { connectorLog }: World,
  metric: string,
  value: number,
): Promise<void> {
  const wanted = `${metric} ${value}`;
  await eventually(
    wanted,
    async () => {
      const lines = readFileSync(connectorLog, "utf8").split("\n");
      const ready = lines.findLast((line) => line.includes('"The connector is ready"')) ?? "{}";
      const { port } = JSON.parse(ready) as { readonly port?: number };
      if (port === undefined) return undefined;
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      return text.split("\n").includes(wanted) || undefined;
    },
    { withinMs: 90_000, everyMs: 150 },
  );
}
