import { parseArgs } from "node:util";
import { problemText } from "../core/errors.ts";
import { readCheckoutProvenance } from "../rendering/inputs/checkout-provenance.ts";
import type { RenderOptions } from "../rendering/render-options.ts";
import { renderToFolder } from "../rendering/write/render-to-folder.ts";
import type { FolderReport } from "../rendering/write/render-to-folder.ts";
import { changeLines } from "./changes-text.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { readRenderOptions, sharedHelp, sharedOptions } from "./render-options.ts";

export const renderCommand: Command = {
  summary: "Render the manifests of environments into a folder",
  help: `fluxgate render --out DIR [options]

Writes <environment path>/<app>/… below DIR: one object a file, a kustomization.yaml and the
ownership index. Files of DIR that the index does not name are kept. On a problem nothing is written.

  --out DIR             a checkout of the manifests repository, or an empty folder
${sharedHelp}
  --allow-empty         an environment may end up with no objects
  --dry-run             write nothing, print what each object would become
  --with-result         also write render-result.json, which OpenManifestsPR@1 reads
  --verbose             also say how the tools were isolated

helm, kubectl and jsonnet are taken from PATH, where a step needs them.`,
  async run(args, { out, err }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...sharedOptions,
        out: { type: "string" },
        "allow-empty": { type: "boolean", default: false },
        "dry-run": { type: "boolean", default: false },
        "with-result": { type: "boolean", default: false },
        verbose: { type: "boolean", default: false },
      },
    });
    if (values.out === undefined) {
      err("fluxgate render needs --out DIR. Run fluxgate render --help.");
      return exitCodes.usage;
    }
    const options = await readRenderOptions(values);
    const report = await renderToFolder({
      ...options,
      outputFolder: values.out,
      provenance: readProvenance(options.roots),
      allowEmpty: values["allow-empty"],
      dryRun: values["dry-run"],
      withResult: values["with-result"],
    });
    for (const line of report.explanations) out(line);
    if (values.verbose && report.isolation) out(`Isolation of the tools: ${report.isolation}`);
    for (const { environment, changes } of values["dry-run"] ? report.plans : []) {
      for (const line of changeLines(environment, changes())) out(line);
    }
    for (const line of reportLines(report, values["dry-run"])) out(line);
    for (const warning of warningsOf(report)) err(`warning: ${warning}`);
    for (const stale of report.plans.flatMap((each) => each.stale)) {
      err(`warning: ${problemText(stale)}`);
    }
    return exitCodes.ok;
  },
};

async function readProvenance({ code, configuration }: RenderOptions["roots"]) {
  const [source, configured] = await Promise.all([
    readCheckoutProvenance(code.path),
    configuration ? readCheckoutProvenance(configuration.path) : undefined,
  ]);
  return { ...(source ? { source } : {}), ...(configured ? { configuration: configured } : {}) };
}

function reportLines({ result, plans }: FolderReport, dryRun: boolean): readonly string[] {
  return result.environments.map(({ name, path, objects }) => {
    const plan = plans.find(({ environment }) => environment === name)?.plan;
    const count = `${objects.length} ${objects.length === 1 ? "object" : "objects"}`;
    if (plan === undefined || plan.unchanged) return `${name}: ${count} in ${path}, unchanged`;
    const verb = dryRun ? "would write" : "wrote";
    const deletes =
      plan.deletes.length > 0 ? `, ${dryRun ? "delete" : "deleted"} ${plan.deletes.length}` : "";
    return `${name}: ${count} in ${path}, ${verb} ${plan.writes.length} files${deletes}`;
  });
}

function warningsOf({ result }: FolderReport): readonly string[] {
  return [...new Set(result.environments.flatMap(({ warnings }) => warnings))];
}
