import { createSandbox, type Sandbox } from "../../azure-devops/create-sandbox.ts";
import { createPipelines } from "../../pipelines/create-pipelines.ts";
import { portalPages } from "../../portal/serve-pages.ts";
import { restOf } from "../support/rest.ts";

const pipeline = `
parameters:
  - { name: greeting, displayName: Greeting, type: string, default: hello }
  - { name: outcome, displayName: Outcome, type: string, default: good, values: [good, bad] }
trigger: none
stages:
  - stage: build
    displayName: Build it
    jobs:
      - job: compile
        displayName: Compile
        steps:
          - checkout: none
          - bash: 'echo "it says \${{ parameters.greeting }}"'
            displayName: Say something
          - bash: test "\${{ parameters.outcome }}" = good
            displayName: See whether it is good
  - stage: release
    displayName: Release it
    jobs:
      - deployment: roll
        displayName: Roll out
        environment: production
        strategy: { runOnce: { deploy: { steps: [{ bash: echo released }] } } }
`;
const slow = `
trigger: none
steps:
  - checkout: none
  - bash: echo begun; sleep 60
    displayName: Take long
`;
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - name: web
          image: registry.fabrikam.com/shop/web:1.0.0
`;

export type PortalWorld = Awaited<ReturnType<typeof startPortalWorld>>;

/** The portal on an organisation with one repository and two pipelines; no product in it. */
export async function startPortalWorld(
  options: {
    readonly manifestFile?: string;
    readonly minimumApprovers?: number;
    /** Who has to approve before something goes to production. */
    readonly approvers?: readonly string[];
  } = {},
) {
  const { manifestFile = "vss-extension.json", minimumApprovers, approvers = [] } = options;
  const sandbox: Sandbox = await createSandbox({
    seed: {
      organisation: "fabrikam",
      projects: [
        {
          name: "shop",
          repositories: [
            {
              name: "shop",
              files: {
                "README.md": "# Shop\n",
                "deploy/web.yaml": deployment,
                "ci.yml": pipeline,
                "slow.yml": slow,
              },
              ...(minimumApprovers === undefined ? {} : { minimumApprovers }),
            },
            { name: "hidden", files: { "a.txt": "a\n" }, hiddenFrom: ["reader"] },
          ],
        },
      ],
    },
    parts: [
      createPipelines({
        seed: {
          definitions: [
            { name: "shop-ci", project: "shop", repository: "shop", yamlPath: "ci.yml" },
            { name: "slow", project: "shop", repository: "shop", yamlPath: "slow.yml" },
          ],
          environments: [{ name: "production", approvers }],
        },
      }),
    ],
    pages: portalPages({ portalDirectory: "dist/portal", manifestFile, organisation: "fabrikam" }),
  });
  const base = `${sandbox.organisationUrl}/shop`;
  const repository = "shop/_apis/git/repositories/shop";
  const developer = restOf(sandbox, "developer");
  const tip = async (branch: string) =>
    (
      await developer.get<{ value: { name: string; objectId: string }[] }>(
        `${repository}/refs?filter=heads/${branch}`,
      )
    ).value[0]?.objectId ?? "";

  /** Commits one file as the developer; a branch that is not there begins at main. */
  async function commit(branch: string, path: string, text: string): Promise<void> {
    const main = await tip("main");
    const old = (await tip(branch)) || main;
    const items = await developer.get<{ value: { path: string }[] }>(
      `${repository}/items?recursionLevel=full&versionDescriptor.version=${old}&versionDescriptor.versionType=commit`,
    );
    const known = items.value.some((item) => item.path === path);
    await developer.send("POST", `${repository}/pushes`, {
      refUpdates: [{ name: `refs/heads/${branch}`, oldObjectId: old }],
      commits: [
        {
          comment: `Change ${path}`,
          changes: [
            {
              changeType: known ? "edit" : "add",
              item: { path },
              newContent: { content: btoa(text), contentType: "base64encoded" },
            },
          ],
        },
      ],
    });
  }

  /** A pull request of the developer that gives `deploy/web.yaml` another tag. */
  async function openPullRequest(tag = "2.0.0"): Promise<number> {
    const branch = `web-${tag}`;
    await commit(branch, "/deploy/web.yaml", deployment.replace("1.0.0", tag));
    const { pullRequestId } = await developer.send<{ pullRequestId: number }>(
      "POST",
      `${repository}/pullrequests`,
      {
        sourceRefName: `refs/heads/${branch}`,
        targetRefName: "refs/heads/main",
        title: `Web ${tag}`,
        description: "The **new** web.",
      },
    );
    return pullRequestId;
  }

  const run = async (pipeline: "shop-ci" | "slow", templateParameters = {}): Promise<number> => {
    const url = `shop/_apis/pipelines/${pipeline === "shop-ci" ? 1 : 2}/runs`;
    return (await developer.send<{ id: number }>("POST", url, { templateParameters })).id;
  };

  return {
    sandbox,
    base,
    /** As the developer; @returns its id. */
    run,
    developer,
    commit,
    openPullRequest,
    pullRequestUrl: (id: number) => `${base}/_git/shop/pullrequest/${id}`,
    file: async (path: string, branch = "main") =>
      developer.get<string>(
        `${repository}/items?path=${path}&$format=text&versionDescriptor.version=${branch}`,
      ),
    branches: async () =>
      (
        await developer.get<{ value: { name: string }[] }>(`${repository}/refs?filter=heads/`)
      ).value.map(({ name }) => name.replace("refs/heads/", "")),
    stop: sandbox.close,
  };
}
