import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ensureBuilt } from "../../../scripts/build/ensure-built.ts";
import { program } from "../cli-process.ts";

/** Runs the command as a person does; FLUXGATE_TOKEN only where given. */
function fluxgate(args: readonly string[], token?: string) {
  const env = { ...process.env, ...(token === undefined ? {} : { FLUXGATE_TOKEN: token }) };
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    execFile(process.execPath, [program, "doctor", ...args], { env }, (error, out, err) =>
      done({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

describe("fluxgate doctor", () => {
  before(() => ensureBuilt(["cli"]));

  it("asks for something to test", async () => {
    const { code, err } = await fluxgate([]);
    assert.equal(code, 2);
    assert.match(err, /needs --config, --organisation or --kubeconfig/);
  });

  it("asks for a token by the environment, never by an argument", async () => {
    const { code, err } = await fluxgate(["--organisation", "https://dev.azure.com/fabrikam"]);
    assert.equal(code, 1);
    assert.match(err, /environment variable FLUXGATE_TOKEN is empty/);
  });

  it("says that the token is refused, tests no further and prints no token", async () => {
    const server = createServer((_, response) => response.writeHead(401).end());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fabrikam`;
    const names = ["--project", "shop", "--repository", "shop-manifests"];
    const { code, out, err } = await fluxgate(["--organisation", url, ...names], "top-secret");
    server.close();
    assert.equal(code, 1);
    assert.match(out, /^REFUSED +organisation and identity .*token is of this organisation/);
    assert.match(out, /^not checked +repository +organisation and identity comes first/m);
    assert.match(out, /^1 failed, \d could not be checked\.$/m);
    assert.doesNotMatch(out + err, /top-secret/);
  });
});
