import assert from "node:assert/strict";
import { ownerFindings, parseOwners } from "../../../core/merge/owners.ts";

const author = { name: "Dee", pipeline: "other-cd", person: "dee@fabrikam.com", teams: [] };
const refused = (path: string, file: string) => {
  const text = JSON.stringify({ kind: "Owners", owners: [{ path, pipelines: ["shop-cd"] }] });
  return ownerFindings(parseOwners(text).owners, { changed: [file], author }).length > 0;
};

describe("a folder of owners.json", () => {
  for (const path of ["dev", "dev/", "./dev", "/dev", "/dev/", "dev/**", "/", ".", "", "**"]) {
    it(`holds what lies in it, written as "${path}"`, () => {
      assert.equal(refused(path, "dev/api/deployment.yaml"), true);
    });
  }

  it("holds nothing else", () => {
    assert.equal(refused("/dev", "development/api/deployment.yaml"), false);
  });
});
