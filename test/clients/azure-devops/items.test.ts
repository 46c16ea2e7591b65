import assert from "node:assert/strict";
import { type AzureDevOps, connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { listTree, listWholeTree, readFile } from "../../../clients/azure-devops/items.ts";
import { listRefs } from "../../../clients/azure-devops/refs.ts";
import type { HttpError } from "../../../core/errors.ts";
import type { Sandbox } from "../../../sandbox/azure-devops/create-sandbox.ts";
import { sandboxWith } from "../../../sandbox/test/support/sandbox-with.ts";
import { answering, json } from "../answering-server.ts";
import { clientOf } from "../../support/sandbox.ts";

const repo = { project: "shop", repository: "manifests" };

describe("files of a commit", () => {
  let sandbox: Sandbox;
  let ado: AzureDevOps;
  let commit: string;
  before(async () => {
    const files = {
      "dev/api/a b.yaml": "ü: 1\n",
      "dev/.fluxgate/shop.json": '{"a":1}\n',
      "README.md": "hello\n",
    };
    sandbox = await sandboxWith([{ name: "manifests", files }]);
    ado = clientOf(sandbox, "reader");
    commit = (await listRefs(ado, { repo, filter: "heads/main" }))[0]?.objectId ?? "";
  });
  after(() => sandbox.close());

  it("are listed below a folder, paths without a leading slash, folders left out", async () => {
    const list = async (path: string, recursive: boolean) =>
      (await listTree(ado, { repo, commit, path, recursive })).map((file) => file.path).sort();
    assert.deepEqual(await list("dev", true), ["dev/.fluxgate/shop.json", "dev/api/a b.yaml"]);
    assert.deepEqual(await list("", false), ["README.md"]);
    assert.deepEqual(await list("", true), [
      "README.md",
      "dev/.fluxgate/shop.json",
      "dev/api/a b.yaml",
    ]);
  });

  it("are none where the commit has no such folder", async () => {
    assert.deepEqual(await listTree(ado, { repo, commit, path: "absent", recursive: true }), []);
  });

  it("are read as UTF-8 text, JSON files too", async () => {
    const read = (path: string) => readFile(ado, { repo, commit, path });
    assert.equal(await read("dev/api/a b.yaml"), "ü: 1\n");
    assert.equal(await read("dev/.fluxgate/shop.json"), '{"a":1}\n');
    assert.equal(await read("absent"), undefined);
  });

  it("of a commit that is unknown are an error, not an absence", async () => {
    const unknown = { repo, commit: "0".repeat(39) + "1", path: "README.md" };
    await assert.rejects(readFile(ado, unknown), (error: HttpError) => error.status === 404);
    await assert.rejects(listTree(ado, { ...unknown, recursive: true }));
  });

  it("are told from links and submodules, and from folders, where all of it is asked for", async () => {
    const item = (path: string, gitObjectType: string, more = {}) => ({
      ...{ path, gitObjectType, objectId: "1".repeat(40) },
      ...more,
    });
    const value = [
      item("/p", "tree", { isFolder: true }),
      item("/p/a.yaml", "blob"),
      item("/p/b.yaml", "blob", { isSymLink: true }),
      item("/vendor", "commit"),
    ];
    const server = await answering(json(200, { count: value.length, value }));
    const token = async () => "t";
    const entries = await listWholeTree(
      connectAzureDevOps({ organisationUrl: server.url, token }),
      {
        ...{ repo, commit },
      },
    ).finally(() => server.close());
    assert.deepEqual(
      entries.map(({ path, kind }) => [path, kind]),
      [
        ["p/a.yaml", undefined],
        ["p/b.yaml", "link"],
        ["vendor", "submodule"],
      ],
    );
  });
});
