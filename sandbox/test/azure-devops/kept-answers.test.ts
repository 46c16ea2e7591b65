import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerOnce } from "../../azure-devops/git/kept-answers.ts";

describe("what git's backend answers about refs", () => {
  let directory: string;
  let asked: string[];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "fluxgate-refs-"));
    mkdirSync(join(directory, "refs/heads"), { recursive: true });
    writeFileSync(join(directory, "HEAD"), "ref: refs/heads/main\n");
    move("main", "1");
    asked = [];
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function move(branch: string, digit: string): void {
    writeFileSync(join(directory, "refs/heads", branch), `${digit.repeat(40)}\n`);
  }
  function ask(question: { path?: string; query?: string; body?: string }, whileAsked = () => {}) {
    const { path = "/git-upload-pack", query = "", body = "0014command=ls-refs\n0000" } = question;
    const all = { directory, path, query, protocol: "version=2", body: Buffer.from(body) };
    return answerOnce(all, async () => {
      asked.push(body);
      whileAsked();
      return { status: 200, headers: {}, body: Buffer.from(String(asked.length)) };
    });
  }

  it("is asked once while nothing moves, and anew when a branch or HEAD does", async () => {
    await ask({});
    assert.equal((await ask({})).body.toString(), "1");
    move("main", "2");
    assert.equal((await ask({})).body.toString(), "2");
    move("other", "2");
    assert.equal((await ask({})).body.toString(), "3");
    writeFileSync(join(directory, "HEAD"), "ref: refs/heads/other\n");
    assert.equal((await ask({})).body.toString(), "4");
    writeFileSync(join(directory, "packed-refs"), `${"3".repeat(40)} refs/tags/v1\n`);
    assert.equal((await ask({})).body.toString(), "5");
    assert.equal((await ask({})).body.toString(), "5");
  });

  it("is not kept where a branch moved while git answered", async () => {
    await ask({}, () => move("main", "2"));
    move("main", "1");
    await ask({});
    assert.equal(asked.length, 2);
  });

  it("is asked each time where the refs cannot be read", async () => {
    rmSync(join(directory, "refs"), { recursive: true });
    await ask({});
    await ask({});
    assert.equal(asked.length, 2);
  });

  it("is another for another question, and a fetch or a push is asked each time", async () => {
    await ask({});
    await ask({ body: "0014command=ls-refs\n0001peel0000" });
    await ask({ path: "/info/refs", query: "service=git-upload-pack", body: "" });
    for (let time = 1; time <= 2; time += 1) {
      await ask({ body: "0011command=fetch0000" });
      await ask({ path: "/info/refs", query: "service=git-receive-pack", body: "" });
      await ask({ path: "/git-receive-pack" });
    }
    assert.equal(asked.length, 9);
  });
});
