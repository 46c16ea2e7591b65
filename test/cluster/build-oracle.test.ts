import assert from "node:assert/strict";
import { stringify } from "yaml";
import { connectKubernetes, type Kubernetes } from "../../clients/kubernetes/connect.ts";
import { sandboxWith } from "../../sandbox/test/support/sandbox-with.ts";
import { eventually } from "../support/eventually.ts";
import { useKube } from "../support/kube.ts";
import { sharedCluster } from "../support/shared-cluster.ts";
import { differences } from "./layouts/differences.ts";
import { folders } from "./layouts/folders.ts";
import { ofFlux } from "./layouts/flux.ts";
import { generatedLayouts } from "./layouts/generated.ts";
import { generators } from "./layouts/generators.ts";
import type { Layout } from "./layouts/layout.ts";
import { clusterObjects, repositoriesOf } from "./layouts/placed.ts";
import { sources } from "./layouts/sources.ts";
import { transformers } from "./layouts/transformers.ts";
import { words } from "./layouts/words.ts";

const seed = 14;
const all: readonly Layout[] = [
  ...folders,
  ...transformers,
  ...generators,
  ...words,
  ...ofFlux,
  ...sources,
  ...generatedLayouts(20, seed),
];

// One repository and all its Kustomizations at once. What differs is mended in kube/go/build, or said
// in known-differences.ts with its reason.
describe("Flux's own build and the real kustomize-controller", function () {
  this.timeout(600_000);
  const kube = useKube();
  let api: Kubernetes;
  let close = () => Promise.resolve();
  before(async function () {
    const cluster = await sharedCluster();
    if (cluster === undefined) return this.skip();
    api = connectKubernetes({ kubeconfig: cluster.kubeconfig });
    const sandbox = await sandboxWith(repositoriesOf(all));
    const urlOf = (name: string) => `${sandbox.organisationUrl}/shop/_git/${name}`;
    const { sources, surroundings, kustomizations } = clusterObjects(all, urlOf);
    const apply = (objects: readonly object[]) =>
      cluster.apply(
        objects.map((one) => stringify(one, { aliasDuplicateObjects: false })).join("---\n"),
      );
    close = async () => {
      // Their pods and objects would stand in nobody's way, but be looked at for ever.
      for (const { metadata } of kustomizations) await remove(metadata);
      await sandbox.close();
    };
    await apply([...surroundings, ...sources]);
    for (const { metadata } of sources.filter(({ kind }) => kind === "GitRepository")) {
      await eventually(`source ${metadata.name}`, () => isReady(metadata.name), {
        withinMs: 120_000,
        everyMs: 200,
      });
    }
    await apply(kustomizations);
  });
  after(() => close());

  it("make the same of each layout, or refuse it with the same words", async () => {
    assert.ok(all.length >= 90, String(all.length));
    const found = await differences(all, { api, kube: kube() });
    assert.equal(found.join("\n\n"), "", `seed ${seed}`);
  });

  async function isReady(name: string): Promise<true | undefined> {
    const path = `/apis/source.toolkit.fluxcd.io/v1/namespaces/flux-system/gitrepositories/${name}`;
    const { status } = (await api.call(path)) as {
      readonly status?: { readonly artifact?: object };
    };
    return status?.artifact ? true : undefined;
  }

  async function remove(metadata: { readonly name: string; readonly namespace: string }) {
    const { name, namespace } = metadata;
    const path = `/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/${namespace}/kustomizations/${name}`;
    const body = { spec: { suspend: true } };
    await api.call(path, { method: "PATCH", body, contentType: "application/merge-patch+json" });
  }
});
