import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHttp } from "../../../clients/http.ts";
import { type Registry, startRegistry } from "../../../sandbox/registry/registry.ts";
import { run } from "../../../tasks/ConfirmImages/run.ts";

describe("ConfirmImages", () => {
  let registry: Registry;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-confirm-"));
  });
  afterEach(async () => {
    await registry.close();
    rmSync(folder, { recursive: true });
  });

  async function confirm(images: readonly object[]) {
    const imagesFile = join(folder, "image-tags.json");
    const list = { apiVersion: "fluxgate.dev/v1", kind: "ImageTags", salt: "s", images };
    writeFileSync(imagesFile, JSON.stringify(list));
    const log = { info: () => undefined, warn: () => undefined, debug: () => undefined };
    const registries = {
      http: createHttp({ attempts: 1 }),
      credentials: async () => undefined,
      addresses: new Map([["*", registry.url]]),
    };
    await run({ imagesFile, askRegistry: true, attempt: 1 }, { log, registries });
    return JSON.parse(readFileSync(imagesFile, "utf8")) as {
      readonly salt: string;
      readonly images: readonly { readonly digest?: string }[];
    };
  }

  it("writes every digest into the list and keeps what else stands there", async () => {
    registry = await startRegistry();
    const digest = registry.push("shop/api", "1", "{}");
    const list = await confirm([{ name: "r.io/shop/api", tag: "1", built: true, reason: "x" }]);
    assert.equal(list.images[0]?.digest, digest);
    assert.equal(list.salt, "s");
  });

  it("asks by the digest where a list names no tag", async () => {
    registry = await startRegistry();
    const digest = `sha256:${"a".repeat(64)}`;
    registry.push("shop/api", digest, "{}");
    const list = await confirm([{ name: "r.io/shop/api", digest }]);
    assert.match(list.images[0]?.digest ?? "", /^sha256:/);
  });

  it("names every image that is not there, or that nobody may see, and writes nothing", async () => {
    registry = await startRegistry();
    const images = [
      { name: "r.io/shop/api", tag: "1", built: true },
      { name: "r.io/shop/web", tag: "2", built: false },
    ];
    await assert.rejects(confirm(images), {
      code: "image-not-there",
      message:
        "r.io/shop/api:1 does not stand in its registry: no step of this run pushed it\n" +
        "r.io/shop/web:2 does not stand in its registry: it was removed since",
    });
    assert.doesNotMatch(readFileSync(join(folder, "image-tags.json"), "utf8"), /digest/);
    await registry.close();
    registry = await startRegistry({ sign: "basic", user: "a:b" });
    await assert.rejects(
      confirm(images),
      /r\.io\/shop\/api:1 could not be looked up: r\.io refuses/,
    );
  });
});
