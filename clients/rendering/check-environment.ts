import type { Delivery, Environment } from "../../core/delivery/delivery.ts";
import { problemText } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import type { SchemaBundle } from "../../core/manifests/object-schemas.ts";
import { checkObjects } from "../../core/render/check-objects.ts";
import type { CheckedObject, Finding } from "../../core/render/check-objects.ts";
import { knownCluster } from "../schemas/known-schemas.ts";

type Options = {
  readonly delivery: Delivery;
  readonly environment: Environment;
  readonly objects: readonly CheckedObject[];
  /** Of the CustomResourceDefinitions that the delivery names. */
  readonly installed: SchemaBundle;
};

/** Checks what one environment gets: errors as problems, the rest as warnings. */
export function checkEnvironment({ delivery, environment, objects, installed }: Options): {
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
} {
  const { cluster, warnings } = knownCluster(environment.kubernetesVersion, installed);
  const found = checkObjects(objects, cluster, delivery.validate);
  const text = ({ app, message }: Pick<Finding, "app" | "message">) =>
    `${app === undefined ? "" : `app ${app}, `}environment ${environment.name}: ${message}`;
  return {
    problems: found
      .filter(({ severity }) => severity === "error")
      .map(({ file, line, ...finding }) => ({
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line }),
        message: text({ ...finding }),
      })),
    warnings: [
      ...(delivery.validate.off.includes("schema") ? [] : warnings),
      ...found
        .filter(({ severity }) => severity === "warning")
        .map((finding) => problemText({ ...finding, message: text(finding) })),
    ],
  };
}
