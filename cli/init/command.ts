import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { deliveryText } from "../../core/init/delivery-text.ts";
import { type Guess, guessDelivery } from "../../core/init/guess-delivery.ts";
import { cdText, ciText, type PipelineNames } from "../../core/init/pipeline-texts.ts";
import { deliveryName } from "../../core/init/repository-file.ts";
import { InputError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import { exitCodes } from "../command.ts";
import { readRenderOptions, sharedOptions } from "../render-options.ts";
import { UsageError } from "../usage-error.ts";
import { environmentFolders } from "./environment-folders.ts";
import { readRepository, type Repository } from "./repository-files.ts";
import { tryRender } from "./try-render.ts";
import { freePath, type NewFile, writeNew } from "./write-new.ts";

export const initCommand: Command = {
  summary: "Write fluxgate.yaml and the pipelines for a repository that is there already",
  help: `fluxgate init [options]

Looks at the repository here: charts, kustomizations, jsonnet, YAML with tokens, plain YAML,
Dockerfiles and pipelines. Writes fluxgate.yaml, a pipeline for CI and one for CD, says what it
guessed and what a person has to look at, and renders once. It writes over nothing.

  --name NAME                 of the delivery; default: the repository's
  --environment NAME          may be repeated; default: those that the files tell apart
  --manifests DIR             a checkout of the manifests repository: shows what adopting it changes
  --manifests-repository NAME in Azure DevOps; default: that checkout's, else <name>-manifests
  --templates NAME            repository with the pipeline templates; default fluxgate-templates
  --set NAME=VALUE            a pipeline variable for the render; may be repeated
  --variables FILE            YAML mapping of pipeline variables; may be repeated
  --tools DIR                 folder to take helm, kubectl and jsonnet from before PATH
  --dry-run                   write and render nothing, print the files

fluxgate init --from-cluster [--kubeconfig FILE] [--cluster NAME]

Prints a configuration of the connector for the GitRepositories and Kustomizations of a cluster.

  --kubeconfig FILE           default: the cluster that this runs in
  --cluster NAME              what the configuration calls it; default local`,
  async run(args, terminal) {
    if (args.includes("--from-cluster")) {
      // What reaches clusters is large, and nothing else here needs it.
      return (await import("./from-cluster.ts")).initFromCluster(args, terminal);
    }
    const { set, variables, tools } = sharedOptions;
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...{ set, variables, tools },
        name: { type: "string" },
        environment: { type: "string", multiple: true, default: [] as string[] },
        manifests: { type: "string" },
        "manifests-repository": { type: "string" },
        templates: { type: "string", default: "fluxgate-templates" },
        "dry-run": { type: "boolean", default: false },
      },
    });
    const { out } = terminal;
    const repository = await readRepository(process.cwd());
    const named = values.name ?? repository.origin ?? basename(repository.root);
    demandNames([...values.environment, ...(values.name === undefined ? [] : [values.name])]);
    const guess = guessDelivery(repository.files, {
      name: named,
      environments: values.environment,
    });
    if (guess === undefined) throw nothingFound(repository);
    const manifests = values.manifests === undefined ? undefined : resolve(values.manifests);
    if (manifests !== undefined && !existsSync(manifests)) {
      throw new UsageError(`--manifests ${values.manifests}: there is no such folder`);
    }
    const placed = manifests === undefined ? guess : inFolders(guess, manifests);
    const origin = manifests === undefined ? undefined : await readRepository(manifests);
    const manifestsRepository =
      values["manifests-repository"] ??
      origin?.origin ??
      (origin === undefined ? `${guess.delivery.metadata.name}-manifests` : basename(origin.root));
    const files = filesOf(placed, repository, {
      templatesRepository: values.templates,
      manifestsRepository,
    });
    if (values["dry-run"]) {
      for (const { path, text } of files) out(`--- ${path}\n${text}`);
      return exitCodes.ok;
    }
    writeNew(repository.root, files);
    for (const line of placed.found) out(line);
    for (const { path } of files) out(`wrote ${path}`);
    for (const note of placed.notes) out(`to look at: ${note}`);
    const delivery = resolve(repository.root, "fluxgate.yaml");
    const options = await readRenderOptions({
      ...{ ...values, delivery, environment: [] },
      "check-deterministic": false,
      "require-isolation": false,
    });
    await tryRender(options, { manifests, terminal }).catch((error: unknown) => {
      terminal.err("The files are written, but they do not render yet:");
      throw error;
    });
    for (const line of nextSteps(guess, { manifests: values.manifests, manifestsRepository }))
      out(line);
    return exitCodes.ok;
  },
};

function demandNames(names: readonly string[]): void {
  const wrong = names.filter((name) => deliveryName(name) !== name);
  if (wrong.length === 0) return;
  throw new InputError(
    wrong.map((name) => ({
      message: `"${name}" is no name: lower-case letters, digits and hyphens, at most 50`,
    })),
  );
}

function nothingFound({ root }: Repository): InputError {
  return new InputError(
    [
      {
        message: `Failed to find anything to deploy in ${root}: no chart, kustomization, jsonnet or YAML with Kubernetes objects`,
      },
    ],
    {
      code: "nothing-found",
      hint: "Run it in the repository that holds the templates, or write fluxgate.yaml by hand (docs/spec/fluxgate-yaml.md).",
    },
  );
}

/** With the folders that the manifests repository has for the environments. */
function inFolders(guess: Guess, manifests: string): Guess {
  const notes: string[] = [];
  const environments = guess.delivery.environments.map((environment) => {
    const [path, ...others] = environmentFolders(manifests, environment.name);
    if (path === undefined)
      notes.push(`${manifests} has no folder ${environment.name}: it will be made`);
    if (others.length > 0) {
      notes.push(
        `environment ${environment.name}: ${path} was taken; ${others.join(", ")} may be meant`,
      );
    }
    return path === undefined || path === environment.name ? environment : { ...environment, path };
  });
  return {
    ...guess,
    delivery: { ...guess.delivery, environments },
    notes: [...guess.notes, ...notes],
  };
}

function filesOf(
  { delivery, pipelines, missing, notes }: Guess,
  { root, branch = "main" }: Repository,
  names: Pick<PipelineNames, "templatesRepository" | "manifestsRepository">,
): readonly NewFile[] {
  const pipeline: PipelineNames = {
    ...names,
    delivery: delivery.metadata.name,
    environments: delivery.environments.map(({ name }) => name),
    groups: pipelines.groups,
    branch,
    ci: `${delivery.metadata.name}-ci`,
  };
  const place = (kind: string) =>
    freePath(root, [`azure-pipelines/${kind}.yml`, `azure-pipelines/fluxgate-${kind}.yml`]);
  return [
    { path: freePath(root, ["fluxgate.yaml"]), text: deliveryText(delivery, notes) },
    { path: place("ci"), text: ciText(pipeline) },
    { path: place("cd"), text: cdText(pipeline) },
    ...missing.map((path) => ({
      path: freePath(root, [path]),
      text: "# Empty: this environment has the chart's own values. fluxgate.yaml names a file for each.\n{}\n",
    })),
  ];
}

function nextSteps(
  { delivery }: Guess,
  of: { readonly manifests: string | undefined; readonly manifestsRepository: string },
): readonly string[] {
  const { name } = delivery.metadata;
  return [
    "Next:",
    ...(of.manifests === undefined
      ? []
      : [`  fluxgate adopt --out ${of.manifests}  (then commit there)`]),
    `  commit these files, and create the pipelines ${name}-ci and ${name}-cd from them`,
    `  rights on ${of.manifestsRepository} and all else: docs/pipelines.md`,
  ];
}
