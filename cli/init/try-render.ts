import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { renderToFolder } from "../../rendering/write/render-to-folder.ts";
import type { RenderOptions } from "../../rendering/render-options.ts";
import { changeLines } from "../changes-text.ts";
import type { Terminal } from "../command.ts";

/** Renders once, writes nothing, and prints what it would be; against the manifests where given. */
export async function tryRender(
  options: RenderOptions,
  { manifests, terminal }: { readonly manifests: string | undefined; readonly terminal: Terminal },
): Promise<void> {
  const { out, err } = terminal;
  const samples = samplesOf(options.delivery);
  const madeUp = new Set<string>();
  const variables: RenderOptions["variables"] = (name) => {
    const given = options.variables(name);
    const sample = samples.get(name);
    if (given !== undefined || sample === undefined) return given;
    madeUp.add(name);
    return { value: sample, secret: false, origin: "fluxgate init" };
  };
  const scratch = manifests ?? mkdtempSync(join(tmpdir(), "fluxgate-init-"));
  try {
    const report = await renderToFolder({
      ...{ ...options, variables, outputFolder: scratch, provenance: {}, dryRun: true },
      adopt: manifests !== undefined,
    });
    for (const { environment, changes, plan } of report.plans) {
      if (manifests !== undefined)
        for (const line of changeLines(environment, changes())) out(line);
      else out(`${environment}: renders ${counted(report.result, environment)}`);
      if (manifests !== undefined && plan.unchanged)
        out(`${environment}: everything is owned already`);
    }
    for (const { name, warnings } of report.result.environments) {
      for (const warning of warnings) err(`warning: ${name}: ${warning}`);
    }
    if (madeUp.size > 0) {
      const names = [...madeUp].sort().join(", ");
      out(
        `Values that nobody gave were made up for this: ${names}. Give them by --set NAME=VALUE to see the true ones`,
      );
    }
  } finally {
    if (manifests === undefined) rmSync(scratch, { recursive: true, force: true });
  }
}

type Result = Awaited<ReturnType<typeof renderToFolder>>["result"];

function counted({ environments }: Result, environment: string): string {
  const { length } = environments.find(({ name }) => name === environment)?.objects ?? [];
  return length === 1 ? "1 object" : `${length} objects`;
}

function samplesOf({ environments }: Delivery): ReadonlyMap<string, string> {
  const all = environments.flatMap(({ config }) => config.variables);
  const unset = all.filter((one) => one.default === undefined);
  return new Map(
    unset.map(({ from, type }) => [
      from,
      type === "string" ? "sample" : type === "boolean" ? "true" : "1",
    ]),
  );
}
