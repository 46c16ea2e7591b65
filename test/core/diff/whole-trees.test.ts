import assert from "node:assert/strict";
import { canonical } from "../../../core/diff/values.ts";
import {
  identityKey,
  identityOf,
  type KubernetesObject,
} from "../../../core/manifests/identity.ts";
import { parseManifests } from "../../../core/manifests/parse.ts";
import type { Kube } from "../../../kube/kube.ts";
import { useKube } from "../../support/kube.ts";
import { compareBuilt } from "./built-sides.ts";
import { randomTrees, type Tree } from "./random-trees.ts";

// FLUXGATE_TREES=1000 tries more of them.
const amount = Number(process.env["FLUXGATE_TREES"] ?? 40);

describe("a comparison that says that it is complete", function () {
  this.timeout(60_000 + amount * 10_000);
  const kube = useKube();

  it("names all that the builds of every Flux Kustomization have as another, before and after", async () => {
    const trees = randomTrees(Number(process.env["FLUXGATE_SEED"] ?? 11));
    let complete = 0;
    for (let at = 0; at < amount; at += 1) {
      const { before, after, edits } = trees.next();
      const [was, is] = [await appliedOf(kube(), before), await appliedOf(kube(), after)];
      if (was === undefined || is === undefined) continue;
      const { compared } = await compareBuilt(kube(), before, after);
      if (!compared.complete) continue;
      complete += 1;
      const said = new Set(
        compared.objects.flatMap(({ identity, renamedFrom }) => [
          identityKey(identity),
          ...(renamedFrom === undefined
            ? []
            : [identityKey({ ...identity, name: renamedFrom.split("/").at(-1) ?? "" })]),
        ]),
      );
      const missed = [...new Set([...was.keys(), ...is.keys()])].filter(
        (key) => was.get(key) !== is.get(key) && !said.has(key),
      );
      assert.deepEqual(
        missed,
        [],
        `${at}: ${edits.join(", ")}\n${JSON.stringify({ before, after })}`,
      );
    }
    assert.ok(complete > amount / 3, `${complete} of ${amount} were complete`);
  });
});

const bootstrap = {
  ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
  metadata: { name: "flux-system", namespace: "flux-system" },
  spec: { path: "./clusters/prod", prune: true },
};

/** All that is applied, by Flux' own builds; undefined where one is refused, or two bring one object. */
async function appliedOf(
  kube: Kube,
  files: Tree,
): Promise<ReadonlyMap<string, string> | undefined> {
  const sync = files["clusters/prod/flux-system/gotk-sync.yaml"];
  const root = sync === undefined ? bootstrap : parseManifests(sync, "sync").documents[0]?.object;
  const found = new Map<string, string>();
  const build = async (kustomization: object, variables: object) => {
    const built = await kube.build({ files, kustomization, ...variables });
    return built.kind === "built" ? built.objects.map(({ object }) => object) : undefined;
  };
  const keep = (objects: readonly KubernetesObject[]) =>
    objects.every((object) => {
      const key = identityKey(identityOf(object));
      const isNew = !found.has(key);
      found.set(key, canonical(object));
      return isNew;
    });
  const all = (await build(root ?? bootstrap, {}))?.filter(
    ({ metadata }) => metadata.name !== "flux-system",
  );
  if (all === undefined || !keep(all)) return undefined;
  const vars = all.find(({ metadata }) => metadata.name === "vars");
  const variables = vars === undefined ? {} : { variables: { "ConfigMap/vars": vars["data"] } };
  for (const one of all.filter(({ kind }) => kind === "Kustomization")) {
    const objects = await build(one, variables);
    if (objects === undefined || !keep(objects)) return undefined;
  }
  return found;
}
