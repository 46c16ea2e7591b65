import assert from "node:assert/strict";
import { taskLogUrl } from "../../../core/azure-devops/urls.ts";
import { judgeAuthor, type AuthorFacts } from "../../../core/gate/letter-author.ts";
import { parseLetter } from "../../../core/run/letter.ts";

const host = "11111111-1111-4111-8111-111111111111";
const project = "22222222-2222-4222-8222-222222222222";
const collection = "33333333-3333-4333-8333-333333333333";

function service(text: string) {
  const descriptor = `svc.${Buffer.from(text).toString("base64url")}`;
  return { id: "i", displayName: "Build Service", descriptor };
}

function judge(
  author: ReturnType<typeof service> | undefined,
  of: string,
  facts?: Partial<AuthorFacts>,
) {
  const letter = parseLetter({
    context: { genre: "fluxgate", name: "wait/shop/dev" },
    targetUrl: taskLogUrl({
      ...{ organisationUrl: "https://dev.azure.com/fabrikam", project: of, build: 1 },
      ...{ job: collection, task: collection },
    }),
  });
  assert.ok(letter);
  const verdict = judgeAuthor(author, letter, { host, ...facts });
  return verdict.known ? verdict.project : "unknown";
}

describe("the author of a letter, judged without a call", () => {
  it("is the build service of the project that it names", () => {
    assert.equal(judge(service(`${host}:Build:${project}`), project), project);
    assert.equal(judge(service(`${host}:Build:${project}`), project.toUpperCase()), project);
  });

  it("is not that of another project, organisation or role", () => {
    assert.equal(judge(service(`${host}:Build:${collection}`), project), "unknown");
    assert.equal(judge(service(`${collection}:Build:${project}`), project), "unknown");
    assert.equal(judge(service(`${host}:GitHub App:${project}`), project), "unknown");
    assert.equal(judge(service(`${host}:Build:${project}:x`), project), "unknown");
    assert.equal(judge({ ...service(""), descriptor: "aad.x" }, project), "unknown");
    assert.equal(judge(undefined, project), "unknown");
  });

  it("says the project where the letter only has some name: that name is never looked up", () => {
    assert.equal(judge(service(`${host}:Build:${project}`), "x<y"), project);
  });

  it("is the collection's build service only where it is configured", () => {
    const author = service(`${host}:Build:${collection}`);
    assert.equal(judge(author, project, { collectionBuildIdentity: collection }), project);
    assert.equal(judge(author, project), "unknown");
  });

  it("is a listed identity, for the project and environments of its entry", () => {
    const person = { ...service(""), id: collection, descriptor: "aad.x" };
    const entry = { id: collection, project: "shop" };
    // An id is looked up itself; what only has some name is looked for in the entry's project.
    assert.equal(judge(person, project, { letterAuthors: [entry] }), project);
    assert.equal(judge(person, "x<y", { letterAuthors: [entry] }), "shop");
    const elsewhere = { ...entry, project: host };
    assert.equal(judge(person, project, { letterAuthors: [elsewhere] }), "unknown");
    assert.equal(judge(person, project, { letterAuthors: [elsewhere, entry] }), project);
    const other = { ...entry, environments: ["prod"] };
    assert.equal(judge(person, project, { letterAuthors: [other] }), "unknown");
  });
});
