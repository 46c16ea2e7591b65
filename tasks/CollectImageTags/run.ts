import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { findModifiedFiles } from "../../clients/git-objects.ts";
import { readTreeAtHead } from "../../clients/git-tree.ts";
import { lookUpImage, type Registries } from "../../clients/registry/registry.ts";
import type { ImageSource } from "../../core/delivery/delivery.ts";
import { InputError } from "../../core/errors.ts";
import { buildMatrix } from "../../core/images/build-matrix.ts";
import { chosenDockerfile, sourcesOf, type SourcePart } from "../../core/images/image-sources.ts";
import { type CommitTree, resolvePath } from "../../core/images/resolve-path.ts";
import { type ImageTags, taggedImage } from "../../core/images/tagged-image.ts";
import { readDelivery } from "../../rendering/inputs/read-inputs.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import { readPrevious } from "./image-list.ts";
import { imageTag } from "./image-tag.ts";
import type { Inputs } from "./inputs.ts";

type Deps = {
  readonly log: TaskLog;
  /** Absent: the lists alone say what was built. */
  readonly registries?: Registries;
};

type Source = { readonly image: ImageSource; readonly parts: readonly SourcePart[] };

/** Tags the images of a delivery by their sources and says which must be built. */
export async function run(inputs: Inputs, { log, registries }: Deps): Promise<TaskOutcome> {
  const { delivery, checkout } = await readDelivery(inputs.deliveryFile);
  const previous = await readPrevious(inputs.previousFile);
  const here = delivery.images.filter(({ context }) => context !== undefined);
  for (const { name } of delivery.images.filter((each) => !here.includes(each))) {
    log.info(`${name}: has no context, so it is built and tagged elsewhere`);
  }
  const sources = here.length === 0 ? [] : await readSources(here, checkout.path, log);
  const salt = inputs.salt || previous.salt;
  if (salt !== "") log.info(`Every tag follows from "${salt}" as well, since a rebuild was asked`);
  const images = [];
  for (const { image, parts } of sources) {
    const dockerfile = chosenDockerfile(image);
    const tag = imageTag({ parts, build: image.build, dockerfile, salt });
    const named = { name: image.name, tag };
    const answer = registries && (await lookUpImage(registries, named));
    if (answer?.kind === "unknown") {
      log.warn(`${image.name}: its registry could not be asked, the lists decide: ${answer.why}`);
    }
    images.push(taggedImage(named, previous.known.get(image.name) ?? [], answer));
  }
  for (const { name, tag, built, reason } of images) {
    log.info(`${name}:${tag} ${built ? "to build" : "not to build"}: ${reason}`);
  }
  await writeList(inputs.outputFile, {
    apiVersion: "fluxgate.dev/v1",
    kind: "ImageTags",
    ...(salt === "" ? {} : { salt }),
    images,
  });
  const building = images.filter(({ built }) => built);
  const tags = new Map(building.map(({ name, tag }) => [name, tag]));
  return {
    outputs: {
      imagesFile: inputs.outputFile,
      toBuild: building.map(({ name, tag }) => `${name}:${tag}`).join(","),
      unchanged: String(building.length === 0),
      matrix: JSON.stringify(
        buildMatrix(
          here.flatMap((image) => {
            const tag = tags.get(image.name);
            return tag === undefined ? [] : [{ image, tag }];
          }),
        ),
      ),
    },
    ...(inputs.artefact === ""
      ? {}
      : {
          artefacts: [{ name: inputs.artefact ?? "image-tags", path: inputs.outputFile }],
        }),
    message: `${building.length} of ${images.length} images to build`,
  };
}

async function readSources(
  images: readonly ImageSource[],
  checkout: string,
  log: TaskLog,
): Promise<readonly Source[]> {
  const tree = await readTreeAtHead(checkout);
  const found = images.map((image) => ({ image, ...sourcesOf(image, tree) }));
  const problems = found.flatMap(({ image, problems }) =>
    problems.map((message) => ({ message: `image ${image.name}: ${message}` })),
  );
  if (problems.length > 0) {
    throw new InputError(problems, {
      hint: "Correct context, dockerfile or dependsOn in fluxgate.yaml; only committed files count.",
    });
  }
  for (const { image, parts, notes } of found) {
    for (const note of notes) log.info(`${image.name}: ${note}`);
    if (lacksDockerfile(image, tree)) {
      log.warn(
        `${image.name}: the commit holds no ${image.dockerfile ?? "Dockerfile"}: only build steps of your own can build it`,
      );
    }
    await warnOfModified({ image, parts }, checkout, log);
  }
  return found;
}

function lacksDockerfile({ dockerfile }: ImageSource, tree: CommitTree): boolean {
  return dockerfile !== undefined && resolvePath(tree, dockerfile).kind !== "found";
}

// A build step before this one that rewrites tracked files would go unnoticed in the tag.
async function warnOfModified(
  { image, parts }: Source,
  checkout: string,
  log: TaskLog,
): Promise<void> {
  const files = await findModifiedFiles(
    checkout,
    parts.map(({ real }) => real),
  );
  if (files.length === 0) return;
  const more = files.length > 1 ? ` and ${files.length - 1} more` : "";
  log.warn(`${image.name}: ${files[0]}${more} differs from the commit, which the tag is made of`);
}

async function writeList(file: string, list: ImageTags): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(list, undefined, 2)}\n`);
}
