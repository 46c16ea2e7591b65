import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { causeText, InputError } from "../core/errors.ts";
import { isRecord, parseYaml } from "../core/manifests/parse.ts";
import { kubeOfProgram } from "../kube/open-node.ts";
import { preferTools } from "../rendering/processes/find-tool.ts";
import { rootAt } from "../rendering/inputs/contained-files.ts";
import { UsageError } from "./usage-error.ts";
import { readDelivery, readImageList } from "../rendering/inputs/read-inputs.ts";
import type { RenderOptions } from "../rendering/render-options.ts";
import type { GivenVariable, VariableSource } from "../rendering/inputs/variables.ts";

/** The options that render and validate share, as node:util's parseArgs takes them. */
export const sharedOptions = {
  delivery: { type: "string", default: "fluxgate.yaml" },
  environment: { type: "string", multiple: true, default: [] as string[] },
  app: { type: "string", multiple: true },
  images: { type: "string" },
  configuration: { type: "string" },
  set: { type: "string", multiple: true, default: [] as string[] },
  variables: { type: "string", multiple: true, default: [] as string[] },
  cache: { type: "string" },
  tools: { type: "string" },
  "check-deterministic": { type: "boolean", default: false },
  "require-isolation": { type: "boolean", default: false },
} as const;

export const sharedHelp = `  --delivery FILE       the delivery file; default fluxgate.yaml
  --environment NAME    may be repeated; default: all environments
  --app NAME            may be repeated; default: all apps
  --images FILE         image-tags.json of the CI; default: the tags of the templates stay
  --configuration DIR   the checked-out configuration repository
  --set NAME=VALUE      a pipeline variable; may be repeated
  --variables FILE      YAML mapping of pipeline variables; may be repeated, the later wins
  --cache DIR           keep results there; says what was rendered again and why
  --tools DIR           folder to take helm, kubectl and jsonnet from before PATH
  --check-deterministic render everything twice; a difference is an error that names the field
  --require-isolation   an error where the tools cannot be kept from network and other files`;

type Given = {
  readonly delivery: string;
  readonly environment: readonly string[];
  readonly app?: readonly string[] | undefined;
  readonly images?: string | undefined;
  readonly configuration?: string | undefined;
  readonly set: readonly string[];
  readonly variables: readonly string[];
  readonly cache?: string | undefined;
  readonly tools?: string | undefined;
  readonly "check-deterministic": boolean;
  readonly "require-isolation": boolean;
};

/** @throws InputError for files that are missing or wrong. */
export async function readRenderOptions(given: Given): Promise<RenderOptions> {
  if (given.tools !== undefined) await preferTools(given.tools);
  const cacheFolder = given.cache === undefined ? undefined : resolve(given.cache);
  const { delivery, checkout } = await readDelivery(given.delivery, cacheFolder);
  const images = given.images === undefined ? undefined : await readImageList(given.images);
  const configuration =
    given.configuration === undefined
      ? undefined
      : rootAt(resolve(given.configuration), "the configuration folder");
  return {
    delivery,
    roots: { code: checkout, ...(configuration ? { configuration } : {}) },
    environments: given.environment.flatMap((names) => names.split(",").map((name) => name.trim())),
    ...(given.app ? { apps: given.app } : {}),
    ...(images ? { images } : {}),
    variables: await variableSource(given),
    kube: kubeOfProgram(),
    checkDeterministic: given["check-deterministic"],
    isolation: given["require-isolation"] ? "required" : "auto",
    ...(cacheFolder === undefined ? {} : { cacheFolder }),
  };
}

async function variableSource({ set, variables }: Given): Promise<VariableSource> {
  const known = new Map<string, GivenVariable>();
  for (const file of variables) {
    for (const [name, value] of Object.entries(await mappingIn(file))) {
      // As it is read, whatever is no list or mapping is a text or nothing.
      if (typeof value !== "string" && value !== null) {
        const message = `variable ${name} is a list or mapping: pipeline variables are texts`;
        throw new InputError([{ file, message }]);
      }
      known.set(name, { value: value ?? "", secret: false, origin: file });
    }
  }
  for (const assignment of set) {
    const equals = assignment.indexOf("=");
    if (equals < 1) {
      throw new UsageError(`--set ${assignment} is not of the form NAME=VALUE`);
    }
    const value = assignment.slice(equals + 1);
    known.set(assignment.slice(0, equals), { value, secret: false, origin: "--set" });
  }
  return (name) => known.get(name);
}

async function mappingIn(file: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    const message = `Failed to read variables file ${file}: ${causeText(cause)}`;
    throw new InputError([{ message }], { cause });
  }
  // As a pipeline spells them: 1.10, 007, yes.
  const { documents, problems } = parseYaml(text, file, { as: "spelled" });
  if (problems.length > 0) throw new InputError(problems);
  const value = documents[0]?.value ?? {};
  if (isRecord(value)) return value;
  throw new InputError([{ file, line: 1, message: "a variables file must be one mapping" }]);
}
