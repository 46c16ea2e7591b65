import { parseArgs } from "node:util";
import { InputError, problemText } from "../core/errors.ts";
import { checkNames } from "../core/delivery/delivery.ts";
import { renderEnvironments } from "../rendering/render-environments.ts";
import { checksMade } from "./checks-made.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { readRenderOptions, sharedHelp, sharedOptions } from "./render-options.ts";
import { validateManifests } from "./validate-manifests.ts";

const repeatable = { type: "string", multiple: true, default: [] as string[] } as const;

export const validateCommand: Command = {
  summary: "Check the delivery file and what every environment renders, or any manifests",
  help: `fluxgate validate [options]

Checks fluxgate.yaml, renders the environments in memory, checks every object and prints every
problem. Writes nothing.

${sharedHelp}

fluxgate validate --manifests PATH [options]

Checks the manifests of a folder, or of one file, whoever rendered them: what Flux would build of
them, by its own code, judged by the API server's own code. Without that code, as they lie there, by
schemas.

  --kubernetes-version  1.36, say; default: 1.36
  --schemas DIR         CustomResourceDefinitions that the cluster has; may be repeated
  --off CHECK           ${checkNames.join(", ")}; may be repeated
  --post-build NAME     a variable that Flux substitutes; may be repeated
  --exclude PATTERN     a path to leave out with all below; * and ** stand for names; may be repeated
  --allow-secret NAME   a Secret that holds no secret, or NAMESPACE/NAME; may be repeated`,
  async run(args, terminal) {
    const { out, err } = terminal;
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...sharedOptions,
        manifests: { type: "string" },
        "kubernetes-version": { type: "string" },
        schemas: repeatable,
        off: repeatable,
        "post-build": repeatable,
        "allow-secret": repeatable,
        exclude: repeatable,
      },
    });
    const { manifests } = values;
    if (manifests !== undefined) return validateManifests({ ...values, manifests }, terminal);
    const options = await readRenderOptions(values);
    const { environments, explanations } = await renderEnvironments(options);
    for (const line of explanations) out(line);
    const empty = environments.filter(({ files }) => files.length === 0);
    if (empty.length > 0) {
      const message = "nothing was rendered, so nothing was checked";
      throw new InputError(
        empty.flatMap(({ environment, warnings }) => [
          { message: `environment ${environment.name}: ${message}` },
          ...warnings,
        ]),
      );
    }
    for (const { environment, files, warnings } of environments) {
      const objects = files.filter(({ identity }) => identity !== undefined).length;
      const made = checksMade(options.delivery.validate.off);
      out(`${environment.name}: ${objects} ${objects === 1 ? "object" : "objects"}, ${made}`);
      for (const warning of warnings) err(`warning: ${problemText(warning)}`);
    }
    return exitCodes.ok;
  },
};
