import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHttp } from "../../../clients/http.ts";
import { dockerCredentials } from "../../../clients/registry/docker-credentials.ts";
import { lookUpImage, type Registries } from "../../../clients/registry/registry.ts";
import {
  type Registry,
  type RegistryOptions,
  startRegistry,
} from "../../../sandbox/registry/registry.ts";

const host = "registry.fabrikam.com";
const name = `${host}/shop/api`;

describe("looking an image up in its registry", () => {
  let registry: Registry;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-docker-"));
  });
  afterEach(async () => {
    await registry.close();
    rmSync(folder, { recursive: true });
  });

  async function start(options: RegistryOptions = {}): Promise<Registries> {
    registry = await startRegistry({ user: "ci:secret", ...options });
    return at(registry.url);
  }
  function at(url: string): Registries {
    const env = { PATH: `${folder}:${process.env["PATH"]}` };
    return {
      http: createHttp({ sleep: async () => undefined, attempts: 2 }),
      credentials: dockerCredentials({ folder, env }),
      addresses: new Map([[host, url]]),
    };
  }
  const config = (value: unknown) =>
    writeFileSync(join(folder, "config.json"), JSON.stringify(value));
  const logIn = (user: string) =>
    config({ auths: { [host]: { auth: Buffer.from(user).toString("base64") } } });
  const lookUp = (registries: Registries, tag = "1") => lookUpImage(registries, { name, tag });

  it("reads the digest of a tag, and says which tag it lacks", async () => {
    const registries = await start();
    const digest = registry.push("shop/api", "1", "{}");
    assert.deepEqual(await lookUp(registries), { kind: "there", digest });
    assert.deepEqual(await lookUp(registries, "2"), { kind: "absent" });
  });

  it("computes the digest where the registry does not say it", async () => {
    const registries = await start({ withoutDigest: true });
    const digest = registry.push("shop/api", "1", "{ }");
    assert.deepEqual(await lookUp(registries), { kind: "there", digest });
  });

  for (const sign of ["basic", "bearer"] as const) {
    it(`signs in with what docker login left (${sign})`, async () => {
      const registries = await start({ sign });
      logIn("ci:secret");
      const digest = registry.push("shop/api", "1", "{}");
      assert.deepEqual(await lookUp(registries), { kind: "there", digest });
    });

    it(`takes a refusal for no answer, never for absence (${sign})`, async () => {
      const registries = await start({ sign });
      logIn("ci:wrong");
      const answer = await lookUp(registries);
      assert.deepEqual(answer.kind, "unknown");
      assert.match(JSON.stringify(answer), /refuses to say \(log in/);
      assert.doesNotMatch(JSON.stringify(answer), /wrong/);
    });
  }

  it("asks the credential helper that docker's configuration names", async () => {
    const registries = await start({ sign: "basic" });
    config({ credHelpers: { [host]: "test" } });
    const helper = `#!/bin/sh\nread host\n[ "$1 $host" = "get ${host}" ] || exit 1\necho '{"Username":"ci","Secret":"secret"}'\n`;
    writeFileSync(join(folder, "docker-credential-test"), helper, { mode: 0o755 });
    registry.push("shop/api", "1", "{}");
    assert.equal((await lookUp(registries)).kind, "there");
  });

  it("hands no credentials to a token address in the clear", async () => {
    const registries = await start({ sign: "bearer", realm: "http://elsewhere.example/token" });
    logIn("ci:secret");
    assert.equal((await lookUp(registries)).kind, "unknown");
    assert.ok(registry.requests.every((line) => line.endsWith(" none")));
  });

  for (const [what, page, kind] of [
    ["a page of a proxy that answers all", { status: 200, body: "<html>log in</html>" }, "unknown"],
    ["a refusal", { status: 403, body: '{"errors":[]}' }, "unknown"],
    ["nothing any more", { status: 404, body: '{"errors":[]}' }, "absent"],
  ] as const) {
    it(`takes no digest from ${what}`, async () => {
      const registries = await start();
      const odd: typeof fetch = async (_url, init) =>
        init?.method === "HEAD" ? new Response() : new Response(page.body, { status: page.status });
      const http = createHttp({ fetch: odd, attempts: 1 });
      assert.equal((await lookUp({ ...registries, http })).kind, kind);
    });
  }

  it("takes a registry that does not answer for unknown", async () => {
    await start();
    const answer = await lookUp(at("http://127.0.0.1:1"));
    assert.equal(answer.kind, "unknown");
    assert.match(JSON.stringify(answer), /failed to reach 127\.0\.0\.1:1/);
  });
});
