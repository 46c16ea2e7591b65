import { join } from "node:path";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { InputError, type Problem } from "../../core/errors.ts";
import { manifestsIn } from "../../core/render/manifests-in.ts";
import { rootAt } from "../../rendering/inputs/contained-files.ts";
import { readDelivery } from "../../rendering/inputs/read-inputs.ts";
import { readTree } from "../../rendering/write/read-tree.ts";
import { renderToFolder } from "../../rendering/write/render-to-folder.ts";
import type { Inputs } from "./inputs.ts";

type Manifests = ReturnType<typeof manifestsIn>;

/** One side of the pull request, rendered. */
export type Side =
  | {
      readonly kind: "rendered";
      readonly delivery: Delivery;
      /** Of an environment; undefined: the side does not have it. */
      readonly manifests: (environment: string) => Manifests | undefined;
    }
  | {
      readonly kind: "refused";
      readonly problems: readonly Problem[];
      readonly isMissing: boolean;
    };

/** Renders the checkout in a folder into another; what is wrong with it is an answer. */
export async function renderSide(
  inputs: Inputs,
  { checkout, outputFolder }: { readonly checkout: string; readonly outputFolder: string },
): Promise<Side> {
  try {
    const { delivery, checkout: code } = await readDelivery(join(checkout, inputs.deliveryFile));
    const { configurationFolder } = inputs;
    const configuration =
      configurationFolder === undefined
        ? undefined
        : rootAt(configurationFolder, "the configuration folder");
    const known = delivery.environments.map(({ name }) => name);
    const wanted = inputs.environments.filter((name) => known.includes(name));
    if (inputs.environments.length > 0 && wanted.length === 0) {
      return { kind: "rendered", delivery, manifests: () => undefined };
    }
    await renderToFolder({
      delivery,
      roots: { code, ...(configuration ? { configuration } : {}) },
      environments: wanted,
      variables: inputs.variable,
      ...{ outputFolder, provenance: {}, allowEmpty: true, isolation: "auto" },
    });
    return {
      kind: "rendered",
      delivery,
      manifests: (environment) => {
        const found = delivery.environments.find(({ name }) => name === environment);
        return found === undefined ? undefined : manifestsIn(ownFiles(outputFolder, found.path));
      },
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { problems, code } = error;
    return { kind: "refused", problems, isMissing: code === "delivery-missing" };
  }
}

// The index is no object.
function ownFiles(outputFolder: string, path: string) {
  return readTree(outputFolder, path).filter((file) => !file.path.startsWith(".fluxgate/"));
}
