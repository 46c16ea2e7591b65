import assert from "node:assert/strict";
import { findingLine, runChecks } from "../../../cli/doctor/check.ts";
import { waitChecks } from "../../../cli/doctor/wait-checks.ts";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { waitTaskId } from "../../../core/run/letter.ts";

const build = {
  id: 7,
  buildNumber: "20261123.1",
  status: "inProgress",
  definition: { id: 1, name: "shop-cd" },
  project: { id: "p1", name: "shop" },
  orchestrationPlan: { planId: "plan1" },
};
const record = { id: "r1", name: "Wait for Flux", state: "pending", task: { id: waitTaskId } };

/** Answers by the end of the path; anything else is refused as the service does. */
async function doctor(answers: Readonly<Record<string, unknown>>): Promise<string> {
  const ado = connectAzureDevOps({
    organisationUrl: "https://dev.azure.com/fabrikam",
    token: async () => "t",
    fetch: async (input) => {
      const path = new URL(input as string).pathname;
      const found = Object.entries(answers).find(([end]) => path.endsWith(end));
      const refusal = { message: "Access denied: no write permissions for orchestration plan" };
      return new Response(JSON.stringify(found?.[1] ?? refusal), { status: found ? 200 : 403 });
    },
  });
  const findings = await runChecks(
    waitChecks({ ado, project: "shop", build: 7, taskIds: [waitTaskId] }),
  );
  return findings.map(findingLine).join("\n");
}

describe("fluxgate doctor --wait", () => {
  const all = {
    "/builds/7": build,
    "/timeline": { id: "plan1", records: [record] },
    "/plans/plan1": { planId: "plan1" },
    "/records/r1/feed": {},
  };

  it("finds the waiting task and writes a line to it", async () => {
    const said = await doctor(all);
    assert.match(said, /^ok +the run +shop-cd 20261123\.1 is inProgress$/m);
    assert.match(said, /^ok +a waiting WaitForFlux +Wait for Flux is pending$/m);
    assert.match(said, /^ok +its plan \(write\)/m);
  });

  it("says which right the plan needs when the line is refused", async () => {
    const refused = Object.entries(all).filter(([path]) => !path.endsWith("/feed"));
    const said = await doctor(Object.fromEntries(refused));
    assert.match(said, /^REFUSED +its plan \(write\) +.*Access denied.*Edit build pipeline/m);
  });

  it("asks for a run that waits now", async () => {
    const done = { ...record, state: "completed" };
    const said = await doctor({ ...all, "/timeline": { id: "plan1", records: [done] } });
    assert.match(said, /^ABSENT +a waiting WaitForFlux +no task of run 7 waits/m);
    assert.match(said, /^not checked +its plan \(write\) +a waiting WaitForFlux comes first/m);
  });
});
