import { refusals } from "../../azure-devops/api-error.ts";
import type { Call } from "../../azure-devops/route.ts";
import { textGiven } from "../../azure-devops/text-given.ts";
import type { Definition, QueueVariable } from "../definition.ts";
import { folderPath } from "../folder.ts";
import { bodyOf, enumName } from "./run-call.ts";

export type DefinitionBody = {
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly revision: number;
  readonly comment: string;
  readonly queue: { readonly id?: number } | null;
  readonly queueStatus: string | number;
  readonly process: { readonly yamlFilename?: string; readonly type?: number };
  readonly repository: {
    readonly id?: string;
    readonly name?: string;
    readonly type?: string;
    readonly defaultBranch?: string;
    readonly properties?: Readonly<Record<string, string>>;
  };
  readonly triggers: readonly unknown[] | null;
  readonly variables: Readonly<
    Record<
      string,
      {
        readonly value?: string | null;
        readonly isSecret?: boolean;
        readonly allowOverride?: boolean;
      } | null
    >
  >;
};

const statuses = { 0: "enabled", 1: "paused", 2: "disabled" } as const;

/** What a body says of a pipeline. @throws for one that is not YAML in Azure Repos. */
export function readDefinition(call: Call, before: Definition | undefined) {
  const body = bodyOf<DefinitionBody>(call);
  const { process, repository } = body;
  const name = body.name ?? before?.name ?? "";
  if (name.trim() === "") throw refusals.argument("The build pipeline needs a name.");
  if (process?.type !== undefined && process.type !== 2) {
    throw refusals.argument("The sandbox runs YAML pipelines only (process type 2).");
  }
  const type = textGiven(repository?.type, "repository.type");
  if (type !== undefined && type.toLowerCase() !== "tfsgit") {
    throw refusals.argument("The sandbox builds repositories of Azure Repos only (TfsGit).");
  }
  const file = textGiven(process?.yamlFilename, "process.yamlFilename");
  const yamlPath = (file ?? before?.yamlPath ?? "").replace(/^\//, "");
  const branch = textGiven(repository?.defaultBranch, "repository.defaultBranch");
  if (yamlPath === "") throw refusals.argument("The build pipeline needs a YAML file.");
  return {
    ...{ name, yamlPath, repository },
    path: typeof body.path === "string" ? folderPath(body.path) : (before?.path ?? "\\"),
    description: body.description ?? before?.description,
    comment: body.comment,
    repositoryProperties: repository?.properties ?? before?.repositoryProperties,
    defaultBranch: branch || before?.defaultBranch || "refs/heads/main",
    queueId: body.queue?.id ?? before?.queueId,
    queueStatus: enumName(body.queueStatus, statuses) ?? before?.queueStatus ?? "enabled",
    triggers: !Array.isArray(body.triggers) || body.triggers.length > 0,
    variables: readVariables(body.variables ?? {}, before),
  };
}

// A secret that comes back without its value keeps the one that it has.
function readVariables(
  given: DefinitionBody["variables"],
  before: Definition | undefined,
): Map<string, QueueVariable> {
  return new Map(
    Object.entries(given).map(([name, one]) => {
      const { value, isSecret = false, allowOverride = false } = one ?? {};
      const kept = isSecret ? before?.variables.get(name)?.value : undefined;
      const text = textGiven(value, `variables.${name}`) ?? kept ?? "";
      return [name, { value: text, isSecret, allowOverride }];
    }),
  );
}
