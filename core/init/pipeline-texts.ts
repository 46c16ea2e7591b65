import { stringify } from "yaml";

export type PipelineNames = {
  readonly delivery: string;
  readonly environments: readonly string[];
  /** Environment → its variable groups. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** The branch that is deployed. */
  readonly branch: string;
  readonly templatesRepository: string;
  readonly manifestsRepository: string;
  /** Name of the CI pipeline in Azure DevOps. */
  readonly ci: string;
};

/** The pipeline that checks, validates and builds. */
export function ciText(names: PipelineNames): string {
  const { branch, templatesRepository } = names;
  return text(`CI of ${names.delivery}. In Azure DevOps it has to be called ${names.ci}.`, {
    trigger: { branches: { include: [branch] } },
    resources: { repositories: [gitRepository("templates", templatesRepository)] },
    stages: [
      {
        template: "ci.yml@templates",
        parameters: {
          environments: environmentsOf(names),
          ...(branch === "main" ? {} : { baseBranch: branch }),
          // Each job that asks the registry or pushes to it begins with them.
          loginSteps: [],
          checkSteps: [],
        },
      },
    ],
  });
}

/** The pipeline that deploys what CI approved. */
export function cdText(names: PipelineNames): string {
  const { branch, templatesRepository, manifestsRepository } = names;
  return text(`CD of ${names.delivery}: deploys what ${names.ci} approved.`, {
    trigger: "none",
    resources: {
      pipelines: [{ pipeline: "ci", source: names.ci, branch, trigger: { branches: [branch] } }],
      repositories: [
        gitRepository("templates", templatesRepository),
        gitRepository("manifests", manifestsRepository),
      ],
    },
    stages: [
      {
        template: "cd.yml@templates",
        parameters: {
          delivery: names.delivery,
          environments: environmentsOf(names),
          manifestsRepository: manifestsRepository.split("/").at(-1),
          ...(branch === "main" ? {} : { ciBranches: [branch] }),
        },
      },
    ],
  });
}

function environmentsOf({ environments, groups }: PipelineNames) {
  return environments.map((name) => {
    const own = groups.get(name) ?? [];
    const [variableGroup] = own;
    if (variableGroup === undefined) return { name };
    return own.length === 1 ? { name, variableGroup } : { name, variableGroups: own };
  });
}

function gitRepository(alias: string, name: string) {
  return { repository: alias, type: "git", name };
}

function text(head: string, pipeline: object): string {
  const hint = "Every parameter: README.md of the templates' repository.";
  return `# ${head}\n# ${hint}\n${stringify(pipeline, { lineWidth: 100 })}`;
}
