import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { askObservers, sayUnasked } from "../../connector/observers/ask-observers.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import { emptyMemory } from "../../core/gate/memory.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { tamperingFetch } from "../tasks/OpenManifestsPR/tampering-fetch.ts";
import { aConnector } from "./a-connector.ts";

const asked: GateVerdict = {
  ...{ kind: "waiting", waitingFor: "observer" },
  text: "cluster west: its own connector is being asked",
  ...{ notes: [], progress: ["cluster west: its own connector is being asked"] },
  memory: emptyMemory,
};

describe("a question to the connector of another cluster that Azure DevOps refuses", () => {
  let sandbox: Sandbox;
  const { tampering, fetch } = tamperingFetch();
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "dev/a.yaml": "" } }]);
  });
  after(() => sandbox.close());

  async function ask(status: number, paths: readonly string[]) {
    const { connector, repository } = await aConnector(sandbox, {
      ...{ mode: "full", repository: "manifests" },
    });
    const { organisationUrl } = sandbox;
    const token = async () => "sandbox-connector";
    const ado = connectAzureDevOps({ organisationUrl, kind: "pat", token, fetch });
    const commit = (await repository.head(0)) ?? "";
    const body = { message: "The request URI is too long." };
    tampering.answers.set("POST statuses", { status, body });
    const [dev] = connector.config.environments;
    if (dev === undefined) throw new Error("no environment");
    const environment = { ...dev, clusters: [{ name: "west", active: true, paths }] };
    const about = { clusters: ["west"], commit, delivery: "shop", whole: false };
    const room = { ...connector, ado };
    const first = sayUnasked(asked, await askObservers(room, environment, about));
    const calls = tampering.calls.length;
    assert.deepEqual(sayUnasked(asked, await askObservers(room, environment, about)), first);
    assert.equal(tampering.calls.length, calls, "it is not asked at each look");
    tampering.answers.clear();
    const later = { ...about, delivery: "other" };
    assert.deepEqual(await askObservers(room, environment, later), [], "others are asked");
    return first;
  }

  it("is what the wait is said to hang on, with what makes the question shorter", async () => {
    const paths = Array.from({ length: 40 }, (_, at) => `clusters/west/some/long/folder-${at}`);
    const verdict = await ask(414, paths);
    assert.match(verdict.text, /^cluster west: its own connector cannot be asked: .*414/);
    assert.match(
      verdict.text,
      /The question names 40 folders \(environments\[\].clusters\[\].paths\)/,
    );
    assert.equal(verdict.progress.at(-1), verdict.text);
    assert.equal(verdict.kind, "waiting");
  });

  it("is so without folders, where they are not what is wrong", async () => {
    const verdict = await ask(403, []);
    assert.match(verdict.text, /cannot be asked: .*403/);
    assert.doesNotMatch(verdict.text, /folders/);
  });

  it("is tried again by itself where that passes", async () => {
    await assert.rejects(ask(503, []), /503/);
  });

  it("takes no other verdict's words", () => {
    const done: GateVerdict = { ...asked, kind: "succeeded", text: "done" };
    const said = sayUnasked(done, [{ cluster: "west", cause: "414" }]);
    assert.equal(said.text, "done");
    assert.equal(said.progress.length, 2);
    assert.equal(sayUnasked(done, []), done);
  });
});
