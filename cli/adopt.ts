import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { InputError, problemText } from "../core/errors.ts";
import { readCheckoutProvenance } from "../rendering/inputs/checkout-provenance.ts";
import { renderToFolder } from "../rendering/write/render-to-folder.ts";
import { changeLines } from "./changes-text.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { readRenderOptions, sharedHelp, sharedOptions } from "./render-options.ts";

export const adoptCommand: Command = {
  summary: "Take existing files of a manifests repository into the ownership index",
  help: `fluxgate adopt --out DIR [--app NAME] [options]

Renders, takes over the files of DIR that hold the same objects and belong to nobody, and prints
what each object becomes: "0 objects changed" proves that the cluster will not notice. A file that
also holds an object which is not rendered is refused, and one that a kustomization beside it
changes. Files of other apps stay as they are.

  --out DIR             a checkout of the manifests repository
${sharedHelp}
  --dry-run             write nothing, only print`,
  async run(args, { out, err }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...sharedOptions,
        out: { type: "string" },
        "dry-run": { type: "boolean", default: false },
      },
    });
    const { out: outputFolder, "dry-run": dryRun } = values;
    if (outputFolder === undefined) {
      err("fluxgate adopt needs --out DIR. Run fluxgate adopt --help.");
      return exitCodes.usage;
    }
    if (!existsSync(outputFolder)) {
      const message = `Failed to read the manifests repository ${outputFolder}: there is no such folder`;
      throw new InputError([{ message }], { hint: "Clone it there, or name its checkout." });
    }
    const options = await readRenderOptions(values);
    const source = await readCheckoutProvenance(options.roots.code.path);
    const { plans, result, explanations } = await renderToFolder({
      ...options,
      outputFolder,
      provenance: source ? { source } : {},
      adopt: true,
      dryRun,
    });
    for (const line of explanations) out(line);
    for (const { environment, plan, changes } of plans) {
      for (const line of changeLines(environment, changes())) out(line);
      const verb = dryRun ? "would write" : "wrote";
      const took = dryRun ? "remove" : "removed";
      out(
        plan.unchanged
          ? `${environment}: everything is owned already`
          : `${environment}: ${verb} ${plan.writes.length} files, ${took} ${plan.deletes.length}`,
      );
    }
    for (const { warnings } of result.environments) {
      for (const warning of warnings) err(`warning: ${warning}`);
    }
    for (const stale of plans.flatMap((each) => each.stale)) {
      out(`to do: ${problemText(stale)}: list the app's folder there instead`);
    }
    return exitCodes.ok;
  },
};
