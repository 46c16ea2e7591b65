import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { modifiedFiles, objectIdsAtHead } from "../../clients/git-objects.ts";
import { readDelivery } from "../../rendering/inputs/read-inputs.ts";
import type { ImageSource } from "../../core/delivery/delivery.ts";
import { InputError } from "../../core/errors.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import { type ImageTags, readPrevious, tagged, type TaggedImage } from "./image-list.ts";
import { imageTag, sourcesOf } from "./image-tag.ts";
import type { Inputs } from "./inputs.ts";

/** Tags the images of a delivery by their sources and says which must be built. */
export async function run(
  inputs: Inputs,
  { log }: { readonly log: TaskLog },
): Promise<TaskOutcome> {
  const { delivery, checkout } = await readDelivery(inputs.deliveryFile);
  const previous = await readPrevious(inputs.previousFile);
  const here = delivery.images.filter((image) => sourcesOf(image).length > 0);
  const tags = await tagsOf(here, checkout.path);
  await warnOfModified(here, checkout.path, log);
  const images = tags.map((image) => tagged(image, previous));
  for (const image of delivery.images.filter((each) => !here.includes(each))) {
    log.info(`${image.name}: has no context, so it is built and tagged elsewhere`);
  }
  for (const { name, tag, built, reason } of images) {
    log.info(`${name}:${tag} ${built ? "to build" : "not to build"}: ${reason}`);
  }
  await writeList(inputs.outputFile, images);
  const toBuild = images.filter(({ built }) => built).map(({ name, tag }) => `${name}:${tag}`);
  return {
    outputs: {
      imagesFile: inputs.outputFile,
      toBuild: toBuild.join(","),
      unchanged: String(toBuild.length === 0),
    },
    artefacts: [{ name: "image-tags", path: inputs.outputFile }],
    message: `${toBuild.length} of ${images.length} images to build`,
  };
}

async function tagsOf(images: readonly ImageSource[], checkout: string) {
  const all = [...new Set(images.flatMap(sourcesOf))];
  const ids = all.length === 0 ? new Map<string, string>() : await objectIdsAtHead(checkout, all);
  const problems = images.flatMap((image) =>
    sourcesOf(image)
      .filter((path) => !ids.has(path))
      .map((path) => ({ message: `image ${image.name}: the commit holds no ${path}` })),
  );
  if (problems.length > 0) {
    throw new InputError(problems, {
      hint: "Correct context, dockerfile or dependsOn in fluxgate.yaml; only committed files count.",
    });
  }
  return images.map((image) => {
    const own = sourcesOf(image).map((path) => [path, ids.get(path) ?? ""] as const);
    return { name: image.name, tag: imageTag(new Map(own)) };
  });
}

// A build step before this one that rewrites tracked files would go unnoticed in the tag.
async function warnOfModified(
  images: readonly ImageSource[],
  checkout: string,
  log: TaskLog,
): Promise<void> {
  for (const image of images) {
    const files = await modifiedFiles(checkout, sourcesOf(image));
    if (files.length === 0) continue;
    const more = files.length > 1 ? ` and ${files.length - 1} more` : "";
    log.warn(`${image.name}: ${files[0]}${more} differs from the commit, which the tag is made of`);
  }
}

async function writeList(file: string, images: readonly TaggedImage[]): Promise<void> {
  const list: ImageTags = { apiVersion: "fluxgate.dev/v1", kind: "ImageTags", images };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(list, undefined, 2)}\n`);
}
