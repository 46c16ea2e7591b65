import type { Build } from "../../core/azure-devops/types.ts";
import { listBuilds } from "./builds.ts";
import { type AzureDevOps, get } from "./connection.ts";

type RunResources = {
  readonly resources?: {
    readonly pipelines?: Readonly<
      Record<
        string,
        { readonly pipeline?: { readonly id?: number }; readonly version?: string } | undefined
      >
    >;
  };
};

export type ConsumedRun = {
  readonly alias: string;
  readonly definition: number;
  /** The run's name; several runs may bear it. */
  readonly version: string;
};

/** The runs that a run consumes by its pipeline resources, as the service itself keeps them. */
export async function listConsumedRuns(
  ado: AzureDevOps,
  of: { readonly project: string; readonly definition: number; readonly build: number },
): Promise<readonly ConsumedRun[]> {
  const { project, definition, build } = of;
  const path = ["pipelines", definition, "runs", build];
  const { resources } = await get<RunResources>(ado, { project, path });
  return Object.entries(resources?.pipelines ?? {}).flatMap(([alias, consumed]) => {
    const { pipeline, version } = consumed ?? {};
    if (pipeline?.id === undefined || version === undefined) return [];
    return [{ alias, definition: pipeline.id, version }];
  });
}

/** The runs that bear that name, newest first. */
export function listBuildsOfConsumed(
  ado: AzureDevOps,
  { project, run }: { readonly project: string; readonly run: ConsumedRun },
): Promise<readonly Build[]> {
  const { definition, version } = run;
  return listBuilds(ado, {
    ...{ project, status: "all", definitions: [definition], buildNumber: version, top: 20 },
  });
}
