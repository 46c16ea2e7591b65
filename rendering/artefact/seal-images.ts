import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../../clients/sha256.ts";
import { artefactImagesPath, artefactRecordPath } from "../../core/artefact/delivery-artefact.ts";

/** Notes the digest of the confirmed list in the record of its artefact; other lists have none. */
export function sealImages(imagesFile: string): void {
  const root = join(dirname(imagesFile), "..");
  const record = join(root, artefactRecordPath);
  if (imagesFile !== join(root, artefactImagesPath) || !existsSync(record)) return;
  const artefact = JSON.parse(readFileSync(record, "utf8")) as Record<string, unknown>;
  const images = sha256(readFileSync(imagesFile));
  writeFileSync(record, `${JSON.stringify({ ...artefact, images }, undefined, 2)}\n`);
}
