import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium, type Browser } from "playwright-core";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";
import { ensureChromium } from "../../scripts/tools/chromium.ts";

const root = join(import.meta.dirname, "../..");

/** The answer of a page whose scripts, workers included, run under a content security policy. */
async function builtUnder(policy: string, of: { folder: string; browser: Browser }) {
  const bundle = async (entry: string) =>
    (await build({ entryPoints: [join(root, entry)], bundle: true, write: false })).outputFiles[0]
      ?.contents;
  const files: Record<string, readonly [string, Uint8Array | undefined]> = {
    "/": ["text/html", Buffer.from('<!doctype html><script src="/page.js"></script>')],
    "/page.js": ["text/javascript", await bundle("test/kube/browser-page.ts")],
    "/worker.js": ["text/javascript", await bundle("kube/browser-worker.ts")],
    "/build.wasm.gz": ["application/gzip", readFileSync(join(of.folder, "build.wasm.gz"))],
  };
  const server = createServer(({ url = "" }, response) => {
    const [type, content] = files[url] ?? ["text/plain", undefined];
    response.statusCode = content ? 200 : 404;
    response.setHeader("content-type", type);
    response.setHeader("content-security-policy", policy);
    response.end(content);
  }).listen(0, "127.0.0.1");
  await new Promise((settle) => server.once("listening", settle));
  const page = await of.browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const call = "globalThis.buildInBrowser()";
    return JSON.parse(await page.evaluate<string>(call)) as Record<string, unknown>;
  } finally {
    await page.close();
    server.close();
  }
}

describe("Flux's own build in a browser", function () {
  this.timeout(120_000);
  let folder = "";
  let browser: Browser | undefined;
  before(async function () {
    const executablePath = ensureChromium();
    folder = (await kubeFromCache()) ?? "";
    if (folder === "" || executablePath === undefined) this.skip();
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  });
  after(() => browser?.close());
  const under = (policy: string) =>
    builtUnder(policy, { folder, browser: browser ?? assert.fail() });

  it("runs in a worker of the page", async () => {
    const result = await under("script-src 'self' 'wasm-unsafe-eval'");
    assert.deepEqual(result["kind"], "built");
    assert.match(JSON.stringify(result["objects"]), /a\/settings\.yaml/);
  });

  it("is absent, with the reason, where the page may not compile WebAssembly", async () => {
    const { kind, cause, text } = await under("script-src 'self'");
    assert.deepEqual([kind, cause], ["absent", "refused"]);
    assert.match(String(text), /Content Security Policy/i);
  });
});
