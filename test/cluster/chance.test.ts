import assert from "node:assert/strict";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { useKube } from "../support/kube.ts";
import { randomFrom } from "../support/random.ts";
import { useApiServer } from "./api-server.ts";
import { builtInBases, fluxBases, fluxDefinitions } from "./chance-bases.ts";
import { fieldsOf, fieldsOfRefusal, reasonOf } from "./chance-differences.ts";
import { chanceEdit } from "./chance-edits.ts";

/** `FLUXGATE_CHANCE=20` for ten times as many, `FLUXGATE_SEED` for others. */
const each = Number(process.env["FLUXGATE_CHANCE"] ?? 2);
const seed = Number(process.env["FLUXGATE_SEED"] ?? 14);

// Objects that nobody thought of, one to three changes at once. Both sides take or refuse the same ones
// and name the same fields, as new objects and as updates of what lies there.
describe("objects made by chance", function () {
  this.timeout(900_000);
  const kube = useKube();
  const server = useApiServer();

  it("of every built-in kind are judged as the real API server does", async () => {
    await judgeAll(builtInBases(), []);
  });

  it("of Flux's kinds are judged by their definitions as the real API server does", async () => {
    await judgeAll(fluxBases, await fluxDefinitions());
  });

  async function judgeAll(
    bases: readonly KubernetesObject[],
    definitions: readonly KubernetesObject[],
  ): Promise<void> {
    const random = randomFrom(seed);
    const found: string[] = [];
    let [count, refused] = [0, 0];
    for (const base of bases) {
      const api = await server.schemasOf(base);
      const made = Array.from({ length: each }, () => chanceEdit(base, { random, api }));
      const path = await server.pathOf(base);
      const compare = async (before?: KubernetesObject) => {
        const objects = made.map(({ object }) => ({ object, ...(before && { before }) }));
        const ours = await kube().validate({ objects, definitions });
        if (ours.kind !== "validated") return assert.fail(JSON.stringify(ours));
        for (const [index, { says, object }] of made.entries()) {
          const errors = ours.objects[index]?.errors ?? [];
          const theirs = await server.refusal(path, object, { strict: true, dryRun: true });
          count += 1;
          if (theirs !== undefined) refused += 1;
          const own = new Set(fieldsOf(errors));
          const isSame =
            (theirs === undefined) === (errors.length === 0) &&
            fieldsOfRefusal(theirs).every((field) => own.has(field));
          if (isSame || reasonOf(theirs, { base, object }) !== undefined) continue;
          const told = errors.map(({ field, text }) => `${field}: ${text}`).join("; ");
          const title = `${before ? "update" : "create"} ${object.kind} (seed ${seed}) ${says}`;
          found.push(`${title}\n  they: ${theirs ?? "fine"}\n  we: ${told || "fine"}`);
        }
      };
      // What is taken away may stay for a while: new ones come first.
      await compare();
      if ((await server.refusal(path, base, { strict: true })) !== undefined) continue;
      await compare(base);
      await server.remove(path);
    }
    // Where nearly all were refused, or none, little would be compared.
    assert.ok(refused > count / 10 && refused < (count * 9) / 10, `${refused} of ${count}`);
    assert.deepEqual(found, []);
  }
});
