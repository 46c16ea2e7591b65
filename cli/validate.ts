import { parseArgs } from "node:util";
import { renderEnvironments } from "../clients/rendering/render-environments.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { readRenderOptions, sharedHelp, sharedOptions } from "./render-options.ts";

export const validateCommand: Command = {
  summary: "Check the delivery file and that every environment renders",
  help: `fluxgate validate [options]

Checks fluxgate.yaml, renders the environments in memory and prints every problem. Writes nothing.

${sharedHelp}`,
  async run(args, { out, err }) {
    const { values } = parseArgs({ args: [...args], options: sharedOptions });
    const options = await readRenderOptions(values);
    const { environments, explanations } = await renderEnvironments(options);
    for (const line of explanations) out(line);
    for (const { environment, files, warnings } of environments) {
      const objects = files.filter(({ identity }) => identity !== undefined).length;
      out(`${environment.name}: ${objects} objects, no problems`);
      for (const warning of warnings) err(`warning: ${warning}`);
    }
    return exitCodes.ok;
  },
};
