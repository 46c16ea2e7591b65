import assert from "node:assert/strict";
import { listRefs } from "../../../clients/azure-devops/refs.ts";
import { findPullRequests } from "../../../clients/azure-devops/pull-requests.ts";
import { doctor as run } from "../../../cli/doctor/doctor.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

const repo = { project: "shop", repository: "manifests" };

describe("fluxgate doctor in an organisation", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "README.md": "hello\n" } }]);
  });
  after(() => sandbox.close());
  afterEach(() => delete process.env["FLUXGATE_TOKEN"]);

  async function doctor(token: string, ...more: readonly string[]): Promise<string> {
    process.env["FLUXGATE_TOKEN"] = token;
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    const where = ["--organisation", sandbox.organisationUrl, "--project", "shop"];
    const args = [...where, "--repository", "manifests", ...more];
    await run(args, { out: line, err: line });
    return lines.join("\n");
  }

  it("names the organisation, the identity and what it can read", async () => {
    const said = await doctor("sandbox-connector");
    assert.match(said, /^ok +organisation and identity +.*knows you as Fluxgate connector/m);
    assert.match(said, /^ok +repository +shop\/manifests/m);
    assert.match(said, /^ok +branch that Flux follows +main is at [0-9a-f]{12}$/m);
    assert.match(said, /^ok +commit statuses \(read\) +0 on the tip of main$/m);
    assert.match(said, /^ok +pull requests \(read\) +0 open$/m);
    assert.match(said, /^absent +extension data \(read\) +no snapshots of fluxgate\.fluxgate/m);
    assert.doesNotMatch(said, /\(write\)|push/);
  });

  it("says what to check when the repository or the branch is not there", async () => {
    const absent = await doctor("sandbox-connector", "--repository", "absent");
    assert.match(
      absent,
      /^ABSENT +repository +shop\/absent does not exist.*Allow "Read" for Fluxgate connector/m,
    );
    assert.match(absent, /^not checked +branch that Flux follows +repository comes first$/m);
    const branch = await doctor("sandbox-connector", "--branch", "absent");
    assert.match(branch, /^ABSENT +branch that Flux follows +.*no branch absent/m);
  });

  it("tests writing only when told to, and leaves nothing behind but an abandoned request", async () => {
    const said = await doctor("sandbox-developer", "--write");
    assert.match(said, /^ok +push a branch/m);
    assert.match(said, /^ok +commit statuses \(write\)/m);
    assert.match(said, /^ok +pull requests \(write\)/m);
    assert.match(said, /^ok +tidy up/m);
    const ado = clientOf(sandbox, "developer");
    const names = (await listRefs(ado, { repo, filter: "heads/" })).map(({ name }) => name);
    assert.deepEqual(names, ["refs/heads/main"]);
    assert.deepEqual(await findPullRequests(ado, { repo, status: "active" }), []);
  });

  it("says which right to grant to an identity that only reads", async () => {
    const said = await doctor("sandbox-reader", "--write");
    assert.match(said, /^REFUSED +push a branch +.*Grant Contribute and Create branch/m);
    assert.match(said, /^not checked +pull requests \(write\) +push a branch comes first$/m);
  });

  it("says that a token is not known here", async () => {
    const said = await doctor("of-another-organisation");
    assert.match(said, /^REFUSED +organisation and identity/m);
  });
});
