import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBareRepository, fetchTips, pushBranch } from "../../clients/git.ts";
import { createCommit } from "../../clients/git-commit.ts";
import type { Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";

describe("a push whose answer is lost on the way", () => {
  let sandbox: Sandbox;
  let folder: string;
  before(async () => {
    sandbox = await sandboxWith([{ name: "manifests", files: { "a.txt": "a" } }]);
    folder = mkdtempSync(join(tmpdir(), "fluxgate-push-"));
  });
  after(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Passes everything on; of the first pushes it keeps the answer to itself. */
  async function losing(answers: number) {
    let left = answers;
    const server = createServer((incoming, outgoing) => {
      const { method, url = "", headers } = incoming;
      const target = new URL(url, new URL(sandbox.organisationUrl).origin);
      const loses = url.endsWith("/git-receive-pack") && method === "POST" && left > 0;
      if (loses) left -= 1;
      const passed = ask(target, { method, headers }, (answer) => {
        if (loses) {
          answer.resume().on("end", () => outgoing.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(passed);
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    const { port } = server.address() as AddressInfo;
    const path = `${new URL(sandbox.organisationUrl).pathname}/shop/_git/manifests`;
    const repository = await createBareRepository({
      directory: mkdtempSync(join(folder, "bare-")),
      url: `http://127.0.0.1:${port}${path}`,
      authorization: "Bearer sandbox-developer",
      pauses: [1, 1],
    });
    const [parent = ""] = await fetchTips(repository, ["main"]);
    const author = { name: "Dana", email: "dana@fabrikam.com" };
    const of = { parent, message: "x", author, time: 1, writes: [], deletes: [] };
    return { repository, commit: await createCommit(repository, of), close: () => server.close() };
  }

  it("is seen to have arrived, and not made a second time or called somebody else's", async () => {
    const { repository, commit, close } = await losing(1);
    assert.equal(await pushBranch(repository, { commit, branch: "runs/1" }), "pushed");
    assert.deepEqual(await fetchTips(repository, ["runs/1"]), [commit]);
    close();
  });

  it("also when the last attempt's answer is lost too", async () => {
    const { repository, commit, close } = await losing(3);
    assert.equal(await pushBranch(repository, { commit, branch: "runs/2" }), "pushed");
    close();
  });
});
