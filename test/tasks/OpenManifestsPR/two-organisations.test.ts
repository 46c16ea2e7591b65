import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createSandbox, type Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { ensureBuilt } from "../../../scripts/build/ensure-built.ts";
import { writeRender } from "./a-render.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";

describe("OpenManifestsPR to another organisation, by a service connection", function () {
  this.timeout(240_000);
  let manifests: Harness;
  let runs: Sandbox;
  let folder: string;
  before(async () => {
    await ensureBuilt(["tasks"]);
    manifests = await startHarness();
    const code = { name: "code", files: { "a.txt": "a" } };
    runs = await createSandbox({
      seed: { organisation: "contoso", projects: [{ name: "web", repositories: [code] }] },
    });
    folder = mkdtempSync(join(tmpdir(), "fluxgate-two-"));
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await runs.close();
    await manifests.stop();
  });

  /** The built task in a job of the one organisation. */
  function open(build: number, connection: Readonly<Record<string, string>>): Promise<string> {
    const objects = { a: String(build) };
    writeRender(join(folder, "rendered"), {
      ...{ build, objects, organisationUrl: runs.organisationUrl },
    });
    const env = {
      PATH: process.env["PATH"],
      AGENT_TEMPDIRECTORY: folder,
      SYSTEM_COLLECTIONURI: `${runs.organisationUrl}/`,
      ...{ SYSTEM_TEAMPROJECT: "web", BUILD_BUILDID: String(build), BUILD_BUILDNUMBER: "1" },
      ...{ BUILD_DEFINITIONNAME: "web-cd", BUILD_REPOSITORY_NAME: "code" },
      BUILD_SOURCEVERSION: "0123456789012345678901234567890123456789",
      ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: "sandbox-build",
      ...{ INPUT_ENVIRONMENT: "dev", INPUT_RENDEREDFOLDER: join(folder, "rendered") },
      ...{ INPUT_PROJECT: "shop", INPUT_REPOSITORY: "shop-manifests", INPUT_TARGETBRANCH: "main" },
      ...{ INPUT_SERVICECONNECTION: "other", ...connection },
    };
    const task = resolve("dist/tasks/OpenManifestsPR/index.js");
    return new Promise((done) => {
      execFile(process.execPath, [task], { env, cwd: folder }, (_, out, err) => done(out + err));
    });
  }
  const to = (url: string, token: string) => ({
    ENDPOINT_URL_other: url,
    ENDPOINT_AUTH_other: JSON.stringify({ scheme: "Token", parameters: { apitoken: token } }),
  });

  it("opens the pull request there as the connection's account, and says that nothing waits", async () => {
    const said = await open(1, to(`${manifests.organisationUrl}/`, "sandbox-developer"));
    assert.match(said, /task\.complete result=Succeeded/, said);
    assert.match(
      said,
      /warning.*Nothing waits for this deployment: the manifests are in .*fabrikam/,
    );
    const [pullRequest] = await manifests.pullRequests();
    assert.equal(pullRequest?.sourceRefName, "refs/heads/fluxgate/shop/dev/1");
    assert.equal(pullRequest.createdBy.displayName, "Dana Developer");
    assert.match(pullRequest.description ?? "", new RegExp(`${runs.organisationUrl}/web/_build`));
    assert.doesNotMatch(said.replaceAll(/##vso\[task\.setsecret\].*/g, ""), /sandbox-developer/);
  });

  it("says what is wrong with the connection, and who may not write there", async () => {
    assert.match(await open(2, to("", "x")), /service connection has no address/);
    const noToken = await open(2, to(manifests.organisationUrl, ""));
    assert.match(noToken, /service connection has no token/);
    const unknown = await open(2, to(manifests.organisationUrl, "nobody"));
    assert.match(
      unknown,
      /result=Failed;\]Failed to sign in to http.* not expired and not revoked/,
    );
    const reader = await open(2, to(manifests.organisationUrl, "sandbox-reader"));
    assert.match(reader, /result=Failed;\]Failed to push .*Contribute/);
    assert.equal((await manifests.pullRequests()).length, 1);
  });
});
