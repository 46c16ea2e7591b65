import { preferTools } from "../../rendering/processes/find-tool.ts";
import { checkoutProvenance } from "../../rendering/inputs/checkout-provenance.ts";
import { rootAt } from "../../rendering/inputs/contained-files.ts";
import { readDelivery, readImageList } from "../../rendering/inputs/read-inputs.ts";
import { renderToFolder } from "../../rendering/write/render-to-folder.ts";
import type { FolderReport } from "../../rendering/write/render-to-folder.ts";
import type { ManifestsDiff } from "../../core/diff/diff-manifests.ts";
import { problemText } from "../../core/errors.ts";
import { renderSummary } from "../../core/render/render-summary.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import type { Inputs } from "./inputs.ts";
import { localCommand } from "./local-command.ts";

/** Renders the environments; the output folder is complete or as it was. */
export async function run(inputs: Inputs, log: TaskLog): Promise<TaskOutcome> {
  const { outputFolder, toolsFolder } = inputs;
  if (toolsFolder !== undefined) await preferTools(toolsFolder);
  const { delivery, checkout } = await readDelivery(inputs.deliveryFile, inputs.cacheFolder);
  const images =
    inputs.imagesFile === undefined ? undefined : await readImageList(inputs.imagesFile);
  const configuration =
    inputs.configurationFolder === undefined
      ? undefined
      : rootAt(inputs.configurationFolder, "the configuration folder");
  const configured = configuration && (await checkoutProvenance(configuration.path));
  log.info(`To repeat this on your machine: ${localCommand(inputs, delivery, checkout.path)}`);
  const { cacheFolder, checkDeterministic } = inputs;
  const report = await renderToFolder({
    delivery,
    roots: { code: checkout, ...(configuration ? { configuration } : {}) },
    environments: inputs.environments,
    ...(images ? { images } : {}),
    variables: inputs.variable,
    secrets: inputs.secrets,
    checkDeterministic,
    isolation: inputs.requireIsolation ? "required" : "auto",
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
    outputFolder,
    withResult: true,
    provenance: { ...inputs.provenance, ...(configured ? { configuration: configured } : {}) },
  });
  const { result, explanations, isolation } = report;
  for (const line of explanations) log.info(line);
  if (isolation !== undefined) log.info(`Isolation of the tools: ${isolation}`);
  for (const { name, objects } of result.environments) {
    log.info(`${name}: ${objects.length} objects rendered`);
  }
  for (const { environment, warnings } of report.plans) {
    for (const warning of warnings) log.warn(`${environment}: ${problemText(warning)}`, warning);
  }
  return {
    outputs: { outputFolder },
    summary: renderSummary(result, { ...report, changes: changesOf(report) }),
    message: `Rendered ${result.environments.map(({ name }) => name).join(", ")}`,
  };
}

function changesOf({ plans }: FolderReport): ReadonlyMap<string, ManifestsDiff> {
  return new Map(
    plans.flatMap(({ environment, diff }) => {
      const found = diff();
      return found === undefined ? [] : [[environment, found] as const];
    }),
  );
}
