import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { identityKey } from "../../../core/manifests/identity.ts";
import { appTree } from "../../../core/render/app-tree.ts";
import {
  indexPath,
  ownershipIndexText,
  parseOwnershipIndex,
} from "../../../core/render/ownership-index.ts";
import type { OwnershipIndex } from "../../../core/render/ownership-index.ts";
import { planTree } from "../../../core/render/plan-tree.ts";
import type { TreeFile } from "../../../core/render/tree-plan.ts";
import { randomFrom } from "../../support/random.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const provenance = { tools: {}, images: {}, inputsDigest: "" };
const names = ["a", "b", "A", "system:x", "../x", "x y", "é"];
const kinds = ["ConfigMap", "Secret", "ServiceAccount"];

type Folder = Map<string, string>;

/** A folder that several deliveries, people and time change, in a way that the seed decides. */
function history(seed: number) {
  const random = randomFrom(seed);
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random() * items.length)] as Item;
  const folder: Folder = new Map();
  const files = (): readonly TreeFile[] =>
    [...folder].map(([path, text]) => ({ path, text, sha256: sha256(text) }));

  function render(delivery: string) {
    const objects = Array.from({ length: Math.floor(random() * 6) }, () => ({
      apiVersion: "v1",
      kind: pick(kinds),
      metadata: { name: pick(names), namespace: pick(["shop", "web"]) },
      data: { value: pick(["1", "2"]) },
    }));
    const unique = new Map(
      objects.map((object) => [JSON.stringify([object.kind, object.metadata]), object]),
    );
    const app = { name: delivery, path: pick([delivery, `${delivery}-new`]) };
    const tree = appTree({ ...app, clusterScoped: [], render: [], line: 1 }, [...unique.values()]);
    const rendered = tree.map(({ path, text }) => ({ path, text, sha256: sha256(text) }));
    const owned = tree.map(({ path, text, identity }) => {
      const entry = { app: app.name, sha256: sha256(text) };
      return [path, { ...entry, ...(identity ? { identity } : {}) }] as const;
    });
    const index: OwnershipIndex = {
      apiVersion: "fluxgate.dev/v1",
      kind: "OwnershipIndex",
      delivery,
      environment: "dev",
      files: Object.fromEntries(owned),
      provenance,
    };
    return { rendered, index };
  }

  function write({ rendered, index }: ReturnType<typeof render>, adopt: boolean) {
    const plan = planTree({ existing: files(), rendered, index, allowEmpty: true, adopt });
    if (plan.problems.length > 0) return plan;
    const texts = new Map(rendered.map(({ path, text }) => [path, text]));
    texts.set(indexPath(index.delivery), ownershipIndexText(index));
    for (const path of plan.writes) folder.set(path, texts.get(path) ?? "");
    for (const path of plan.deletes) folder.delete(path);
    return plan;
  }
  return { folder, random, pick, render, write, files };
}

const owners = (folder: Folder) =>
  ["one", "two"].map((delivery) => {
    const text = folder.get(indexPath(delivery));
    return text === undefined ? undefined : parseOwnershipIndex(text, "").index;
  });

describe("whatever happened to an environment's folder before", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    it(`a render keeps what it does not own, and its index matches the files (seed ${seed})`, () => {
      const { folder, random, pick, render, write } = history(seed);
      for (let step = 0; step < 25; step += 1) {
        if (random() < 0.2) folder.set(`one/note-${step}.md`, "by hand");
        if (random() < 0.1) {
          const foreign =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\n";
          folder.set(`legacy/${step}.yaml`, foreign);
        }
        const ownedBefore = owners(folder).flatMap((index) => Object.keys(index?.files ?? {}));
        if (random() < 0.1 && ownedBefore.length > 0) folder.set(pick(ownedBefore), "# changed\n");
        const before = new Map(folder);
        const delivery = pick(["one", "two"]);
        const adopt = random() < 0.2;
        const { problems } = write(render(delivery), adopt);
        if (problems.length > 0) {
          assert.deepEqual(folder, before);
          continue;
        }
        const mine = owners(before)[delivery === "one" ? 0 : 1];
        for (const [path, text] of before) {
          const isMine = path in (mine?.files ?? {}) || path === indexPath(delivery);
          const isTaken = adopt && path.startsWith("legacy/");
          if (!isMine && !isTaken) assert.equal(folder.get(path), text, `${path} was touched`);
        }
        const keys = new Set<string>();
        for (const index of owners(folder)) {
          for (const [path, { sha256: expected, identity }] of Object.entries(index?.files ?? {})) {
            const isOwn = index?.delivery === delivery;
            if (isOwn) assert.equal(sha256(folder.get(path) ?? "gone"), expected, path);
            if (!identity) continue;
            assert.ok(!keys.has(identityKey(identity)), `${identityKey(identity)} is there twice`);
            keys.add(identityKey(identity));
          }
        }
      }
    });
  }

  it("rendering the same again writes nothing, and its bytes are the same", () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { render, write } = history(seed);
      const first = render("one");
      assert.equal(write(first, false).problems.length, 0);
      const again = write(first, false);
      assert.deepEqual(again, { writes: [], deletes: [], problems: [], unchanged: true });
      assert.deepEqual(history(seed).render("one"), first);
    }
  });
});
