import assert from "node:assert/strict";
import { pushArtifact } from "../support/push-artifact.ts";
import { startRegistry, type Registry } from "../../registry/registry.ts";
import {
  appliedAt,
  condition,
  configMap,
  configMapAt,
  fluxNamespace,
  kustomization,
  kustomizationAt,
  readyReason,
  shownConditions,
} from "./flux-objects.ts";
import type { At, World } from "./flux-world.ts";

export function ociCases(world: () => World): void {
  let registry: Registry;
  before(async () => {
    registry = await startRegistry();
  });
  after(() => registry.close());

  const at = (name: string): At => ({
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "OCIRepository" },
    ...{ namespace: fluxNamespace, name },
  });
  const url = (name: string) => `${registry.url.replace("http://", "oci://")}/${name}`;
  const ociRepository = (name: string) => ({
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "OCIRepository" },
    metadata: { name, namespace: fluxNamespace },
    spec: { interval: "1s", url: url(name), insecure: true, ref: { tag: "main" } },
  });
  const commit = "6a6b8f5e0a514f0c9a537d3f0c7c1a046a6b8f5e";
  const annotations = {
    "org.opencontainers.image.source": "https://dev.azure.com/fabrikam/shop/_git/manifests",
    "org.opencontainers.image.revision": `main@sha1:${commit}`,
  };

  it("stores what a tag names, with the commit that it was made from", async () => {
    const files = { "deploy/map.yaml": configMap("default", "oci-tag") };
    const digest = pushArtifact(registry, "oci-tag:main", { files, annotations });
    await world().apply(
      ociRepository("oci-tag"),
      kustomization("oci-tag", { sourceRef: { kind: "OCIRepository", name: "oci-tag" } }),
    );
    const revision = `main@${digest}`;
    const source = await world().until(at("oci-tag"), readyReason("Succeeded"));
    assert.equal(source.status.artifact?.revision, revision);
    assert.deepEqual(source.status.artifact.metadata, annotations);
    assert.equal(condition(source, "Ready").message, `stored artifact for digest '${revision}'`);
    assert.deepEqual(shownConditions(source), [
      "Ready=True Succeeded",
      "ArtifactInStorage=True Succeeded",
    ]);
    const seen = await world().until(kustomizationAt("oci-tag"), appliedAt(revision));
    assert.equal(seen.status.lastAppliedOriginRevision, `main@sha1:${commit}`);
  });

  it("follows the tag to another artifact", async () => {
    const first = { "deploy/map.yaml": configMap("default", "oci-next", { a: "1" }) };
    pushArtifact(registry, "oci-next:main", { files: first });
    await world().apply(
      ociRepository("oci-next"),
      kustomization("oci-next", { sourceRef: { kind: "OCIRepository", name: "oci-next" } }),
    );
    await world().until(kustomizationAt("oci-next"), readyReason("ReconciliationSucceeded"));
    const next = { "deploy/map.yaml": configMap("default", "oci-next", { a: "2" }) };
    const digest = pushArtifact(registry, "oci-next:main", { files: next });
    await world().until(kustomizationAt("oci-next"), appliedAt(`main@${digest}`));
    const map = await world().get(configMapAt("default", "oci-next"));
    assert.deepEqual(map?.data, { a: "2" });
  });

  it("says that the tag is not there", async () => {
    await world().apply(ociRepository("oci-absent"));
    const seen = await world().until(at("oci-absent"), readyReason("OCIArtifactPullFailed"));
    assert.match(condition(seen, "Ready").message, /oci-absent\/manifests\/main: MANIFEST_UNKNOWN/);
    assert.equal(condition(seen, "FetchFailed").status, "True");
  });
}
