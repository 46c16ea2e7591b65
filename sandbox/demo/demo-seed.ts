import { join } from "node:path";
import type { Seed } from "../azure-devops/seed.ts";
import type { PipelinesSeed } from "../pipelines/seed.ts";
import { readFolder } from "./read-folder.ts";

const here = import.meta.dirname;
const repositories = ["shop", "shop-config", "shop-manifests"] as const;

export const demoEnvironments = ["dev", "staging", "prod"] as const;

/** Organisation `fabrikam` with project `shop`; its pipelines use the shipped templates. */
export function demoSeed(): Seed {
  return {
    organisation: "fabrikam",
    projects: [
      {
        name: "shop",
        repositories: [
          ...repositories.map((name) => ({
            name,
            files: readFolder(join(here, "repositories", name)),
          })),
          { name: "fluxgate-templates", files: readFolder(join(here, "../../pipeline-templates")) },
        ],
      },
    ],
  };
}

export const demoPipelines: PipelinesSeed = {
  definitions: [
    {
      name: "shop-ci",
      project: "shop",
      repository: "shop",
      yamlPath: "azure-pipelines/ci.yml",
    },
    {
      name: "shop-cd",
      project: "shop",
      repository: "shop",
      yamlPath: "azure-pipelines/cd.yml",
    },
  ],
  variableGroups: demoEnvironments.map((environment) => ({
    name: `shop-${environment}`,
    variables: {
      WEB_REPLICAS: environment === "prod" ? "3" : "1",
      SHOP_HOST: environment === "prod" ? "shop.fabrikam.com" : `${environment}.shop.fabrikam.com`,
    },
  })),
};

/** An organisation with nothing in its project but one empty repository. */
export const emptySeed: Seed = {
  organisation: "fabrikam",
  projects: [
    { name: "shop", repositories: [{ name: "shop", files: { "README.md": "# shop\n" } }] },
  ],
};

export const noPipelines: PipelinesSeed = { definitions: [] };
