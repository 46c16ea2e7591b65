import assert from "node:assert/strict";
import type { FolderFacts, RepositoryFacts } from "../../hub/data/load-environments.ts";
import { comparedFolders, sharedNames } from "../../hub/view/compared-folders.ts";

const folder = (environment: string, path = environment) => ({ environment, path }) as FolderFacts;
const repository = (name: string, folders: readonly FolderFacts[]) =>
  ({ repository: { id: name, name }, folders }) as unknown as RepositoryFacts;
const keysOf = (...all: readonly RepositoryFacts[]) => comparedFolders(all).map(({ key }) => key);

describe("the folders that can be compared", () => {
  it("are called by their environment, in the order of promotion", () => {
    const one = repository("manifests", [folder("prod"), folder("dev"), folder("staging")]);
    assert.deepEqual(keysOf(one), ["dev", "staging", "prod"]);
  });

  it("are told apart where several repositories have an environment of one name", () => {
    const a = repository("shop-manifests", [folder("dev"), folder("prod")]);
    const b = repository("pay-manifests", [folder("prod")]);
    assert.deepEqual(keysOf(a, b), ["dev", "prod of shop-manifests", "prod of pay-manifests"]);
    const found = comparedFolders([a, b]).find(({ key }) => key === "prod of pay-manifests");
    assert.equal(found?.repository, b);
  });

  it("are not meant by a name that several have, as another page's link gives it", () => {
    const a = repository("shop-manifests", [folder("dev"), folder("prod")]);
    const folders = comparedFolders([a, repository("pay-manifests", [folder("prod")])]);
    assert.deepEqual(sharedNames(folders, ["prod", "prod"]), ["prod"]);
    assert.deepEqual(sharedNames(folders, ["dev", "prod of pay-manifests", "test", ""]), []);
  });

  it("are told apart by their path where one repository has it twice", () => {
    const one = repository("manifests", [folder("prod", "a/prod"), folder("prod", "b/prod")]);
    assert.deepEqual(keysOf(one), ["prod of manifests, a/prod", "prod of manifests, b/prod"]);
  });
});
