import { connectAzureDevOps, type AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { tokenProvider } from "../../clients/azure-devops/token-provider.ts";
import type { ConnectorConfig } from "../../core/connector-config/config.ts";
import { InputError } from "../../core/errors.ts";
import type { Extension } from "../../core/extension.ts";
import type { ClusterTarget } from "./cluster-checks.ts";
import { organisationUrl as addressOf, UsageError } from "../usage-error.ts";

export const options = {
  config: { type: "string" },
  organisation: { type: "string" },
  project: { type: "string" },
  repository: { type: "string" },
  branch: { type: "string" },
  extension: { type: "string" },
  bearer: { type: "boolean", default: false },
  write: { type: "boolean", default: false },
  wait: { type: "string" },
  kubeconfig: { type: "string" },
  "flux-namespace": { type: "string", default: "flux-system" },
  as: { type: "string" },
  bundle: { type: "string" },
} as const;

export type Values = {
  readonly [Key in "config" | "organisation" | "project" | "repository" | "branch"]?: string;
} & {
  readonly [Key in "extension" | "wait" | "kubeconfig" | "as" | "bundle"]?: string;
} & { readonly bearer: boolean; readonly write: boolean; readonly "flux-namespace": string };

/** What is checked in Azure DevOps, and as whom. */
export type OrganisationSubject = {
  readonly ado: AzureDevOps;
  readonly token: () => Promise<string>;
  readonly kind: "pat" | "bearer";
  readonly repositories: readonly {
    readonly name: string;
    readonly repo: { readonly project: string; readonly repository: string };
    readonly branch: string;
    /** Whether one of its environments asks for four eyes; unknown without a configuration. */
    readonly fourEyes?: boolean;
  }[];
  /** Where pipelines wait. */
  readonly projects: readonly string[];
  readonly letterAuthors: ConnectorConfig["letterAuthors"];
  /** Names of the configuration, those of other connectors too. */
  readonly environments: readonly string[];
  readonly extension: Extension;
  /** Its rights are the connector's: it posts statuses and documents, and pushes nothing. */
  readonly asConnector: boolean;
  readonly stopsBuilds: boolean;
  readonly write: boolean;
  /** The connector's, where that was given. */
  readonly config: ConnectorConfig | undefined;
  readonly wait: { readonly build: number; readonly project: string } | undefined;
};

export type Subject = {
  readonly organisation: OrganisationSubject | undefined;
  readonly clusters: readonly ClusterTarget[];
  /** What must not stand in a bundle. */
  readonly secrets: readonly string[];
};

/** What to check: the configuration's all, or what the options name. @throws InputError */
export function subjectOf(values: Values, config: ConnectorConfig | undefined): Subject {
  const { organisation, kubeconfig } = values;
  if (config === undefined && organisation === undefined && kubeconfig === undefined) {
    throw new UsageError("fluxgate doctor needs --config, --organisation or --kubeconfig");
  }
  const token = process.env["FLUXGATE_TOKEN"]?.trim() ?? "";
  return {
    organisation: organisationSubject(values, config),
    clusters: clusterTargets(values, config),
    secrets: token === "" ? [] : [token, btoa(`:${token}`)],
  };
}

function organisationSubject(
  values: Values,
  config: ConnectorConfig | undefined,
): OrganisationSubject | undefined {
  const given = values.organisation ?? config?.azureDevOps.organisationUrl;
  if (given === undefined) return undefined;
  const organisationUrl = addressOf(given);
  const authentication =
    config?.azureDevOps.authentication ?? (values.bearer ? "bearer" : ("pat" as const));
  const { token, kind } = tokenProvider({ authentication }, { ...process.env });
  const repositories = repositoriesOf(values, config);
  const { write } = values;
  if (write && repositories.length === 0) {
    throw new InputError([{ message: "--write needs --project and --repository, or --config" }]);
  }
  return {
    ...{ token, kind, repositories, write, config },
    ado: connectAzureDevOps({ organisationUrl, token, kind }),
    projects: [
      ...new Set([
        ...repositories.map(({ repo }) => repo.project),
        ...(config?.repositories ?? []).flatMap(({ pipelines }) =>
          pipelines.map(({ project }) => project),
        ),
        ...(config?.letterAuthors ?? []).map(({ project }) => project),
      ]),
    ],
    letterAuthors: config?.letterAuthors ?? [],
    environments: [
      ...(config?.environments ?? []).map(({ name }) => name),
      ...(config?.repositories ?? []).flatMap(({ otherEnvironments }) => otherEnvironments),
    ],
    extension: values.extension
      ? copyOf(values.extension)
      : (config?.azureDevOps.extension ?? { publisher: "fluxgate", name: "fluxgate" }),
    asConnector: config !== undefined,
    stopsBuilds: config?.superseded === "cancel",
    wait: waitOf(values, repositories[0]?.repo.project),
  };
}

function repositoriesOf(
  { project, repository, branch }: Values,
  config: ConnectorConfig | undefined,
): OrganisationSubject["repositories"] {
  if (config !== undefined) {
    return config.repositories.map((one) => ({
      name: one.name,
      branch: one.branch,
      repo: { project: one.project, repository: one.repository },
      fourEyes: config.environments.some(
        ({ repository, fourEyes }) => repository === one.name && fourEyes === true,
      ),
    }));
  }
  if (project === undefined || repository === undefined) return [];
  return [{ name: repository, repo: { project, repository }, branch: branch ?? "main" }];
}

function clusterTargets(
  values: Values,
  config: ConnectorConfig | undefined,
): readonly ClusterTarget[] {
  const { kubeconfig, as, "flux-namespace": fluxNamespace } = values;
  const common = { fluxNamespace, as, nudge: config?.nudge ?? false, namespaces: undefined };
  if (kubeconfig !== undefined) return [{ ...common, name: nameOf(config), kubeconfig }];
  // Those that another connector judges are not reached from here.
  return (config?.clusters ?? [])
    .filter(({ observer }) => observer === undefined)
    .map((one) => ({
      ...common,
      ...{ name: one.name, kubeconfig: one.kubeconfig, namespaces: one.namespaces },
    }));
}

// A kubeconfig of one's own stands for the only cluster that the configuration has.
function nameOf(config: ConnectorConfig | undefined): string {
  const [first, ...others] = config?.clusters ?? [];
  return first !== undefined && others.length === 0 ? first.name : "cluster";
}

function copyOf(extension: string): Extension {
  const [publisher, name, ...more] = extension.split(".");
  if (publisher && name && more.length === 0) return { publisher, name };
  throw new InputError([{ message: `--extension ${extension} is not PUBLISHER.ID` }]);
}

function waitOf({ wait, project }: Values, usual: string | undefined) {
  if (wait === undefined) return undefined;
  const build = Number(wait);
  const where = project ?? usual;
  if (where === undefined || !Number.isSafeInteger(build) || build < 1) {
    throw new InputError([{ message: "--wait needs the id of a run, and --project" }]);
  }
  return { build, project: where };
}
