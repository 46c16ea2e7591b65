import assert from "node:assert/strict";
import {
  call,
  connectAzureDevOps,
  listAll,
  takeOrAbsent,
} from "../../../clients/azure-devops/connection.ts";
import { setDocument } from "../../../clients/azure-devops/extension-data.ts";
import { HttpError } from "../../../core/errors.ts";

/** A connection whose calls end in memory: `answer` sees each address. */
function connected(organisationUrl: string, answer: (url: string) => unknown = () => ({})) {
  const sent: { url: string; authorization: string | null }[] = [];
  const ado = connectAzureDevOps({
    organisationUrl,
    token: async () => "secret",
    kind: "pat",
    fetch: async (input, init) => {
      const url = input as string;
      sent.push({ url, authorization: new Headers(init?.headers).get("authorization") });
      return new Response(JSON.stringify(answer(url)));
    },
  });
  return { ado, sent };
}

describe("a connection to an organisation", () => {
  it("writes addresses with every part encoded, so that no name can leave its place", async () => {
    const { ado, sent } = connected("https://dev.azure.com/fabrikam/");
    const path = ["git", "repositories", "a/../b c", "refs"];
    await call(ado, { project: "My Shop", path, query: { filter: "heads/x y", no: undefined } });
    assert.equal(
      sent[0]?.url,
      "https://dev.azure.com/fabrikam/My%20Shop/_apis/git/repositories/a%2F..%2Fb%20c/refs?filter=heads%2Fx+y&api-version=7.1",
    );
    assert.equal(sent[0].authorization, `Basic ${btoa(":secret")}`);
  });

  for (const [organisation, host] of [
    ["https://dev.azure.com/fabrikam", "https://extmgmt.dev.azure.com/fabrikam/"],
    ["https://fabrikam.visualstudio.com", "https://extmgmt.dev.azure.com/fabrikam/"],
    ["https://tfs.fabrikam.com/tfs/Main", "https://tfs.fabrikam.com/tfs/Main/"],
  ] as const) {
    it(`finds extension data of ${organisation} where it lies`, async () => {
      const { ado, sent } = connected(organisation);
      const collection = { publisher: "p", extension: "e", collection: "c" };
      await setDocument(ado, { ...collection, document: { id: "x" } });
      assert.ok(sent[0]?.url.startsWith(`${host}_apis/ExtensionManagement/`), sent[0]?.url);
    });
  }

  for (const repository of ["..", ".", ""]) {
    it(`refuses the name "${repository}"`, async () => {
      const { ado, sent } = connected("https://dev.azure.com/fabrikam");
      const path = ["git", "repositories", repository, "refs"];
      await assert.rejects(async () => call(ado, { path }), /is not a name in Azure DevOps/);
      assert.deepEqual(sent, []);
    });
  }

  it("asks for page after page", async () => {
    const pages = [[1, 2], [3, 4], [5]];
    const { ado, sent } = connected("https://dev.azure.com/fabrikam", () => ({
      value: pages.shift(),
    }));
    const names = { top: "$top", skip: "$skip", size: 2 };
    assert.deepEqual(await listAll(ado, { path: ["x"] }, names), [1, 2, 3, 4, 5]);
    const skips = sent.map(({ url }) => new URL(url).searchParams.get("$skip"));
    assert.deepEqual(skips, ["0", "2", "4"]);
  });

  it("takes only the named kinds of 404 for an absence", async () => {
    const gone = new HttpError("x", { code: "GitItemNotFoundException", status: 404 });
    assert.equal(await takeOrAbsent(Promise.reject(gone), ["GitItemNotFoundException"]), undefined);
    assert.equal(await takeOrAbsent(Promise.reject(gone)), undefined);
    await assert.rejects(takeOrAbsent(Promise.reject(gone), ["Other"]));
    const refused = new HttpError("x", { code: "x", status: 403 });
    await assert.rejects(takeOrAbsent(Promise.reject(refused)));
  });
});
