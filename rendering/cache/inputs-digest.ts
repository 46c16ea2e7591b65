import { sha256 } from "../../clients/sha256.ts";
import { exactJson } from "../../core/exact-json.ts";
import { isRecord } from "../../core/manifests/parse.ts";
import { fileDigest } from "../inputs/contained-files.ts";
import type { StepContext } from "../step-context.ts";
import { fluxgateVersion } from "../version.ts";

type Inputs = {
  readonly context: StepContext;
  readonly inputs: readonly (readonly string[])[];
  readonly toolVersions: Readonly<Record<string, string>>;
};

/** What a person knows an input by, and its version or sha256. */
export type InputPart = readonly [name: string, version: string];

/**
 * Everything an app's documents follow from: steps, environment, variables, configuration, every
 * file that a step may read, tool versions. Images are applied later and not in it.
 */
export function inputParts(options: Inputs): readonly InputPart[] {
  const { context, inputs, toolVersions } = options;
  const { app, environment, delivery, config, checkout } = context;
  const files = [...new Set(inputs.flat())].sort();
  const hashes = files.map((file): InputPart => [file, fileDigest(checkout, file)]);
  const cluster = [environment.name, environment.kubernetesVersion, environment.apiVersions];
  return [
    ["fluxgate", fluxgateVersion],
    ["the delivery's name", delivery.name],
    ["the app in fluxgate.yaml", sha256(exactJson(withoutLines(app)))],
    ["the environment in fluxgate.yaml", sha256(JSON.stringify(cluster))],
    ...[...config.variables].map(([name, { value, text }]): InputPart => {
      return [`variable ${name}`, sha256(exactJson([value, text]))];
    }),
    ...[...config.files, ...config.snippets].map(({ path, text }): InputPart => {
      return [`configuration ${path}`, sha256(text)];
    }),
    ...hashes,
    ...Object.entries(toolVersions),
  ];
}

/** One sha256 over all parts, their order included. */
export function digestOf(parts: readonly InputPart[]): string {
  return sha256(JSON.stringify(parts));
}

/** `deploy/values.yaml changed, variable HOST is new`; undefined when nothing did. */
export function changesBetween(
  before: readonly InputPart[],
  after: readonly InputPart[],
): string | undefined {
  const [old, current] = [new Map(before), new Map(after)];
  const changed = [...current]
    .filter(([name, version]) => old.get(name) !== version)
    .map(([name]) => (old.has(name) ? `${name} changed` : `${name} is new`));
  const gone = [...old.keys()]
    .filter((name) => !current.has(name))
    .map((name) => `${name} is gone`);
  const all = [...changed, ...gone];
  const shown = all.slice(0, 5).join(", ");
  if (all.length > 5) return `${shown} and ${all.length - 5} more`;
  return all.length === 0 ? undefined : shown;
}

// Where a step stands in fluxgate.yaml changes nothing.
function withoutLines(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLines);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "line" && key !== "pathLines");
  return Object.fromEntries(entries.map(([key, child]) => [key, withoutLines(child)]));
}
