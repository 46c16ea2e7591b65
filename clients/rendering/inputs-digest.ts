import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { containedPath } from "./contained-files.ts";
import type { StepContext } from "./step-context.ts";
import { fluxgateVersion } from "./version.ts";

type Inputs = {
  readonly context: StepContext;
  readonly inputs: readonly (readonly string[])[];
  readonly toolVersions: Readonly<Record<string, string>>;
};

/**
 * sha256 over what an app's documents follow from: steps, environment, variables, configuration,
 * every file that a step may read, tool versions. Images are applied later and not in it.
 */
export async function inputsDigest({ context, inputs, toolVersions }: Inputs): Promise<string> {
  const { app, environment, delivery, config, checkout } = context;
  const files = [...new Set(inputs.flat())].sort();
  const hashes = await Promise.all(
    files.map(async (file) => [file, sha256(await readFile(await containedPath(checkout, file)))]),
  );
  return sha256(
    JSON.stringify({
      fluxgate: fluxgateVersion,
      delivery: delivery.name,
      app: withoutLines(app),
      environment: [environment.name, environment.kubernetesVersion, environment.apiVersions],
      variables: [...config.variables].map(([name, { value }]) => [name, value]),
      configuration: [...config.files, ...config.snippets].map(({ path, text }) => [path, text]),
      files: hashes,
      toolVersions,
    }),
  );
}

/** sha256 in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

// Where a step stands in fluxgate.yaml changes nothing.
function withoutLines(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each: unknown) => (key === "line" ? undefined : each)),
  );
}
