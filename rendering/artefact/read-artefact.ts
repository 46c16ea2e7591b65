import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../clients/sha256.ts";
import {
  artefactBranchesPath,
  artefactConfigurationPath,
  artefactImagesPath,
  artefactRecordPath,
  type DeliveryArtefact,
  parseArtefact,
} from "../../core/artefact/delivery-artefact.ts";
import { InputError, type Problem } from "../../core/errors.ts";
import type { CheckedOutBranch } from "../inputs/config-branch.ts";
import { rootAt, type Root } from "../inputs/contained-files.ts";

/** What CI handed on, as a render reads it. */
export type ReadArtefact = {
  readonly artefact: DeliveryArtefact;
  readonly imagesFile: string | undefined;
  readonly configuration: Root | undefined;
  readonly branches: ReadonlyMap<string, CheckedOutBranch>;
};

/**
 * The artefact that a folder is; undefined for a checkout, whatever it holds.
 * @throws InputError for a damaged record, and with every file that is not as CI left it.
 */
export function readArtefact({ path }: Root): ReadArtefact | undefined {
  const file = join(path, artefactRecordPath);
  if (existsSync(join(path, ".git")) || !existsSync(file)) return undefined;
  const { artefact, problems } = parseArtefact(readFileSync(file, "utf8"), artefactRecordPath);
  if (artefact === undefined) throw new InputError(problems, changed);
  const { files, images: listed } = artefact;
  const expected = { ...files, ...(listed === undefined ? {} : { [artefactImagesPath]: listed }) };
  const different = Object.entries(expected).flatMap(([name, digest]): Problem[] => {
    const found = existsSync(join(path, name)) ? sha256(readFileSync(join(path, name))) : undefined;
    if (found === digest) return [];
    const what = found === undefined ? "is missing from" : "is not as it was in";
    return [{ file: name, message: `the file ${what} the artefact that CI published` }];
  });
  if (different.length > 0) throw new InputError(different, changed);
  const images = join(path, artefactImagesPath);
  const folder = join(path, artefactConfigurationPath);
  // An artefact has no empty folders.
  if (artefact.configuration !== undefined) mkdirSync(folder, { recursive: true });
  return {
    artefact,
    imagesFile: existsSync(images) ? images : undefined,
    configuration: artefact.configuration && rootAt(folder, "the configuration in CI's artefact"),
    branches: new Map(
      Object.entries(artefact.branches).map(([name, commit]) => [
        name,
        { commit, root: rootAt(join(path, artefactBranchesPath, name), `the branch of ${name}`) },
      ]),
    ),
  };
}

const changed = {
  code: "artefact-changed",
  hint: "Download CI's artefact into a folder of its own and let no step change it.",
};
