import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { run as rollBack } from "../../tasks/RollbackManifests/run.ts";
import { type Harness, startHarness } from "../tasks/OpenManifestsPR/manifests-harness.ts";
import { tamperingFetch } from "../tasks/OpenManifestsPR/tampering-fetch.ts";
import { permissionNames } from "./azure-devops-permissions.ts";

/** The permissions that docs/tasks.md names where it says what a task needs. */
function documented(task: string): readonly string[] {
  const [, section = ""] = readFileSync("docs/tasks.md", "utf8").split(`\n## ${task}@1\n`);
  const said = /Rights\b[^:]*:.*?(?:\. |\.$)/m.exec(section.split("\n## ")[0] ?? "")?.[0] ?? "";
  const names = [...said.matchAll(/\*+([A-Z][^*]+)\*+/g)].flatMap(([, name = ""]) =>
    name.split(", "),
  );
  return [...new Set(names)].filter((name) => permissionNames.includes(name)).sort();
}

/** What a call of the REST API needs; none for what every member may. */
function neededFor(call: string): string | undefined {
  if (call === "GET identities") return undefined;
  if (/ builds$| of build$/.test(call)) return "View builds";
  if (call.endsWith(" workitems")) return "View work items in this node";
  if (call.startsWith("GET ")) return "Read";
  if (/ (refs|pushes)$/.test(call)) return "Contribute";
  if (/ (pullrequests|threads|reviewers|attachments|properties|labels|statuses)$/.test(call)) {
    return "Contribute to pull requests";
  }
  return `something for ${call}`;
}

const neededBy = (calls: readonly string[]) =>
  [...new Set(calls.map(neededFor))].filter((name) => name !== undefined).sort();

describe("the rights that docs/tasks.md asks for are those that a task uses", function () {
  this.timeout(60_000);
  let at: Harness;
  beforeEach(async () => {
    at = await startHarness({ workItems: [7] });
    // The only right that a contributor has besides.
    at.deny("CreateTag");
  });
  afterEach(() => at.stop());

  it("OpenManifestsPR: with all that it can be told to do, and no other right", async () => {
    await at.policy("minimumReviewers", { minimumApproverCount: 1 });
    const reviewers = { required: ["Ari Approver"], optional: ["[shop]\\shop Team"] };
    const inputs = { workItems: [7], linkWorkItems: true };
    const told = { autoComplete: true, labels: ["prod"], settings: { reviewers }, inputs };
    for (const build of [1, 2]) await at.deploy({ build, objects: { a: String(build) }, ...told });
    assert.deepEqual(await at.statuses(), ["abandoned", "active"]);
    assert.equal((await at.branches()).length, 2);
    // It pushes by git, and a work item that it links is changed.
    const besides = ["Contribute", "Create branch", "Edit work items in this node"];
    const needed = new Set([...neededBy(at.tampering.calls), ...besides]);
    assert.deepEqual([...needed].sort(), documented("OpenManifestsPR"));
  });

  /** Takes the environment back to what it was before its second deployment. */
  async function rollback() {
    const merge = async (build: number) => {
      const { outputs } = await at.deploy({ build, objects: { a: String(build) } });
      await at.merge(Number(outputs["pullRequestId"]));
      return at.headOf("main");
    };
    const to = await merge(1);
    await merge(2);
    const { tampering, fetch } = tamperingFetch();
    const { organisationUrl } = at;
    const ado = connectAzureDevOps({ organisationUrl, token: async () => "sandbox-build", fetch });
    const log = { info: () => undefined, warn: () => undefined, debug: () => undefined };
    await rollBack(
      {
        ...{ delivery: "shop", environment: "dev", path: "dev", targetBranch: "main", to },
        ...{ reason: "it lost orders", hold: true, ...at.repo, organisationUrl, build: 3 },
        ...{ ownProject: "shop", stageAttempt: 1, requestedFor: "Ana" },
      },
      { ado, now: () => 0, log },
    );
    return tampering.calls;
  }

  it("RollbackManifests: with a hold, and no other right", async () => {
    const needed = new Set([...neededBy(await rollback()), "Create branch"]);
    assert.deepEqual([...needed].sort(), documented("RollbackManifests"));
  });
});
