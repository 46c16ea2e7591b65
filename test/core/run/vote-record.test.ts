import assert from "node:assert/strict";
import { parseVoteRecords, voteProperty, writeVoteRecord } from "../../../core/run/vote-record.ts";

const commit = "0123456789".repeat(4);
const record = {
  digest: `1-${"a".repeat(32)}`,
  ...{ source: commit, before: commit, after: commit },
  at: "2026-11-23T11:00:00.000Z",
};

describe("what a vote was given for", () => {
  it("is read as it was written, by the identity that voted", () => {
    const properties = { [voteProperty("ARI")]: writeVoteRecord(record), other: "1" };
    assert.deepEqual([...parseVoteRecords(properties)], [["ari", record]]);
  });

  for (const [what, text] of [
    ["no JSON", "{"],
    ["null", "null"],
    ["another form", "[]"],
    ["a digest of another form", writeVoteRecord({ ...record, digest: "<b>" })],
    ["a commit that is none", writeVoteRecord({ ...record, after: "main" })],
    ["a time that is none", writeVoteRecord({ ...record, at: "soon" })],
  ] as const) {
    it(`is not known from ${what}`, () => {
      assert.equal(parseVoteRecords({ [voteProperty("ari")]: text }).size, 0);
    });
  }
});
