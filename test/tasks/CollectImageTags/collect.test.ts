import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ImageTags } from "../../../core/images/tagged-image.ts";
import { run } from "../../../tasks/CollectImageTags/run.ts";

const fluxgate = `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
images:
  - { name: r.io/shop/api, context: services/api, dependsOn: [libs/common] }
  - { name: r.io/shop/web, context: ./services/web/, dockerfile: build/web.Dockerfile }
  - { name: r.io/elsewhere }
apps: [{ name: api, render: [{ copy: { path: deploy } }] }]
environments: [{ name: dev }]
`;

describe("CollectImageTags", () => {
  let folder: string;
  let log: string[];
  const output = () => join(folder, "out/image-tags.json");
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b", ...args], {
      stdio: ["ignore", "pipe", "ignore"],
    });
  function commit(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git("add", ".");
    git("commit", "-q", "-m", "x");
  }
  function collect(previousFile?: string) {
    const inputs = {
      deliveryFile: join(folder, "fluxgate.yaml"),
      outputFile: output(),
      previousFile,
    };
    const line = (text: string) => void log.push(text);
    return run(inputs, {
      log: { info: line, warn: (text) => line(`warning: ${text}`), debug: line },
    });
  }
  const images = () => (JSON.parse(readFileSync(output(), "utf8")) as ImageTags).images;
  const tags = () => Object.fromEntries(images().map(({ name, tag }) => [name, tag]));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-tags-"));
    log = [];
    git("init", "-q");
    commit({
      "fluxgate.yaml": fluxgate,
      ".gitignore": "out/\n",
      "services/api/Dockerfile": "FROM x\n",
      "services/web/main.js": "1\n",
      "build/web.Dockerfile": "FROM y\n",
      "libs/common/a.js": "1\n",
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("tags every image that is built here and asks to build all without an earlier list", async () => {
    const { outputs } = await collect();
    const references = images().map(({ name, tag }) => `${name}:${tag}`);
    assert.equal(references.length, 2);
    assert.deepEqual(outputs, {
      imagesFile: output(),
      toBuild: references.join(","),
      unchanged: "false",
      matrix: outputs["matrix"],
    });
    for (const { tag, built } of images()) {
      assert.match(tag, /^src-[0-9a-f]{16}$/);
      assert.ok(built);
    }
    assert.match(log.join("\n"), /r\.io\/elsewhere: has no context/);
  });

  it("asks to build nothing when the sources are those of the earlier list", async () => {
    await collect();
    const before = tags();
    commit({ "README.md": "unrelated\n" });
    const { outputs } = await collect(output());
    assert.deepEqual(tags(), before);
    assert.equal(outputs["unchanged"], "true");
    assert.equal(outputs["toBuild"], "");
  });

  for (const [what, path, image] of [
    ["its context", "services/web/main.js", "r.io/shop/web"],
    ["its Dockerfile", "build/web.Dockerfile", "r.io/shop/web"],
    ["what it depends on", "libs/common/a.js", "r.io/shop/api"],
  ] as const) {
    it(`gives an image a new tag when ${what} changes, and only that one`, async () => {
      await collect();
      const before = tags();
      commit({ [path]: "2\n" });
      const { outputs } = await collect(output());
      assert.equal(outputs["toBuild"], `${image}:${tags()[image]}`);
      assert.notEqual(tags()[image], before[image]);
    });
  }

  it("gives the same tag again when a change is taken back", async () => {
    await collect();
    const before = tags();
    commit({ "services/web/main.js": "2\n" });
    commit({ "services/web/main.js": "1\n" });
    await collect();
    assert.deepEqual(tags(), before);
  });

  it("keeps a known digest of an image that is not built again", async () => {
    await collect();
    const digest = `sha256:${"a".repeat(64)}`;
    const known = images().map((image) => ({ ...image, digest }));
    const previous = join(folder, "out/previous.json");
    writeFileSync(
      previous,
      JSON.stringify({ apiVersion: "fluxgate.dev/v1", kind: "ImageTags", images: known }),
    );
    await collect(previous);
    assert.equal(images()[0]?.digest, digest);
  });

  it("warns of tracked files that differ from the commit", async () => {
    writeFileSync(join(folder, "services/web/main.js"), "changed\n");
    await collect();
    assert.match(log.join("\n"), /warning: r\.io\/shop\/web: services\/web\/main\.js differs/);
  });

  it("names every source that the commit does not hold", async () => {
    git("rm", "-rq", "libs", "build");
    git("commit", "-q", "-m", "y");
    await assert.rejects(collect(), {
      message:
        "image r.io/shop/api: the commit holds no libs/common\n" +
        "image r.io/shop/web: the commit holds no build/web.Dockerfile",
    });
  });

  it("takes an earlier list that is missing for none, and refuses a damaged one", async () => {
    await collect(join(folder, "absent.json"));
    const damaged = join(folder, "out/damaged.json");
    writeFileSync(damaged, "{");
    await assert.rejects(collect(damaged), /the image list is not valid JSON/);
  });

  it("says so when it does not run in a checkout", async () => {
    rmSync(join(folder, ".git"), { recursive: true });
    await assert.rejects(collect(), { code: "no-checkout" });
  });

  it("says so when there is no delivery file", async () => {
    rmSync(join(folder, "fluxgate.yaml"));
    await assert.rejects(collect(), { code: "delivery-missing" });
  });
});
