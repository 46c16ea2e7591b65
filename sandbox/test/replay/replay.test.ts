// Every recorded request, sent again: the sandbox must answer as the service did, in status,
// header names, JSON keys and types. FLUXGATE_RECORDED=<file> replays other pairs.
import assert from "node:assert/strict";
import { isReplayed, reasonFor } from "./deviations.ts";
import { areaOf, cassettesOf, readRecording } from "./recording.ts";
import { replayCassette, type Replayed } from "./replay-cassette.ts";

describe("the recorded answers", () => {
  const recording = readRecording();
  const replayed: Replayed[] = [];

  before(async function () {
    if (!recording) {
      process.stdout.write("    skipped: there is no ../shared/azure-devops/recorded.json here\n");
      this.skip();
    }
    this.timeout(300_000);
    for (const pairs of cassettesOf(recording).values()) {
      replayed.push(...(await replayCassette(pairs)));
    }
  });

  it("differ from the sandbox's only where a reason is given", () => {
    const unknown = replayed
      .filter(({ pair }) => isReplayed(pair))
      .flatMap(({ pair, differences }) =>
        differences
          .filter((difference) => reasonFor(pair, difference) === undefined)
          .map((difference) => `${pair.request.method} ${pair.request.uri}: ${difference}`),
      );
    assert.deepEqual(unknown, []);
  });

  it("are met in at least 97 of 100 pairs of the areas that the sandbox has", () => {
    const pairs = replayed.filter(({ pair }) => isReplayed(pair));
    const met = pairs.filter(({ differences }) => differences.length === 0);
    process.stdout.write(`    ${met.length} of ${pairs.length} pairs: ${byArea(pairs)}\n`);
    assert.ok(met.length / pairs.length >= 0.97);
  });

  it("of other areas are refused by name", () => {
    const others = replayed.filter(({ pair }) => !isReplayed(pair) && pair.response.status !== 401);
    const silent = others.filter(
      ({ differences }) => !differences.some((one) => one.startsWith("status 501")),
    );
    assert.deepEqual(
      silent.map(({ pair }) => pair.request.uri),
      [],
    );
  });
});

function byArea(replayed: readonly Replayed[]): string {
  const areas = new Map<string, { met: number; all: number }>();
  for (const { pair, differences } of replayed) {
    const count = areas.get(areaOf(pair)) ?? { met: 0, all: 0 };
    count.all += 1;
    if (differences.length === 0) count.met += 1;
    areas.set(areaOf(pair), count);
  }
  return [...areas].map(([area, { met, all }]) => `${area} ${met}/${all}`).join(", ");
}
