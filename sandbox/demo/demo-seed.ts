import { join } from "node:path";
import { parseDocument, visit } from "yaml";
import type { Seed } from "../azure-devops/seed.ts";
import type { PipelinesSeed } from "../pipelines/seed.ts";
import { readFolder } from "./read-folder.ts";

const here = import.meta.dirname;
const repositories = ["shop", "shop-config", "shop-manifests"] as const;

export const demoEnvironments = ["dev", "staging", "prod"] as const;

/**
 * Organisation `fabrikam` with project `shop`; its pipelines use the shipped templates. Where the
 * agents have no jsonnet, the chart's own values stand in for what it would compute.
 */
export function demoSeed({ hasJsonnet }: { readonly hasJsonnet: boolean }): Seed {
  return {
    organisation: "fabrikam",
    projects: [
      {
        name: "shop",
        repositories: [
          ...repositories.map((name) => ({
            name,
            files: filesOf(name, hasJsonnet),
          })),
          { name: "fluxgate-templates", files: readFolder(join(here, "../../pipeline-templates")) },
        ],
      },
    ],
  };
}

function filesOf(repository: string, hasJsonnet: boolean): Readonly<Record<string, string>> {
  const files = readFolder(join(here, "repositories", repository));
  const delivery = files["fluxgate.yaml"];
  if (hasJsonnet || delivery === undefined) return files;
  return { ...files, "fluxgate.yaml": withoutJsonnet(delivery) };
}

function withoutJsonnet(delivery: string): string {
  const document = parseDocument(delivery);
  visit(document, {
    Map: (_key, map) => (map.has("jsonnet") ? visit.REMOVE : undefined),
  });
  return document.toString();
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
