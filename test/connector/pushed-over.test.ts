import assert from "node:assert/strict";
import { createFinder } from "../../connector/reconcilers/find-waits.ts";
import type { OpenWait } from "../../connector/reconcilers/open-wait.ts";
import { pipelinesWith, type Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { aConnector } from "./a-connector.ts";

const yaml = `
trigger: none
jobs:
  - job: render
    steps:
      - checkout: self
      - bash: |
          set -e
          echo "a: 1" > dev/a.yaml
          git -c user.name=x -c user.email=x@fabrikam.com commit -qam "Deploy
          
          Fluxgate-Source: app@$(Build.SourceVersion)
          Fluxgate-Run: $(System.CollectionUri)$(System.TeamProject)/_build/results?buildId=$(Build.BuildId)
          Fluxgate-Environment: shop/dev"
          git -c http.extraheader="AUTHORIZATION: bearer $TOKEN" push -q origin HEAD:refs/heads/fluxgate/shop/dev/$(Build.BuildId)
          echo "##vso[task.setvariable variable=commit;isOutput=true]$(git rev-parse HEAD)"
        name: pr
        env: { TOKEN: $(System.AccessToken) }
  - job: wait
    dependsOn: render
    pool: server
    variables: { commit: "$[ dependencies.render.outputs['pr.commit'] ]" }
    steps:
      - task: WaitForFlux@1
        inputs: { repository: app, commit: $(commit), delivery: shop, environment: dev, timeoutInMinutes: 60 }
`;

describe("a wait whose run's branch somebody else pushed to", function () {
  this.timeout(60_000);
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({ app: { "ci.yml": yaml, "dev/a.yaml": "a: 0\n" } });
  });
  after(() => pipelines.sandbox.close());

  it("is found by a connector that starts later, of that pull request", async () => {
    const { sandbox, rest } = pipelines;
    const run = await pipelines.start();
    await pipelines.waiting(run.id);
    const branch = `fluxgate/shop/dev/${run.id}`;
    const git = "shop/_apis/git/repositories/app";
    const opened = await rest.send<{ pullRequestId: number }>("POST", `${git}/pullrequests`, {
      ...{ sourceRefName: `refs/heads/${branch}`, targetRefName: "refs/heads/main", title: "x" },
    });
    await gitPush(`${sandbox.organisationUrl}/shop/_git/app`, { branch, files: { "b.yaml": "1" } });
    const { connector, repository } = await aConnector(sandbox, {
      ...{ mode: "full", repository: "app" },
    });
    const found: OpenWait[] = [];
    const finder = createFinder(connector, {
      ...{ known: () => false, holds: () => false, found: (_, one) => void found.push(one) },
    });
    await finder.byBuilds(repository);
    assert.deepEqual(
      found.map(({ pullRequest }) => pullRequest),
      [opened.pullRequestId],
    );
  });
});
