import assert from "node:assert/strict";
import { remember } from "../../connector/remember.ts";
import { sizedCache } from "../../connector/sized-cache.ts";

describe("a cache that is bounded by what its values hold", () => {
  it("forgets what was not asked for longest, by entries and not by values", () => {
    const cache = sizedCache<number[]>({ mostEntries: 100, atLeast: 2 });
    const value: number[] = [];
    for (const key of ["a", "b", "c"]) {
      // As a promise: what it holds is known only later.
      cache.set(key, value);
      cache.set(key, value, { entries: 40 });
    }
    assert.deepEqual([cache.get("a"), cache.count()], [undefined, 2]);
  });

  it("keeps the newest few, however large they are", () => {
    const cache = sizedCache<object>({ mostEntries: 100, atLeast: 4 });
    for (let key = 0; key < 9; key += 1) cache.set(String(key), {}, { entries: 1_000_000 });
    assert.equal(cache.count(), 4);
    assert.notEqual(cache.get("8"), undefined);
    assert.notEqual(cache.get("5"), undefined);
  });

  it("asks once for each of what there is, of 150 as of 200, however often it is looked at", async () => {
    for (const count of [150, 200, 2_000]) {
      let asked = 0;
      const known = remember<readonly string[]>({
        ...{ mostEntries: 200_000, entriesOf: ({ length }: { readonly length: number }) => length },
      });
      for (let look = 0; look < 3; look += 1) {
        for (let place = 0; place < count; place += 1) {
          await known(`head:${place}`, async () => {
            asked += 1;
            return Array<string>(30).fill("commit");
          });
        }
      }
      assert.equal(asked, count);
    }
  });
});
