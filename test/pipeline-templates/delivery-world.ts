// A code repository with the shipped templates, its pipelines really run: CI and CD.
import type { PipelinesSeed } from "../../sandbox/pipelines/seed.ts";
import type { Build, Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { templatePipelines } from "./template-pipelines.ts";

const twoImages = `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
artefact: ["scripts/**"]
images:
  - { name: registry.fabrikam.com/shop/api, context: services/api }
  - { name: registry.fabrikam.com/shop/side, context: services/side }
apps:
  - { name: api, render: [{ copy: { path: deploy } }] }
environments: [{ name: dev }]
`;

const ci = (parameters = "") => `trigger: [main]
resources:
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
stages:
  - template: ci.yml@templates
    parameters:
      environments: [{ name: dev }]
      checkSteps: [{ bash: test ! -e broken.txt, displayName: Unit tests }]
${parameters}`;

const cd = (resource = "") => `trigger: none
resources:
  pipelines:
    - { pipeline: ci, source: shop-ci, ${resource}trigger: { branches: [main] } }
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
    - { repository: manifests, type: git, name: manifests }
stages:
  - template: cd.yml@templates
    parameters:
      delivery: shop
      manifestsRepository: manifests
      environments: [{ name: dev, testSteps: [{ bash: bash scripts/test.sh, displayName: Tests }] }]
`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - { name: api, image: registry.fabrikam.com/shop/api }
        - { name: side, image: registry.fabrikam.com/shop/side }
`;

const sources = {
  "fluxgate.yaml": twoImages,
  "deploy/api.yaml": deployment,
  "scripts/test.sh": "#!/bin/sh\necho the tests of this commit ran\n",
  "services/api/Dockerfile": "FROM scratch\n",
  "services/side/Dockerfile": "FROM scratch\n",
};

export type DeliveryWorld = {
  readonly pipelines: Pipelines;
  /** Makes a branch at the head of main. */
  readonly branch: (name: string) => Promise<void>;
  readonly push: (
    files: Readonly<Record<string, string | undefined>>,
    branch?: string,
  ) => Promise<string>;
  /** The CI run of a commit, when it has ended. */
  readonly ciOf: (commit: string) => Promise<Build>;
  /** Starts a pipeline by hand and waits for its end, or until it waits for Flux. */
  readonly start: (name: string) => Promise<Build>;
  readonly faults: (what: unknown) => Promise<void>;
  readonly openPullRequests: () => Promise<readonly OpenPullRequest[]>;
  readonly manifest: (branch: string, path: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

export type OpenPullRequest = {
  readonly sourceRefName: string;
  readonly lastMergeSourceCommit: { readonly commitId: string };
};

export async function deliveryWorld(
  given: {
    readonly files?: Readonly<Record<string, string>>;
    readonly ciParameters?: string;
    readonly ciResource?: string;
    /** Azure DevOps environments that are there before a run makes them. */
    readonly environments?: PipelinesSeed["environments"];
    /** Runs the tasks; without it the program that runs the tests. */
    readonly nodeProgram?: string;
  } = {},
): Promise<DeliveryWorld> {
  const app = {
    ...sources,
    "ci.yml": ci(given.ciParameters),
    "cd.yml": cd(given.ciResource),
    ...given.files,
  };
  const definition = (name: string) => ({
    ...{ name: `shop-${name}`, project: "shop", repository: "app", yamlPath: `${name}.yml` },
  });
  const pipelines = await templatePipelines(
    [
      { name: "app", files: app },
      { name: "manifests", files: { "README.md": "manifests\n" } },
    ],
    {
      definitions: [definition("ci"), definition("cd")],
      ...(given.environments ? { environments: given.environments } : {}),
    },
    given.nodeProgram === undefined ? {} : { nodeProgram: given.nodeProgram },
  );
  const { sandbox } = pipelines;
  const { rest } = pipelines;
  const repository = "shop/_apis/git/repositories/manifests";
  const patience = { withinMs: 120_000, everyMs: 200 };
  return {
    pipelines,
    branch: async (name) => {
      const path = "shop/_apis/git/repositories/app/refs";
      const { value } = await rest.get<{ value: readonly { objectId: string }[] }>(
        `${path}?filter=heads/main`,
      );
      const [{ objectId: newObjectId } = { objectId: "" }] = value;
      const oldObjectId = "0".repeat(40);
      await rest.send("POST", path, [{ name: `refs/heads/${name}`, oldObjectId, newObjectId }]);
    },
    push: (files, branch) =>
      gitPush(`${sandbox.organisationUrl}/shop/_git/app`, {
        files,
        ...(branch === undefined ? {} : { branch }),
      }),
    ciOf: async (commit) => {
      const found = await eventually("the CI run", async () =>
        (await pipelines.builds()).find(
          ({ definition: { name }, sourceVersion }) =>
            name === "shop-ci" && sourceVersion === commit,
        ),
      );
      return pipelines.ended(found.id);
    },
    start: async (name) => {
      const { id } = await pipelines.start(name === "ci" ? 1 : 2);
      return eventually(
        `run ${id} of ${name} to end or wait`,
        async () => {
          const build = await pipelines.build(id);
          if (build.status === "completed") return build;
          const waits = (await pipelines.records(id)).some(
            ({ task, state, startTime }) => task !== null && state === "pending" && startTime,
          );
          return waits ? build : undefined;
        },
        patience,
      );
    },
    faults: async (what) => {
      await fetch(`${sandbox.organisationUrl}/_apis/sandbox/faults`, {
        method: "PUT",
        headers: {
          "Content-Type": "application/json",
          Authorization: `Basic ${Buffer.from(":sandbox-admin").toString("base64")}`,
        },
        body: JSON.stringify(what),
      });
    },
    openPullRequests: async () =>
      (
        await rest.get<{ value: readonly OpenPullRequest[] }>(
          `${repository}/pullrequests?searchCriteria.status=active`,
        )
      ).value,
    manifest: async (branch, path) => {
      const query = `path=${encodeURIComponent(path)}&versionDescriptor.version=${encodeURIComponent(branch)}&versionDescriptor.versionType=branch&includeContent=true`;
      return (await rest.get<{ content: string }>(`${repository}/items?${query}`)).content;
    },
    close: () => sandbox.close(),
  };
}
