import { kubeOfProgram } from "../../kube/open-node.ts";
import { preferTools } from "../../rendering/processes/find-tool.ts";
import { readCheckoutProvenance } from "../../rendering/inputs/checkout-provenance.ts";
import { demandApproved } from "../../rendering/artefact/demand-approved.ts";
import { type ReadArtefact, readArtefact } from "../../rendering/artefact/read-artefact.ts";
import { rootAt } from "../../rendering/inputs/contained-files.ts";
import { readDelivery, readImageList } from "../../rendering/inputs/read-inputs.ts";
import { renderToFolder } from "../../rendering/write/render-to-folder.ts";
import type { FolderReport } from "../../rendering/write/render-to-folder.ts";
import type { Comparison } from "../../core/diff/compare-manifests.ts";
import { InputError, problemText } from "../../core/errors.ts";
import { renderSummary } from "../../core/render/render-summary.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import { judgeEnvironments } from "./approved-environments.ts";
import type { Inputs } from "./inputs.ts";
import { localCommand } from "./local-command.ts";

/** Renders the environments; the output folder is complete or as it was. */
export async function run(inputs: Inputs, log: TaskLog): Promise<TaskOutcome> {
  const { outputFolder, toolsFolder } = inputs;
  if (toolsFolder !== undefined) await preferTools(toolsFolder);
  const { delivery, checkout } = await readDelivery(inputs.deliveryFile, inputs.cacheFolder);
  const approved = readArtefact(checkout);
  demandCommit(inputs.expectedCommit, approved);
  if (approved) {
    const { environments: wanted } = inputs;
    for (const line of judgeEnvironments(approved, { delivery, wanted })) log.warn(line);
  }
  const imagesFile = inputs.imagesFile ?? approved?.imagesFile;
  const images = imagesFile === undefined ? undefined : await readImageList(imagesFile);
  const given =
    inputs.configurationFolder === undefined
      ? undefined
      : rootAt(inputs.configurationFolder, "the configuration folder");
  if (approved && !given) await demandApproved(approved, { delivery, code: checkout });
  const configuration = given ?? approved?.configuration;
  const configured = given
    ? await readCheckoutProvenance(given.path)
    : approved?.artefact.configuration;
  log.info(`To repeat this on your machine: ${localCommand(inputs, delivery, checkout.path)}`);
  const { cacheFolder, checkDeterministic } = inputs;
  const report = await renderToFolder({
    delivery,
    roots: { code: checkout, ...(configuration ? { configuration } : {}) },
    ...(approved && !given ? { pinnedBranches: approved.branches } : {}),
    ...(approved ? { source: sourceOf(approved) } : {}),
    environments: inputs.environments,
    ...(images ? { images } : {}),
    variables: inputs.variable,
    kube: kubeOfProgram(),
    secrets: inputs.secrets,
    checkDeterministic,
    isolation: inputs.requireIsolation ? "required" : "auto",
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
    outputFolder,
    // A warning here; OpenManifestsPR refuses it, or has an input that allows it.
    allowEmpty: true,
    withResult: true,
    provenance: {
      ...inputs.provenance,
      ...(approved ? { source: pickSource(approved) } : {}),
      ...(configured ? { configuration: configured } : {}),
    },
  });
  const { result, explanations, isolation } = report;
  for (const line of explanations) log.info(line);
  if (isolation !== undefined) log.info(`Isolation of the tools: ${isolation}`);
  for (const { name, objects } of result.environments) {
    log.info(`${name}: ${objects.length} ${objects.length === 1 ? "object" : "objects"} rendered`);
  }
  for (const { environment, warnings } of report.plans) {
    for (const warning of warnings) {
      const text = problemText(warning);
      const isNamed = [":", ","].some((end) => text.includes(`environment ${environment}${end}`));
      log.warn(isNamed ? text : `${environment}: ${text}`, warning);
    }
  }
  return {
    outputs: { outputFolder },
    summary: renderSummary(result, { ...report, changes: changesOf(report) }),
    message: `Rendered ${result.environments.map(({ name }) => name).join(", ")}`,
  };
}

/** @throws InputError where the sources are not what CI approved. */
function demandCommit(expected: string, approved: ReadArtefact | undefined): void {
  if (expected === "" || approved?.artefact.source.commit === expected) return;
  const what =
    approved === undefined
      ? "the sources are no artefact of CI"
      : `the artefact of CI is of ${approved.artefact.source.commit}`;
  throw new InputError([{ message: `Failed to render ${expected}: ${what}` }], {
    code: "not-what-ci-approved",
    hint: "Download the artefact of the run that TakeDelivery names, in place of a checkout.",
  });
}

function sourceOf({ artefact: { source } }: ReadArtefact) {
  return { repository: source.name, commit: source.commit };
}

function pickSource({ artefact: { source } }: ReadArtefact) {
  return { repository: source.repository, commit: source.commit };
}

function changesOf({ plans }: FolderReport): ReadonlyMap<string, Comparison> {
  return new Map(
    plans.flatMap(({ environment, diff }) => {
      const found = diff();
      return found === undefined ? [] : [[environment, found] as const];
    }),
  );
}
