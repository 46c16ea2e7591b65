import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { readTreeAtHead } from "../../clients/git-tree.ts";
import { artefactOfAttempt } from "../../core/artefact/artefact-name.ts";
import { artefactImagesPath } from "../../core/artefact/delivery-artefact.ts";
import { matchesPath } from "../../core/artefact/path-pattern.ts";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { InputError } from "../../core/errors.ts";
import { type ArtefactFile, withArtefactFiles } from "../../rendering/artefact/artefact-files.ts";
import { writeArtefact } from "../../rendering/artefact/write-artefact.ts";
import { readCheckoutProvenance } from "../../rendering/inputs/checkout-provenance.ts";
import { rootAt, type Root } from "../../rendering/inputs/contained-files.ts";
import { readDelivery, readImageList } from "../../rendering/inputs/read-inputs.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import type { Inputs } from "./inputs.ts";

const candidate = "fluxgate-candidate";

/** Gathers what CI validates and CD renders, of one commit, in one folder. */
export async function run(inputs: Inputs, log: TaskLog): Promise<TaskOutcome> {
  const { outputFolder, imagesFile, source, validated = [] } = inputs;
  demandEmpty(outputFolder);
  const { delivery, checkout } = await readDelivery(inputs.deliveryFile);
  await demandCommit(checkout, source.commit);
  const configuration =
    inputs.configurationFolder === undefined
      ? undefined
      : rootAt(inputs.configurationFolder, "the configuration folder");
  const pinned = configuration && (await readCheckoutProvenance(configuration.path));
  if (imagesFile !== undefined) await readImageList(imagesFile);
  const deliveryFile = relative(checkout.path, inputs.deliveryFile).split(sep).join("/");
  const own = [deliveryFile, ...(await readDeclared(delivery, checkout))];
  const roots = { code: checkout, ...(configuration ? { configuration } : {}) };
  const artefact = await withArtefactFiles({ delivery, roots }, async (read, branches) => {
    const also = own.map((path): ArtefactFile => ({ root: checkout, from: path, to: path }));
    return writeArtefact(outputFolder, [...read, ...also], {
      ...{ apiVersion: "fluxgate.dev/v1", kind: "DeliveryArtefact", delivery: delivery.name },
      ...{ deliveryFile, source, branches },
      ...(pinned ? { configuration: pinned } : {}),
      ...(validated.length > 0 ? { validated } : {}),
    });
  });
  if (imagesFile !== undefined) {
    mkdirSync(dirname(join(outputFolder, artefactImagesPath)), { recursive: true });
    copyFileSync(imagesFile, join(outputFolder, artefactImagesPath));
  }
  const count = Object.keys(artefact.files).length;
  log.info(`${count} files of ${source.name}@${source.commit} in ${outputFolder}`);
  if (pinned) log.info(`Configuration is that of ${pinned.repository}@${pinned.commit}`);
  const left = delivery.environments.filter(({ name }) => !validated.includes(name));
  if (validated.length > 0 && left.length > 0) {
    const names = left.map(({ name }) => name).join(", ");
    log.warn(`This pipeline does not validate ${names}: CD would be the first to render it`);
  }
  const name = artefactOfAttempt(candidate, inputs.stageAttempt);
  return { outputs: { outputFolder, artefact: name }, message: `${count} files` };
}

// What lies there from before would be published with it.
function demandEmpty(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  const message = `Failed to pack into ${folder}: the folder is not empty`;
  throw new InputError([{ message }], { hint: "Give outputFolder a folder of its own." });
}

async function demandCommit(checkout: Root, commit: string): Promise<void> {
  const head = await readCheckoutProvenance(checkout.path);
  if (head?.commit === commit) return;
  const at = head === undefined ? "no checkout" : `at ${head.commit}`;
  const message = `Failed to pack ${commit}: ${checkout.path} is ${at}`;
  throw new InputError([{ message }], {
    code: "not-this-commit",
    hint: "Pack the run's own commit: let `checkout: self` come before, and no step move it.",
  });
}

/** Committed files that fluxgate.yaml declares; a pattern that means none is an error. */
async function readDeclared(delivery: Delivery, checkout: Root): Promise<readonly string[]> {
  if (delivery.artefact.length === 0) return [];
  const { entries } = await readTreeAtHead(checkout.path);
  const files = [...entries].filter(([, { mode }]) => mode !== "040000" && mode !== "160000");
  const found = delivery.artefact.map((pattern) => ({
    pattern,
    paths: files.map(([path]) => path).filter((path) => matchesPath(pattern, path)),
  }));
  const empty = found.filter(({ paths }) => paths.length === 0);
  if (empty.length > 0) {
    throw new InputError(
      empty.map(({ pattern }) => ({
        message: `artefact: the commit holds nothing like ${pattern}`,
      })),
    );
  }
  return [...new Set(found.flatMap(({ paths }) => paths))];
}
