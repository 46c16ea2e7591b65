import assert from "node:assert/strict";
import { policyCheck } from "../../../cli/doctor/policy-checks.ts";
import type { SeedRepository } from "../../../sandbox/azure-devops/seed.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

describe("fluxgate doctor: policies of the branch that Flux follows", () => {
  async function check(policies: SeedRepository["policies"], fourEyes: boolean): Promise<string> {
    const sandbox = await sandboxWith([
      { name: "manifests", files: { "a.txt": "a" }, ...(policies ? { policies } : {}) },
    ]);
    const repo = { project: "shop", repository: "manifests" };
    const room = { ado: clientOf(sandbox, "admin") };
    const of = { repo, branch: "main", fourEyes };
    const found = await policyCheck(room, of).test().catch(String);
    await sandbox.close();
    return String(found);
  }
  const status = (statusName: string, more: object = {}) => ({
    ...{ type: "status", settings: { statusName, statusGenre: "fluxgate", ...more } },
  });
  const by = { authorId: "11111111-1111-1111-1111-111111111111" };

  it("says that four eyes hold nothing back where no policy requires their status", async () => {
    const freeze = [status("freeze/dev", by)] as SeedRepository["policies"];
    assert.match(await check(freeze, true), /asks for four eyes, and no policy requires/);
    assert.match(await check(freeze, false), /^1 bind main$/);
    const both = [status("freeze/dev", by), status("four-eyes", by)] as typeof freeze;
    assert.match(await check(both, true), /^2 bind main$/);
  });

  it("says that anybody could approve for two, or lift a freeze, by a status", async () => {
    const open = (name: string) => check([status(name)] as SeedRepository["policies"], true);
    assert.match(
      await open("four-eyes"),
      /no authorized account for four-eyes: .*approves for two/,
    );
    assert.match(
      await open("freeze/dev"),
      /no authorized account for freeze\/dev: .*lifts the freeze/,
    );
  });
});
