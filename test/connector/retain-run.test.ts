import assert from "node:assert/strict";
import pino from "pino";
import { retainRun } from "../../connector/reconcilers/retain-run.ts";
import { buildId } from "../../core/brand.ts";
import { definitionsOf, pipelinesWith } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { clientOf } from "../support/sandbox.ts";
import { open } from "./an-open-wait.ts";

const owner = "fluxgate/dev";
type Leases = {
  readonly value: readonly {
    readonly ownerId: string;
    readonly createdOn: string;
    readonly validUntil: string;
  }[];
};

describe("a run that deployed an environment marked `retain`", () => {
  it("gets one lease, however often its wait is ended, and none without the mark", async () => {
    const pipelines = await pipelinesWith({
      app: { "ci.yml": "trigger: none\nsteps: [{ checkout: none }]\n" },
      seed: { definitions: definitionsOf("ci") },
    });
    try {
      const { id } = await pipelines.start(1);
      await pipelines.ended(id);
      const log = pino({ level: "silent" });
      const leases = async () =>
        (await pipelines.rest.get<Leases>(`shop/_apis/build/builds/${id}/leases`)).value;
      const retain = (who: "connector" | "reader", of: boolean | number) => {
        const key = { ...open.wait.key, build: buildId(id) };
        const environment = { ...open.environment, retain: of };
        const wait = { ...open.wait, key };
        return retainRun(
          { ado: clientOf(pipelines.sandbox, who), log },
          { ...open, wait, environment },
        );
      };
      await retain("connector", false);
      // Whoever may not is told so in the log, and holds no run.
      await retain("reader", true);
      assert.deepEqual(await leases(), []);
      await retain("connector", 30);
      await retain("connector", 30);
      const [lease, ...more] = await leases();
      assert.deepEqual([lease?.ownerId, more.length], [owner, 0]);
      const days =
        (Date.parse(lease?.validUntil ?? "") - Date.parse(lease?.createdOn ?? "")) / 864e5;
      assert.equal(Math.round(days), 30);
    } finally {
      await pipelines.sandbox.close();
    }
  });
});
