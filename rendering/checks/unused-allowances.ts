import type { Delivery } from "../../core/delivery/delivery.ts";
import type { Problem } from "../../core/errors.ts";
import { identityKey } from "../../core/manifests/identity.ts";
import type { FinishedEnvironment } from "../finish-environment.ts";

/** Entries of `validate.allowSecrets` that match nothing, once every environment is rendered. */
export function unusedAllowances(
  { validate }: Delivery,
  environments: readonly Pick<FinishedEnvironment, "files">[],
): readonly Problem[] {
  const rendered = new Set(
    environments.flatMap(({ files }) =>
      files.flatMap(({ identity }) => (identity ? [identityKey(identity)] : [])),
    ),
  );
  const names = new Set([...rendered].filter((key) => key.startsWith("Secret/")));
  const isUsed = (entry: string) =>
    [...names].some((key) => key === `Secret/${entry}` || key.endsWith(`/${entry}`));
  return validate.allowSecrets
    .filter((entry) => !isUsed(entry))
    .map((entry) => ({
      message: `validate.allowSecrets names ${entry}, and no environment has such a Secret`,
    }));
}
