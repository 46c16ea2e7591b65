import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CodeRepository, codeRepository } from "./code-repository.ts";

const sources = { "svc/Dockerfile": "FROM x\n", "svc/main": "1", "libs/common/a": "1" };

describe("CollectImageTags: what an image is built from", () => {
  let code: CodeRepository;
  afterEach(() => code.remove());

  async function changes(image: string, before: () => void, change: () => void): Promise<boolean> {
    code = codeRepository(`  - ${image}`);
    code.commit(sources);
    before();
    code.commit();
    const first = await code.collect();
    assert.equal(first.toBuild.length, 1);
    change();
    code.commit();
    const second = await code.collect({ previousFile: first.outputFile });
    return second.toBuild.length === 1;
  }
  const nothing = () => undefined;

  it("follows a context that is a link", async () => {
    const link = () => code.link("link", "svc");
    assert.ok(
      await changes("{ name: r/a, context: link }", link, () => code.put({ "svc/main": "2" })),
    );
  });

  it("follows a context below a link, and a dependsOn over two links", async () => {
    const links = () => {
      code.link("all", ".");
      code.link("deep/one", "../two");
      code.link("two", "libs");
    };
    const image = "{ name: r/a, context: all/svc, dependsOn: [deep/one/common] }";
    assert.ok(await changes(image, links, () => code.put({ "libs/common/a": "2" })));
  });

  it("counts what a link inside the context leads to, and what links there lead to", async () => {
    const links = () => {
      code.link("svc/common", "../libs/common");
      code.link("libs/common/deeper", "../../further/b");
      code.put({ "further/b": "1" });
    };
    const image = "{ name: r/a, context: svc }";
    assert.ok(await changes(image, links, () => code.put({ "further/b": "2" })));
  });

  it("does not count what no link leads to", async () => {
    const link = () => code.link("svc/common", "../libs/common");
    const image = "{ name: r/a, context: svc }";
    assert.ok(!(await changes(image, link, () => code.put({ "libs/other": "2" }))));
  });

  it("counts the executable bit of a single file", async () => {
    const image = "{ name: r/a, context: svc, dependsOn: [run.sh] }";
    const script = () => code.put({ "run.sh": "1" });
    assert.ok(await changes(image, script, () => code.mode("run.sh", 0o755)));
  });

  it("counts a renamed file", async () => {
    const image = "{ name: r/a, context: svc }";
    assert.ok(await changes(image, nothing, () => code.git("mv", "svc/main", "svc/other")));
  });

  it("counts the ignore file beside a Dockerfile that lies elsewhere", async () => {
    const image = "{ name: r/a, context: svc, dockerfile: build/a.Dockerfile }";
    const dockerfile = () => code.put({ "build/a.Dockerfile": "FROM y\n" });
    const ignore = () => code.put({ "build/a.Dockerfile.dockerignore": "main\n" });
    assert.ok(await changes(image, dockerfile, ignore));
  });

  it("counts the Dockerfile that a link names", async () => {
    const image = "{ name: r/a, context: svc, dockerfile: link.Dockerfile }";
    const link = () => {
      code.put({ "build/Dockerfile": "FROM y\n" });
      code.link("link.Dockerfile", "build/Dockerfile");
    };
    assert.ok(await changes(image, link, () => code.put({ "build/Dockerfile": "FROM z\n" })));
  });

  it("counts which Dockerfile of the context is named, not whether docker's own is", async () => {
    const image = "{ name: r/a, context: svc, dockerfile: svc/Dockerfile }";
    const other = () => code.put({ "svc/prod.Dockerfile": "FROM y\n" });
    const name = (from: string, to: string) => () => {
      const text = code.git("show", "HEAD:fluxgate.yaml");
      code.put({ "fluxgate.yaml": text.replace(from, to) });
    };
    assert.ok(await changes(image, other, name("svc/Dockerfile", "svc/prod.Dockerfile")));
    code.remove();
    assert.ok(!(await changes(image, other, name(", dockerfile: svc/Dockerfile", ""))));
  });

  it("counts the ignore file of the folder that the builder gets", async () => {
    const image = "{ name: r/a, context: svc, build: { context: . } }";
    assert.ok(await changes(image, nothing, () => code.put({ ".dockerignore": "main\n" })));
  });

  it("counts how git writes the context's files, wherever that is said", async () => {
    const image = "{ name: r/a, context: svc }";
    const attributes = () => code.put({ ".gitattributes": "* text eol=crlf\n" });
    assert.ok(await changes(image, nothing, attributes));
  });

  it("counts how an image is built", async () => {
    const image = "{ name: r/a, context: svc, build: { target: web, arguments: { A: '1' } } }";
    assert.ok(
      await changes(image, nothing, () => {
        const text = execFileSync("git", ["-C", code.folder, "show", "HEAD:fluxgate.yaml"], {
          encoding: "utf8",
        });
        code.put({ "fluxgate.yaml": text.replace("A: '1'", "A: '2'") });
      }),
    );
  });

  it("counts a submodule by its commit, also as a context below it", async () => {
    const library = mkdtempSync(join(tmpdir(), "fluxgate-library-"));
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-C", library, "-c", "user.name=a", "-c", "user.email=a@b", ...args]);
    git("init", "-q");
    git("commit", "-q", "--allow-empty", "-m", "1");
    const head = () => git("rev-parse", "HEAD").toString().trim();
    const point = () => {
      code.git("update-index", "--add", "--cacheinfo", `160000,${head()},vendor/lib`);
      code.git("commit", "-q", "-m", "submodule");
    };
    code = codeRepository("  - { name: r/a, context: vendor/lib/app }");
    point();
    const first = await code.collect();
    git("commit", "-q", "--allow-empty", "-m", "2");
    point();
    const second = await code.collect({ previousFile: first.outputFile });
    rmSync(library, { recursive: true });
    assert.equal(second.toBuild.length, 1);
  });

  for (const [what, target, expected] of [
    ["to nothing", "absent", /context link is a link that leads to nothing in the commit/],
    ["out of the repository", "../outside", /link is a link that leads out of the repository/],
    ["to an absolute path", "/etc", /link is a link that leads out of the repository/],
    ["in a circle", "link", /link is a link that leads in a circle/],
  ] as const) {
    it(`refuses a context that leads ${what}, by name`, async () => {
      code = codeRepository("  - { name: r/a, context: link }");
      code.commit(sources);
      code.link("link", target);
      code.commit();
      await assert.rejects(code.collect(), (error: Error) => {
        assert.match(error.message, new RegExp(expected.source.replace("context ", "")));
        return true;
      });
    });
  }

  for (const [what, image, expected] of [
    ["a context that is a file", "context: svc/Dockerfile", /is a file: name the folder/],
    ["a pattern", 'context: svc, dependsOn: ["lib/*"]', /lib\/\* \(patterns mean nothing here/],
    [
      "a Dockerfile named from its context",
      "context: svc, dockerfile: Other",
      /no Other: write svc\/Other, as paths are from the repository's root/,
    ],
  ] as const) {
    it(`refuses ${what}, and says what to write`, async () => {
      code = codeRepository(`  - { name: r/a, ${image} }`);
      code.commit({ ...sources, "svc/Dockerfile": "FROM scratch\n", "svc/Other": "x" });
      await assert.rejects(code.collect(), expected);
    });
  }

  it("says which links inside the context only count as links, and goes on", async () => {
    code = codeRepository("  - { name: r/a, context: svc }");
    code.commit(sources);
    code.link("svc/time", "/usr/share/zoneinfo/UTC");
    code.link("svc/round", "round");
    code.commit();
    const { log, toBuild } = await code.collect();
    assert.equal(toBuild.length, 1);
    assert.match(log, /svc\/time is a link that leads out of the repository: only the link/);
    assert.match(log, /svc\/round is a link that leads in a circle/);
  });

  it("gives a shallow clone the tags of the whole one", async () => {
    code = codeRepository("  - { name: r/a, context: svc }");
    code.commit(sources);
    code.commit({ "svc/main": "2" });
    const whole = await code.collect();
    const clone = mkdtempSync(join(tmpdir(), "fluxgate-shallow-"));
    execFileSync("git", ["clone", "-q", "--depth=1", `file://${code.folder}`, clone]);
    const shallow = await code.collect({ deliveryFile: join(clone, "fluxgate.yaml") });
    rmSync(clone, { recursive: true });
    assert.deepEqual(shallow.toBuild, whole.toBuild);
  });

  it("builds nothing anew when a change is taken back", async () => {
    code = codeRepository("  - { name: r/a, context: svc }");
    code.commit(sources);
    const a = await code.collect();
    code.commit({ "svc/main": "2" });
    const b = await code.collect({ previousFile: a.outputFile });
    code.commit({ "svc/main": "1" });
    const again = await code.collect({ previousFile: b.outputFile });
    assert.deepEqual(again.toBuild, []);
    assert.equal(again.images[0]?.reason, "an earlier list names it");
  });

  it("builds everything anew when asked to, and stays with that", async () => {
    code = codeRepository("  - { name: r/a, context: svc }");
    code.commit(sources);
    const before = await code.collect();
    const rebuilt = await code.collect({ previousFile: before.outputFile, salt: "2026-11" });
    assert.equal(rebuilt.toBuild.length, 1);
    const after = await code.collect({ previousFile: rebuilt.outputFile });
    assert.deepEqual(after.toBuild, []);
    assert.equal(after.images[0]?.tag, rebuilt.images[0]?.tag);
  });

  it("makes a matrix whose legs say how each image is built", async () => {
    code = codeRepository(
      "  - { name: r.io/shop/1-a, context: svc, build: { target: t, platforms: [linux/amd64, linux/arm64], arguments: { B: 2, A: 1 } } }".replace(
        "B: 2, A: 1",
        'B: "2", A: "1"',
      ) + "\n  - { name: r.io/shop/1.a, context: svc }",
    );
    code.commit(sources);
    const { outputs, images } = await code.collect();
    const matrix = JSON.parse(String(outputs["matrix"])) as Record<string, Record<string, string>>;
    assert.deepEqual(Object.keys(matrix), ["shop_1_a", "shop_1_a_2"]);
    assert.deepEqual(matrix["shop_1_a"], {
      "image.name": "r.io/shop/1-a",
      "image.tag": images[0]?.tag,
      "image.reference": `r.io/shop/1-a:${images[0]?.tag}`,
      "image.context": "svc",
      "image.dockerfile": "svc/Dockerfile",
      "image.target": "t",
      "image.platforms": "linux/amd64,linux/arm64",
      "image.arguments": "A=1\nB=2",
    });
  });
});
