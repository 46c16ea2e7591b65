import { parseArgs } from "node:util";
import { exactJson } from "../core/exact-json.ts";
import { explainObjects } from "../rendering/explain-object.ts";
import { explainValue } from "../rendering/explain-value.ts";
import { withPreparedApps } from "../rendering/with-prepared-apps.ts";
import type { PreparedApp } from "../rendering/render-app.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { readRenderOptions, sharedHelp, sharedOptions } from "./render-options.ts";

export const explainCommand: Command = {
  summary: "Say which file, snippet or variable a value or an object comes from",
  help: `fluxgate explain VALUE|OBJECT [options]

  VALUE    a dotted path or a variable: image.tag, REPLICAS. Prints everything that sets it; the
           last one wins.
  OBJECT   Kind/name: Deployment/api. Prints its template, the steps, patches and images.

${sharedHelp}`,
  async run(args, { out, err }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: sharedOptions,
    });
    const [wanted] = positionals;
    if (wanted === undefined || positionals.length > 1) {
      err("fluxgate explain needs one value or object. Run fluxgate explain --help.");
      return exitCodes.usage;
    }
    const options = await readRenderOptions(values);
    const lines = await withPreparedApps(options, (prepared) =>
      explainError(prepared, wanted, options.images),
    );
    for (const line of lines) out(line);
    if (lines.length > 0) return exitCodes.ok;
    err(`nothing sets or renders ${wanted}`);
    return exitCodes.problems;
  },
};

async function explainError(
  prepared: readonly PreparedApp[],
  wanted: string,
  images: Parameters<typeof explainObjects>[2],
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const app of prepared) {
    const where = `${app.job.environment.name}, app ${app.job.app.name}`;
    if (wanted.includes("/")) {
      for (const { key, sources } of await explainObjects(app, wanted, images)) {
        lines.push(`${where}: ${key}`, ...sources.map((source) => `  ${source}`));
      }
      continue;
    }
    const sources = explainValue(app, wanted);
    const winner = sources.at(-1);
    if (winner === undefined) continue;
    lines.push(`${where}: ${wanted} = ${exactJson(winner.value)}`);
    lines.push(...sources.map(({ place, value }) => `  ${place}: ${exactJson(value)}`));
  }
  return lines;
}
