import assert from "node:assert/strict";
import { findCodeRepository } from "../../hub/data/code-repository.ts";
import { createMemory } from "../../hub/data/memory.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../support/sandbox.ts";

describe("the repository of the code", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await sandboxWith([{ name: "shop", files: { "a.txt": "" } }]);
  });
  after(() => sandbox.close());

  const found = async (named: string) => {
    const asked = { named, project: "shop" };
    return (await findCodeRepository(clientOf(sandbox, "reader"), asked, createMemory()))?.name;
  };

  it("is found by its address, as tasks write it, and by its name and id", async () => {
    const url = `${sandbox.organisationUrl}/shop/_git/shop`;
    assert.equal(await found(url), "shop");
    assert.equal(await found(url.replace("/shop/_git", "/Shop/_git")), "shop");
    assert.equal(await found("shop"), "shop");
  });

  it("is not found in another organisation, in a project that is not there, or by another name", async () => {
    assert.equal(await found("https://dev.azure.com/other/shop/_git/shop"), undefined);
    assert.equal(await found(`${sandbox.organisationUrl}/absent/_git/shop`), undefined);
    assert.equal(await found("web"), undefined);
  });
});
