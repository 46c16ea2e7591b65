import { readFile, writeFile } from "node:fs/promises";
import { lookUpImage, type Registries } from "../../clients/registry/registry.ts";
import { artefactOfAttempt } from "../../core/artefact/artefact-name.ts";
import { InputError, type Problem } from "../../core/errors.ts";
import type { TaggedImage } from "../../core/images/tagged-image.ts";
import { sealImages } from "../../rendering/artefact/seal-images.ts";
import { readImageList } from "../../rendering/inputs/read-inputs.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import type { Inputs } from "./inputs.ts";

/** Writes the digest of every listed image into the list, once all of them stand in a registry. */
export async function run(
  { imagesFile, askRegistry, attempt }: Inputs,
  { log, registries }: { readonly log: TaskLog; readonly registries: Registries },
): Promise<TaskOutcome> {
  await readImageList(imagesFile);
  const list = JSON.parse(await readFile(imagesFile, "utf8")) as {
    readonly images: readonly (Omit<TaggedImage, "tag"> & { readonly tag?: string })[];
  };
  const outputs = {
    imagesFile,
    deliveryArtefact: artefactOfAttempt("fluxgate", attempt),
    imagesArtefact: artefactOfAttempt("image-tags", attempt),
  };
  if (!askRegistry) {
    sealImages(imagesFile);
    log.warn("No registry was asked: nobody has seen that the listed images are there");
    return { outputs, message: "No image was looked up" };
  }
  const problems: Problem[] = [];
  const images: (typeof list.images)[number][] = [];
  for (const image of list.images) {
    // Another CI's list may name digests alone, by which registries are asked as well.
    const tag: string = image.tag ?? image.digest ?? "";
    const answer = await lookUpImage(registries, { name: image.name, tag });
    const reference = `${image.name}${tag.includes(":") ? "@" : ":"}${tag}`;
    switch (answer.kind) {
      case "there":
        log.info(`${reference} is ${answer.digest}`);
        images.push({ ...image, digest: answer.digest });
        break;
      case "absent": {
        const why = image.built ? "no step of this run pushed it" : "it was removed since";
        problems.push({ message: `${reference} does not stand in its registry: ${why}` });
        break;
      }
      case "unknown":
        problems.push({ message: `${reference} could not be looked up: ${answer.why}` });
    }
  }
  if (problems.length > 0) {
    throw new InputError(problems, {
      code: "image-not-there",
      hint: "Nothing is published before every listed image stands in its registry.",
    });
  }
  await writeFile(imagesFile, `${JSON.stringify({ ...list, images }, undefined, 2)}\n`);
  sealImages(imagesFile);
  return { outputs, message: `${images.length} images stand in their registries` };
}
