import type { Delivery } from "../delivery/delivery.ts";
import type { Problem } from "../errors.ts";
import type { ImageReference } from "../manifests/images.ts";
import { nearestWord } from "../nearest-word.ts";

export type EnvironmentImages = {
  readonly delivery: Pick<Delivery, "images">;
  readonly environment: string;
  /** The CI's list; absent: the templates' tags stay. */
  readonly images: readonly ImageReference[] | undefined;
  /** Image name → number of fields that hold it. */
  readonly uses: ReadonlyMap<string, number>;
  readonly unpinned: ReadonlySet<string>;
  /** Whether apps of the environment are left out; they may use the rest. */
  readonly partial: boolean;
};

/** Images that land nowhere, lack a tag, or may change without a commit. */
export function checkImages(found: EnvironmentImages): {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
} {
  const { delivery, environment, images, uses, unpinned, partial } = found;
  const where = `environment ${environment}`;
  const declared = delivery.images;
  const optional = new Set(declared.filter(({ required }) => !required).map(({ name }) => name));
  const missing = (name: string) => !partial && !uses.has(name) && !optional.has(name);
  const listed = new Set(images?.map(({ name }) => name));
  const unused = (name: string, of: string) => ({
    message: `${where}: image ${name} of ${of} is used by no rendered object${near(name, uses)}. Correct its name, or say required: false under images`,
  });
  const fromList = [...listed].filter(missing).map((name) => unused(name, "the image list"));
  const expected = declared.filter(({ name }) => !listed.has(name));
  return {
    problems: [
      ...fromList,
      ...(images === undefined ? [] : expected)
        .filter(({ name }) => missing(name))
        .map(({ name }) => unused(name, "fluxgate.yaml")),
      ...(images === undefined ? [] : expected)
        .filter(({ name }) => uses.has(name))
        .map(({ name }) => ({
          message: `${where}: image ${name} has no tag: it is not in the image list`,
        })),
    ],
    warnings: [...unpinned].map((name) =>
      images === undefined && declared.some((each) => each.name === name)
        ? `${where}: image ${name} has no tag: no image list was given`
        : `${where}: image ${name} has no tag or the tag latest: what runs can change without a commit`,
    ),
  };
}

function near(name: string, uses: ReadonlyMap<string, number>): string {
  const similar = nearestWord(name, [...uses.keys()]);
  return similar === undefined ? "" : ` (${similar} is)`;
}
