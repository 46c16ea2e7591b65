import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";

const claim = (size: string, storageClass = "fast") =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: shop }\nspec: { accessModes: [ReadWriteOnce], storageClassName: ${storageClass}, resources: { requests: { storage: ${size} } } }\n`;
const storageClass = (more: string) =>
  `---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nprovisioner: a.b\n${more}`;

describe("a claim that grows", () => {
  const risks = (before: string, after: string) =>
    compareManifests([{ path: "a.yaml", text: before }], [{ path: "a.yaml", text: after }])
      .risks.filter(({ identity }) => identity.kind === "PersistentVolumeClaim")
      .map(({ severity, text }) => `${severity}: ${text}`);
  const grows = (more: string) => {
    const side = (size: string) => claim(size) + storageClass(more);
    return risks(side("1Gi"), side("2Gi"));
  };

  for (const more of ["", "allowVolumeExpansion: false\n"]) {
    it(`is refused where its class says ${more.trim() || "nothing of it"}`, () => {
      assert.deepEqual(grows(more), [
        "high: asks for 2Gi instead of 1Gi: volumes of StorageClass fast cannot grow (allowVolumeExpansion), the cluster will refuse it, and Flux fails",
      ]);
    });
  }

  it("is taken where its class lets it, and where nobody here knows the class", () => {
    assert.deepEqual(grows("allowVolumeExpansion: true\n"), []);
    assert.deepEqual(risks(claim("1Gi"), claim("2Gi")), []);
  });

  it("of another class asks that one", () => {
    const side = (size: string) => claim(size, "slow") + storageClass("");
    assert.deepEqual(risks(side("1Gi"), side("2Gi")), []);
  });
});
