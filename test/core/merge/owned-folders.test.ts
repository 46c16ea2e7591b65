import assert from "node:assert/strict";
import { ownerFindings, parseOwners } from "../../../core/merge/owners.ts";

const author = {
  name: "Dee",
  pipeline: "other-cd",
  person: "dee@fabrikam.com",
  teams: [],
  groups: [],
};
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

  it("is open to those who are in one of its groups", () => {
    const group = "[shop]\\Release managers";
    const text = JSON.stringify({ kind: "Owners", owners: [{ path: "prod", groups: [group] }] });
    const of = (groups: readonly string[]) =>
      ownerFindings(parseOwners(text).owners, {
        changed: ["prod/a.yaml"],
        author: { name: "Dee", person: "dee@fabrikam.com", teams: [], groups },
      });
    assert.deepEqual(of(["[SHOP]\\release managers"]), []);
    assert.match(of([])[0]?.message ?? "", /prod is \[shop\]\\Release managers's/);
  });

  it("holds nothing else", () => {
    assert.equal(refused("/dev", "development/api/deployment.yaml"), false);
  });
});
