import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { listPullRequestStatuses } from "../../../clients/azure-devops/pull-request-statuses.ts";
import { readInputs } from "../../../tasks/PreviewChanges/inputs.ts";
import { runTell } from "../../../tasks/PreviewChanges/tell.ts";
import { fakeAgent } from "../common/fake-agent.ts";
import { type Harness, startHarness } from "../OpenManifestsPR/manifests-harness.ts";

// Builds of forks get no secrets, and a token that may only read, unless the pipeline's owner allows
// more: https://learn.microsoft.com/azure/devops/pipelines/repos/azure-repos-git#contributions-from-forks
describe("PreviewChanges in a run of a fork", () => {
  let at: Harness;
  let folder: string;
  let id: string;
  before(async () => {
    at = await startHarness();
    id = (await at.deploy({ build: 1, objects: { a: "1" } })).outputs["pullRequestId"] ?? "";
    folder = mkdtempSync(join(tmpdir(), "fluxgate-fork-"));
    mkdirSync(join(folder, "preview"));
    const preview = { apiVersion: "fluxgate.dev/v1", kind: "Preview", delivery: "shop" };
    const found = { environment: "dev", verdict: "1 object", complete: true, failed: false };
    writeFileSync(
      join(folder, "preview/dev.json"),
      JSON.stringify({ ...preview, ...found, markdown: ["text"] }),
    );
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await at.stop();
  });

  async function tell(token: string, isFork: boolean) {
    const { agent, said } = fakeAgent({
      inputs: { step: "tell", outputFolder: join(folder, "preview"), comment: "true" },
      variables: {
        "System.CollectionUri": `${at.organisationUrl}/`,
        ...{ "System.TeamProjectId": at.repo.project, "Build.Repository.ID": at.repo.repository },
        ...{ "Build.Repository.Provider": "TfsGit", "Build.BuildId": "7" },
        "System.PullRequest.PullRequestId": id,
        ...(isFork ? { "System.PullRequest.IsFork": "True" } : {}),
      },
    });
    const ado = connectAzureDevOps({
      organisationUrl: at.organisationUrl,
      token: async () => token,
    });
    const outcome = await runTell(readInputs(agent), { ado, log: agent.log });
    return { outcome, lines: said.lines };
  }
  const statuses = async () =>
    (await listPullRequestStatuses(at.developer, { repo: at.repo, id: Number(id) })).filter(
      ({ context }) => context.name === "preview",
    );

  it("tells the pull request where its token may write", async () => {
    await tell("sandbox-build", true);
    assert.equal((await statuses()).length, 1);
  });

  it("is green with a warning where its token may only read: the summary has all of it", async () => {
    at.deny("PullRequestContribute");
    for (const token of ["sandbox-build", "nobody"]) {
      const { outcome, lines } = await tell(token, true);
      assert.match(
        lines.join("\n"),
        /This run of a fork may not write to !1: see the run's summary/,
      );
      assert.match(outcome.summary ?? "", /\*\*dev\*\*: 1 object/);
    }
    assert.equal((await statuses()).length, 1);
  });

  it("fails where the run is of the repository itself: a right is missing, and which", async () => {
    await assert.rejects(tell("sandbox-build", false), {
      code: "permission-missing",
      hint: /Contribute to pull requests/i,
    });
  });
});
