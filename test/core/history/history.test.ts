import assert from "node:assert/strict";
import { historyCsv, historyJson, type HistoryEntry } from "../../../core/history/history.ts";

const entry: HistoryEntry = {
  ...{ commit: "a".repeat(40), when: "2026-11-29T10:00:00Z", title: "Deploy", deliveries: [] },
  ...{ code: null, run: null, who: null, broughtBy: null, pullRequest: null },
  ...{ approvedBy: [], completedBy: null },
  ...{ result: null, resultAt: null, resultBy: null, notRead: [] },
};
const cells = (change: Partial<HistoryEntry>) =>
  historyCsv([{ ...entry, ...change }]).split("\r\n")[1] ?? "";

describe("the history of an environment as text", () => {
  it("has a line of names, and one an entry", () => {
    const lines = historyCsv([entry, { ...entry, approvedBy: ["Ari", "Ada"] }]).split("\r\n");
    assert.equal(lines.length, 3);
    assert.match(lines[0] ?? "", /^commit,when,title,.*approvedBy/);
    assert.match(lines[2] ?? "", /"Ari; Ada"/);
  });

  it("has no cell that a spreadsheet calculates", () => {
    const hostile = ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r\n=1", " =1", "\uFF1D1"];
    for (const title of hostile) {
      const cell = /^a{40},[^,]+,("(?:[^"]|"")*"|[^,]*),/.exec(cells({ title }))?.[1] ?? "";
      assert.match(cell, /^"?'/, JSON.stringify(title));
    }
    assert.match(cells({ who: '=cmd|"/c calc"!A1' }), /,"'=cmd\|""\/c calc""!A1",/);
  });

  it("keeps a cell in its line and its place, whatever stands in it", () => {
    const line = cells({ title: 'a "quoted", b\r\nc', who: "Müller; Söhne" });
    assert.match(line, /,"a ""quoted"", b c",/);
    assert.match(line, /,"Müller; Söhne",/);
  });

  it("is the entries themselves as JSON", () => {
    assert.deepEqual(JSON.parse(historyJson([entry])), [entry]);
  });
});
