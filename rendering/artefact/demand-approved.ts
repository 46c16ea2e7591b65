import type { Delivery } from "../../core/delivery/delivery.ts";
import { InputError } from "../../core/errors.ts";
import type { Root } from "../inputs/contained-files.ts";
import { withArtefactFiles } from "./artefact-files.ts";
import type { ReadArtefact } from "./read-artefact.ts";

/**
 * Refuses files that a render would read beside those that CI published: a step laid them there. What
 * lies where no render looks (a tool that was fetched, say) is let be.
 * @throws InputError with every such file.
 */
export async function demandApproved(
  { artefact, configuration, branches }: ReadArtefact,
  { delivery, code }: { readonly delivery: Delivery; readonly code: Root },
): Promise<void> {
  const roots = { code, ...(configuration ? { configuration } : {}) };
  const added = await withArtefactFiles(
    { delivery, roots, pinnedBranches: branches },
    async (files) => files.filter(({ to }) => !Object.hasOwn(artefact.files, to)),
  );
  if (added.length === 0) return;
  throw new InputError(
    added.map(({ to }) => ({ file: to, message: "the file is not in the artefact of CI" })),
    {
      code: "artefact-changed",
      hint: "Let no step before the render write where it reads; what it needs belongs to CI's commit.",
    },
  );
}
