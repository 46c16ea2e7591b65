import assert from "node:assert/strict";
import { stillAtWork } from "../../cli/still-at-work.ts";
import { absentKube } from "../../kube/kube.ts";

describe("long work of a command", () => {
  it("says what it has done so far until it ends", async () => {
    const said: string[] = [];
    let heard: (() => void) | undefined;
    const err = (line: string) => {
      said.push(line);
      heard?.();
    };
    const done = await stillAtWork(
      async (kube) => {
        await kube.build({ files: {}, path: "." });
        await new Promise<void>((resolve) => (heard = resolve));
        return "done";
      },
      { kube: absentKube("none"), err, everyMs: 1 },
    );
    assert.equal(done, "done");
    assert.equal(said.length, 1);
    assert.match(
      said.join(),
      /^still at work after \d+ s: 1 build by Flux' own code, 0 answers of the API server's$/,
    );
  });

  it("says nothing where it is short", async () => {
    const err = (line: string) => assert.fail(line);
    assert.equal(await stillAtWork(() => Promise.resolve(1), { kube: absentKube(""), err }), 1);
  });
});
