import assert from "node:assert/strict";
import { createClock } from "../../azure-devops/clock.ts";
import { eventually } from "../support/eventually.ts";
import { definitionsOf, pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const always = `
trigger: none
stages:
  - stage: work
    jobs:
      - job: work
        timeoutInMinutes: 90
        steps:
          - checkout: none
          - bash: echo began && sleep 600
          - bash: echo cleaned up, $AGENT_JOBSTATUS
            condition: always()
          - bash: echo only when cancelled
            condition: canceled()
          - bash: echo not reached
  - stage: after
    dependsOn: work
    condition: always()
    jobs: [{ job: a, steps: [{ checkout: none }, { bash: echo after all }] }]
  - stage: skipped
    dependsOn: work
    jobs: [{ job: a, steps: [{ checkout: none }] }]
`;

const stubborn = `
trigger: none
jobs:
  - job: work
    cancelTimeoutInMinutes: 2
    steps:
      - checkout: none
      - bash: echo began && sleep 600
        condition: always()
`;

const manual = `
trigger: none
stages:
  - stage: one
    jobs: [{ job: a, steps: [{ checkout: none }] }]
  - stage: two
    trigger: manual
    jobs: [{ job: a, steps: [{ checkout: none }, { bash: echo by hand }] }]
`;

describe("cancelling", () => {
  const clock = createClock();
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "always.yml": always, "stubborn.yml": stubborn, "manual.yml": manual },
      seed: { definitions: definitionsOf("always", "stubborn", "manual") },
      clock,
    });
  });
  after(() => pipelines.sandbox.close());

  const began = (id: number) =>
    eventually("the step", async () =>
      /^began$/m.test(await pipelines.log(id)) ? true : undefined,
    );
  const stage = (id: number, name: string, state: string) =>
    pipelines.rest.send("PATCH", `shop/_apis/build/builds/${id}/stages/${name}`, { state });

  it("a run lets what wants to clean up do so", async () => {
    const { id } = await pipelines.start(1);
    await began(id);
    await pipelines.rest.send("PATCH", `shop/_apis/build/builds/${id}`, { status: "cancelling" });
    assert.equal((await pipelines.ended(id)).result, "canceled");
    const log = await pipelines.log(id);
    assert.match(log, /^cleaned up, Canceled$/m);
    assert.match(log, /^only when cancelled$/m);
    assert.match(log, /^after all$/m);
    assert.doesNotMatch(log, /^not reached$/m);
    assert.deepEqual(await pipelines.results(id, "Stage"), {
      work: "canceled",
      after: "succeeded",
      skipped: "canceled",
    });
  });

  it("happens by itself when a job's time is over", async () => {
    const { id } = await pipelines.start(1);
    await began(id);
    clock.advance(90 * 60_000);
    await pipelines.ended(id);
    const job = (await pipelines.records(id)).find(
      ({ name, type }) => type === "Job" && name === "work",
    );
    assert.equal(job?.result, "canceled");
    assert.match(job.issues?.[0]?.message ?? "", /ran longer than the maximum time of 90 minutes/);
    assert.match(await pipelines.log(id), /^cleaned up/m);
  });

  it("ends what does not end by itself when the time for that is over", async () => {
    const { id } = await pipelines.start(2);
    await began(id);
    await pipelines.rest.send("PATCH", `shop/_apis/build/builds/${id}`, { status: "cancelling" });
    assert.equal((await pipelines.build(id)).status, "cancelling");
    clock.advance(2 * 60_000);
    assert.equal((await pipelines.ended(id)).result, "canceled");
  });

  it("a stage leaves the rest of the run to its conditions; a manual one begins by hand", async () => {
    const { id } = await pipelines.start(1);
    await began(id);
    await stage(id, "work", "cancel");
    await pipelines.ended(id);
    const results = await pipelines.results(id, "Stage");
    assert.deepEqual([results["work"], results["after"]], ["canceled", "succeeded"]);
    const byHand = await pipelines.start(3);
    await eventually("the first stage", async () =>
      (await pipelines.results(byHand.id, "Stage"))["one"] === "succeeded" ? true : undefined,
    );
    await stage(byHand.id, "two", "run");
    assert.equal((await pipelines.ended(byHand.id)).result, "succeeded");
    assert.match(await pipelines.log(byHand.id), /^by hand$/m);
    await assert.rejects(stage(byHand.id, "two", "retry"), /answered 400.*not in a state/);
  });
});
