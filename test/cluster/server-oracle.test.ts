import assert from "node:assert/strict";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { changed, mistakesIn, type Change } from "../kube/server-case.ts";
import { serverCases } from "../kube/server-cases.ts";
import { useKube } from "../support/kube.ts";
import { useApiServer } from "./api-server.ts";
import { generatedChanges, generatedUpdates } from "./generated-changes.ts";

type Case = {
  readonly says: string;
  readonly object: KubernetesObject;
  readonly before?: KubernetesObject;
};

// Flux makes server-side applies; so do both sides here. No difference is known that admission or what
// lies in a cluster would explain: one that appears is to be mended, or listed here with its reason.
describe("the API server's own code and the real API server", function () {
  this.timeout(900_000);
  const kube = useKube();
  const server = useApiServer();

  it("are asked about every kind that is served: one right object, two mistakes at least", async () => {
    const mistakes = new Map<string, number>();
    for (const one of serverCases) {
      const { apiVersion, kind } = changed(one.valid);
      const key = `${apiVersion}/${kind}`;
      mistakes.set(key, (mistakes.get(key) ?? 0) + mistakesIn(one).length);
    }
    const kinds = await server.builtInKinds();
    assert.ok(kinds.length > 50, String(kinds.length));
    assert.deepEqual(
      kinds.filter((kind) => (mistakes.get(kind) ?? 0) < 2),
      [],
    );
  });

  it("judge new objects of all built-in kinds alike", async () => {
    const cases = serverCases.flatMap((one) =>
      [{}, ...mistakesIn(one), ...generatedChanges(changed(one.valid))].map((change): Case => ({
        says: label(one.valid, change),
        object: changed(one.valid, change),
      })),
    );
    assert.ok(cases.length >= 400, String(cases.length));
    assert.deepEqual(await different(cases), []);
  });

  it("judge updates alike", async () => {
    let count = 0;
    const found: string[] = [];
    for (const { valid, update = [], fine = [] } of serverCases) {
      const before = changed(valid);
      const changes = [{}, ...update, ...fine, ...generatedUpdates(before)];
      const cases = changes.map((change): Case => ({
        ...{ says: `update ${label(valid, change)}`, before },
        object: changed(valid, change),
      }));
      const path = await server.pathOf(before);
      if ((await server.refusal(path, before, { strict: true })) !== undefined) continue;
      count += cases.length;
      found.push(...(await different(cases)));
      // A webhook that stays would refuse what comes next.
      await server.remove(path);
    }
    assert.ok(count >= 150, String(count));
    assert.deepEqual(found, []);
  });

  async function different(cases: readonly Case[]): Promise<readonly string[]> {
    const ours = await kube().validate({ objects: cases });
    if (ours.kind !== "validated") return assert.fail(JSON.stringify(ours));
    const found: string[] = [];
    for (const [index, { says, object }] of cases.entries()) {
      const errors = ours.objects[index]?.errors ?? [];
      const path = await server.pathOf(object);
      const theirs = await server.refusal(path, object, { strict: true, dryRun: true });
      if ((theirs === undefined) === (errors.length === 0)) continue;
      const told = errors.map(({ field, text }) => `${field}: ${text}`).join("; ");
      found.push(`${says}\n  they: ${theirs ?? "fine"}\n  we: ${told || "fine"}`.slice(0, 600));
    }
    return found;
  }
});

function label(text: string, change: Change): string {
  return `${/kind: (\w+)/.exec(text)?.[1] ?? ""} ${JSON.stringify(change).slice(0, 200)}`;
}
