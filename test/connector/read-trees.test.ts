import assert from "node:assert/strict";
import { connectAzureDevOps, type AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { treeReader } from "../../connector/read-trees.ts";

const repo = { project: "shop", repository: "manifests" };

/** An Azure DevOps that holds these files in every commit, and the folders that it was asked for. */
function holding(paths: readonly string[], { mostFiles = Infinity } = {}) {
  const asked: string[] = [];
  const answer: typeof fetch = async (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const folder = (url.searchParams.get("scopePath") ?? "").replace(/^\//, "");
    asked.push(folder);
    const below = paths.filter((path) => folder === "" || path.startsWith(`${folder}/`));
    if (below.length > mostFiles) {
      const large = new Response("", { headers: { "Content-Length": String(2 ** 40) } });
      return Object.defineProperty(large, "url", { value: url.href });
    }
    if (below.length === 0) {
      const typeKey = "GitItemNotFoundException";
      return Response.json({ typeKey, message: "TF401174" }, { status: 404 });
    }
    const value = below.map((path) => ({
      ...{ path: `/${path}`, objectId: "b".repeat(40), gitObjectType: "blob" },
    }));
    return Response.json({ count: value.length, value });
  };
  const ado: AzureDevOps = connectAzureDevOps({
    ...{ organisationUrl: "https://dev.azure.com/fabrikam", kind: "pat", fetch: answer },
    token: async () => "t",
  });
  return { ado, asked };
}

const many = Array.from({ length: 200 }, (_, index) => `dev/${index}`);
const files = many.map((folder) => `${folder}/a.yaml`);

describe("treeReader()", () => {
  it("lists many folders of a commit by a few calls, and the next commit by one", async () => {
    const { ado, asked } = holding(files);
    const read = treeReader(ado, repo);
    const readAll = async (commit: string) => {
      for (const folder of many) {
        const tree = await read(commit, folder);
        assert.deepEqual(
          tree.map(({ path }) => path),
          [`${folder}/a.yaml`],
        );
      }
    };
    await readAll("x");
    assert.deepEqual(asked.splice(0), ["dev/0", "dev/1", "dev/2", "dev"]);
    await readAll("x");
    assert.deepEqual(asked.splice(0), []);
    await readAll("y");
    assert.deepEqual(asked, ["dev"]);
  });

  it("does so for folders that are not there, and for those that are asked at once", async () => {
    const { ado, asked } = holding(["dev/a.yaml"]);
    const read = treeReader(ado, repo);
    const trees = await Promise.all(many.map((folder) => read("x", folder)));
    assert.deepEqual(trees.flat(), []);
    assert.equal(asked.length, 4);
  });

  it("takes no more than is needed where few are asked for", async () => {
    const { ado, asked } = holding(["a/x/1", "b/y/2", "c/z/3"]);
    const read = treeReader(ado, repo);
    for (const commit of ["x", "y"]) {
      for (const folder of ["a/x", "b/y", "c/z"]) await read(commit, folder);
    }
    assert.deepEqual(asked, ["a/x", "b/y", "c/z", "a/x", "b/y", "c/z"]);
  });

  it("asks for each folder by itself where the folder around them is too large", async () => {
    const few = files.slice(0, 6);
    const { ado, asked } = holding(few, { mostFiles: 1 });
    const read = treeReader(ado, repo);
    for (const folder of many.slice(0, 6)) assert.equal((await read("x", folder)).length, 1);
    assert.equal(asked.filter((folder) => folder === "dev").length, 1);
    for (const folder of many.slice(0, 6)) assert.equal((await read("y", folder)).length, 1);
    assert.equal(asked.filter((folder) => folder === "dev").length, 1);
    assert.equal(asked.length, 13);
  });
});
