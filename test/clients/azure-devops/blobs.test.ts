import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { zipSync } from "fflate";
import { readBlobs } from "../../../clients/azure-devops/blobs.ts";
import { listCommits } from "../../../clients/azure-devops/commits.ts";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { listTree } from "../../../clients/azure-devops/items.ts";
import { digestGitBlob } from "../../../clients/git-blob-id.ts";
import { HttpError } from "../../../core/errors.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { clientOf } from "../../support/sandbox.ts";

const repo = { project: "shop", repository: "manifests" };
const textOf = (content: unknown) => Buffer.from(content as Uint8Array).toString();

describe("the contents of many files", () => {
  it("come in one call, whatever their number, byte for byte", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`dev/${n}.yaml`, `a: ${n}\n# é${"x".repeat(n)}\n`]),
    );
    const sandbox = await sandboxWith([{ name: "manifests", files }]);
    try {
      let calls = 0;
      const counted = connectAzureDevOps({
        organisationUrl: sandbox.organisationUrl,
        token: async () => "sandbox-reader",
        fetch: (input, init) => {
          calls += 1;
          return fetch(input, init);
        },
      });
      const { commit } = await headOf(sandbox);
      const tree = await listTree(counted, { repo, commit, path: "dev", recursive: true });
      const found = await readBlobs(counted, { repo, ids: tree.map(({ blob }) => blob) });
      assert.equal(calls, 2);
      for (const { path, blob } of tree) assert.equal(textOf(found.get(blob)), files[path]);
    } finally {
      await sandbox.close();
    }
  });

  async function headOf(sandbox: Awaited<ReturnType<typeof sandboxWith>>) {
    const ado = clientOf(sandbox, "reader");
    const [tip] = await listCommits(ado, { repo, branch: "main", top: 1 });
    return { commit: tip?.commitId ?? "" };
  }

  const texts = ["one", "two", "three", "four"];
  const idOf = (text: string) => digestGitBlob(Buffer.from(text));

  async function withHost(
    answer: (path: string) => { status: number; body: Uint8Array | string } | undefined,
    look: (ado: ReturnType<typeof connectAzureDevOps>) => Promise<void>,
  ) {
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? "", "http://x").pathname;
      const said = answer(path) ?? { status: 404, body: "{}" };
      response.writeHead(said.status);
      response.end(said.body);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const organisationUrl = `http://127.0.0.1:${port}/fabrikam`;
    try {
      await look(
        connectAzureDevOps({ organisationUrl, token: async () => "x", sleep: async () => {} }),
      );
    } finally {
      server.close();
    }
  }

  it("are known by their bytes, whatever the archive names them, and none is made up", async () => {
    const ids = await Promise.all(texts.map(idOf));
    const entries = { "a.txt": Buffer.from("one"), b: Buffer.from("two"), c: Buffer.from("evil") };
    await withHost(
      (path) => {
        if (path.endsWith("/blobs")) return { status: 200, body: zipSync(entries) };
        const at = ids.findIndex((id) => path.endsWith(id));
        return { status: 200, body: texts[at] ?? "" };
      },
      async (ado) => {
        const found = await readBlobs(ado, { repo, ids });
        assert.deepEqual(
          ids.map((id) => textOf(found.get(id))),
          texts,
        );
      },
    );
  });

  for (const [what, status, body] of [
    ["refuses archives", 400, "{}"],
    ["answers something else", 200, "<html>"],
    ["cuts the archive", 200, zipSync({ a: Buffer.from("one".repeat(99)) }).subarray(0, 40)],
  ] as const) {
    it(`are read one by one where a host ${what}`, async () => {
      const ids = await Promise.all(texts.map(idOf));
      await withHost(
        (path) => {
          if (path.endsWith("/blobs")) return { status, body };
          return { status: 200, body: texts[ids.findIndex((id) => path.endsWith(id))] ?? "" };
        },
        async (ado) => {
          const found = await readBlobs(ado, { repo, ids });
          assert.deepEqual(
            ids.map((id) => textOf(found.get(id))),
            texts,
          );
        },
      );
    });
  }

  it("that are too large, or gone, are that one file's answer", async () => {
    const ids = await Promise.all(texts.map(idOf));
    await withHost(
      (path) => {
        if (path.endsWith(ids[0] ?? "")) return { status: 200, body: "x".repeat(4 * 1024 * 1024) };
        if (path.endsWith(ids[1] ?? "")) return { status: 404, body: "{}" };
        const at = ids.findIndex((id) => path.endsWith(id));
        return at < 0 ? undefined : { status: 200, body: texts[at] ?? "" };
      },
      async (ado) => {
        const found = await readBlobs(ado, { repo, ids });
        const [large, gone] = [found.get(ids[0] ?? ""), found.get(ids[1] ?? "")];
        assert.ok(large instanceof HttpError && large.code === "answer-too-large");
        assert.ok(gone instanceof HttpError && gone.status === 404);
        assert.equal(textOf(found.get(ids[3] ?? "")), "four");
      },
    );
  });
});
