import { resolve } from "node:path";
import { InputError } from "../../core/errors.ts";
import { runUrl } from "../../core/azure-devops/urls.ts";
import type { Provenance } from "../../core/render/ownership-index.ts";
import type { SecretValue } from "../../core/render/secret-values.ts";
import type { GivenVariable } from "../../rendering/inputs/variables.ts";
import { listedWords, namesNothing } from "../common/listed-words.ts";
import type { TaskEnv } from "../common/task-env.ts";

/** Paths are absolute. */
export type Inputs = {
  /** Empty: all. */
  readonly environments: readonly string[];
  readonly deliveryFile: string;
  readonly imagesFile: string | undefined;
  readonly configurationFolder: string | undefined;
  readonly outputFolder: string;
  readonly toolsFolder: string | undefined;
  readonly cacheFolder: string | undefined;
  readonly checkDeterministic: boolean;
  readonly requireIsolation: boolean;
  /** The sources must be CI's artefact of this commit; empty: whatever lies there. */
  readonly expectedCommit: string;
  /** Pipeline variables, looked up by name as fluxgate.yaml asks for them. */
  readonly variable: (name: string) => GivenVariable | undefined;
  /** Secret pipeline variables: none of their values may get into the output. */
  readonly secrets: readonly SecretValue[];
  readonly provenance: Pick<Provenance, "source" | "run">;
};

/** @throws InputError with every problem at once. */
export function readInputs(env: TaskEnv): Inputs {
  const sources = env.variable("System.DefaultWorkingDirectory") ?? ".";
  const deliveryFile = env.input("deliveryFile");
  const outputFolder = env.input("outputFolder");
  const empty = Object.entries({ deliveryFile, outputFolder }).filter(([, value]) => value === "");
  if (empty.length > 0) {
    throw new InputError(empty.map(([name]) => ({ message: `Input ${name} is empty` })));
  }
  const nothing = namesNothing("environments", env.input("environments"));
  if (nothing.length > 0) throw new InputError(nothing);
  const optional = (path: string) => (path === "" ? undefined : resolve(sources, path));
  return {
    environments: listedWords(env.input("environments")),
    deliveryFile: resolve(sources, deliveryFile),
    imagesFile: optional(env.input("imagesFile")),
    configurationFolder: optional(env.input("configurationFolder")),
    outputFolder: resolve(sources, outputFolder),
    toolsFolder: optional(env.input("toolsFolder")),
    cacheFolder: optional(env.input("cacheFolder")),
    checkDeterministic: env.flag("checkDeterministic"),
    requireIsolation: env.flag("requireIsolation"),
    expectedCommit: env.input("expectedCommit"),
    variable: (name) => pipelineVariable(env, name),
    secrets: env.secrets(),
    provenance: provenanceOf(env),
  };
}

// The value of a secret one is not even read: nobody needs it, and task-lib would print it.
function pipelineVariable(env: TaskEnv, name: string): GivenVariable | undefined {
  const origin = "pipeline variable";
  if (env.isSecret(name)) return { value: "", secret: true, origin };
  const value = env.variable(name);
  return value === undefined ? undefined : { value, secret: false, origin };
}

function provenanceOf(env: TaskEnv): Inputs["provenance"] {
  const commit = env.variable("Build.SourceVersion");
  const uri = env.variable("Build.Repository.Uri") ?? env.variable("Build.Repository.Name");
  const organisationUrl = env.variable("System.CollectionUri")?.replace(/\/+$/, "");
  const project = env.variable("System.TeamProject");
  const build = Number(env.variable("Build.BuildId"));
  return {
    ...(commit && uri
      ? { source: { repository: uri.replace(/^(https?:\/\/)[^@/]*@/, "$1"), commit } }
      : {}),
    ...(organisationUrl && project && build > 0
      ? { run: runUrl({ organisationUrl, project, build }) }
      : {}),
  };
}
