import assert from "node:assert/strict";
import {
  pipelinesWith,
  type Pipelines,
} from "../../../sandbox/test/pipelines/pipelines-harness.ts";
import { restOf } from "../../../sandbox/test/support/rest.ts";

const yaml = `trigger: none
parameters:
  - { name: commit, type: string }
  - { name: connector, type: string }
jobs:
  - job: gate
    pool: server
    steps:
      - task: CheckFluxHealth@1
        inputs:
          repository: app
          commit: \${{ parameters.commit }}
          environment: dev
          connector: \${{ parameters.connector }}
`;
const app = "shop/_apis/git/repositories/app";

describe("CheckFluxHealth", () => {
  let pipelines: Pipelines;
  let commit: string;
  let connector: string;
  before(async () => {
    pipelines = await pipelinesWith({ app: { "ci.yml": yaml } });
    const { value } = await pipelines.rest.get<{ value: { objectId: string }[] }>(
      `${app}/refs?filter=heads/main`,
    );
    commit = value[0]?.objectId ?? "";
    const me = await restOf(pipelines.sandbox, "connector").get<{
      authenticatedUser: { id: string };
    }>("_apis/connectionData");
    connector = me.authenticatedUser.id;
  });
  after(() => pipelines.sandbox.close());

  async function post(as: "connector" | "developer", state: string, name = "dev") {
    await restOf(pipelines.sandbox, as).send("POST", `${app}/commits/${commit}/statuses`, {
      ...{ state, description: "", context: { genre: "fluxgate", name } },
    });
  }
  async function gate(): Promise<string | undefined> {
    const { id } = await pipelines.rest.send<{ id: number }>("POST", "shop/_apis/build/builds", {
      definition: { id: 1 },
      templateParameters: { commit, connector },
    });
    return (await pipelines.ended(id)).result;
  }

  it("fails while there is no status, and while it is pending", async () => {
    assert.equal(await gate(), "failed");
    await post("connector", "pending");
    await post("connector", "succeeded", "shop/dev");
    assert.equal(await gate(), "failed");
  });

  it("succeeds by the connector's own newest word, and only while that is the newest", async () => {
    await post("connector", "succeeded");
    assert.equal(await gate(), "succeeded");
    await post("connector", "failed");
    assert.equal(await gate(), "failed");
  });

  it("does not take another's word", async () => {
    await post("developer", "succeeded");
    assert.equal(await gate(), "failed");
  });
});
