import assert from "node:assert/strict";
import { createHttp } from "../../../clients/http.ts";
import type { Registries } from "../../../clients/registry/registry.ts";
import { type Registry, startRegistry } from "../../../sandbox/registry/registry.ts";
import { type CodeRepository, codeRepository } from "./code-repository.ts";

describe("CollectImageTags: what registries hold", () => {
  let code: CodeRepository;
  let registry: Registry;
  let registries: Registries;
  beforeEach(async () => {
    registry = await startRegistry();
    registries = {
      http: createHttp({ attempts: 1 }),
      credentials: async () => undefined,
      addresses: new Map([["r.io", registry.url]]),
    };
    code = codeRepository("  - { name: r.io/shop/api, context: svc }");
    code.commit({ "svc/Dockerfile": "FROM x\n" });
  });
  afterEach(async () => {
    code.remove();
    await registry.close();
  });
  const tagOf = async () => (await code.collect()).images[0]?.tag ?? "";

  it("builds again what a list promises but its registry lacks", async () => {
    const { outputFile } = await code.collect();
    const { images, toBuild } = await code.collect({ previousFile: outputFile, registries });
    assert.equal(toBuild.length, 1);
    assert.equal(images[0]?.reason, "a list names it, but its registry lacks it");
  });

  it("builds nothing that its registry has, without any list, and notes the digest", async () => {
    const digest = registry.push("shop/api", await tagOf(), "{}");
    const { images, toBuild } = await code.collect({ registries });
    assert.deepEqual(toBuild, []);
    assert.equal(images[0]?.digest, digest);
  });

  it("lets the last list decide where the registry cannot be asked, and says so", async () => {
    const { outputFile } = await code.collect();
    await registry.close();
    const { log, toBuild } = await code.collect({ previousFile: outputFile, registries });
    assert.deepEqual(toBuild, []);
    assert.match(log, /warning: r\.io\/shop\/api: its registry could not be asked/);
  });
});
