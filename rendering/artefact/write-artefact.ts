import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../../clients/sha256.ts";
import {
  artefactConfigurationPath,
  artefactExecutablesPath,
  artefactRecordPath,
  type DeliveryArtefact,
} from "../../core/artefact/delivery-artefact.ts";
import { InputError } from "../../core/errors.ts";
import { containedPath } from "../inputs/contained-files.ts";
import type { ArtefactFile } from "./artefact-files.ts";

/** Copies the files into a folder that is empty or absent, and leaves their record beside them. */
export function writeArtefact(
  folder: string,
  files: readonly ArtefactFile[],
  record: Omit<DeliveryArtefact, "files">,
): DeliveryArtefact {
  const own = files.find(({ to, from }) => to === from && to.startsWith(".fluxgate/"));
  if (own !== undefined) {
    const message = `${own.to} cannot be handed to CD: .fluxgate is where the artefact keeps its own`;
    throw new InputError([{ message }]);
  }
  const digests: Record<string, string> = {};
  const executables: string[] = [];
  for (const { root, from, to } of files) {
    const source = containedPath(root, from);
    const target = join(folder, to);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(source, target);
    digests[to] = sha256(readFileSync(target));
    if ((statSync(source).mode & 0o111) !== 0 && !to.includes("\n")) executables.push(to);
  }
  const artefact: DeliveryArtefact = { ...record, files: digests };
  mkdirSync(join(folder, artefactConfigurationPath), { recursive: true });
  const text = `${JSON.stringify(artefact, undefined, 2)}\n`;
  writeFileSync(join(folder, artefactRecordPath), text);
  writeFileSync(
    join(folder, artefactExecutablesPath),
    executables.map((path) => `${path}\n`).join(""),
  );
  return artefact;
}
