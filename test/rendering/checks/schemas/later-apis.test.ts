import assert from "node:assert/strict";
import { checkObjects } from "../../../../core/render/check-objects.ts";
import { knownCluster } from "../../../../rendering/checks/schemas/known-schemas.ts";
import { serverJudge } from "../../../../rendering/checks/server-judge.ts";
import { useKube } from "../../../support/kube.ts";

// From the release notes of the minor that they came with.
const later: Readonly<Record<number, readonly string[]>> = {
  34: [
    "resource.k8s.io/v1 DeviceClass",
    "storage.k8s.io/v1 VolumeAttributesClass",
    // Goes again with 1.40.
    "admissionregistration.k8s.io/v1beta1 MutatingAdmissionPolicy",
  ],
  36: ["admissionregistration.k8s.io/v1 MutatingAdmissionPolicy"],
  37: ["storagemigration.k8s.io/v1 StorageVersionMigration"],
};

describe("APIs that come with a later Kubernetes", function () {
  this.timeout(120_000);
  const kube = useKube();

  async function found(type: string, minor: number, withModule: boolean) {
    const [apiVersion = "", kind = ""] = type.split(" ");
    const { cluster } = knownCluster(`1.${minor}`, { definitions: {}, kinds: {} });
    const known = withModule ? { ...cluster, server: serverJudge(kube()) } : cluster;
    const app = { name: "a", clusterScoped: [kind] };
    const validation = { off: [], schemas: [], postBuild: [], allowSecrets: [] };
    const object = { apiVersion, kind, metadata: { name: "a" } };
    const all = await checkObjects([{ app, object }], known, validation);
    return all.map(({ severity, message }) => `${severity} ${message}`);
  }
  const comes = (type: string, [first, has]: readonly [number, number]) =>
    `${type} comes with Kubernetes 1.${first}, the cluster has 1.${has}`;

  for (const withModule of [true, false]) {
    it(`are errors before${withModule ? "" : ", without the module too"}, also for clusters older than all that is known`, async () => {
      for (const [minor, types] of Object.entries(later)) {
        const first = Number(minor);
        for (const type of types) {
          for (const has of new Set([29, 33, first - 1])) {
            const said = (await found(type, has, withModule)).filter(
              (one) => !/judged by/.test(one),
            );
            assert.equal(said.length, 1, said.join("\n"));
            assert.ok(said[0]?.startsWith("error "), said[0]);
            assert.ok(said[0]?.includes(comes(type, [first, has])), said[0]);
          }
        }
      }
    });
  }

  it("are none from their version on", async () => {
    for (const [first, types] of Object.entries(later)) {
      for (const type of types) {
        for (const has of [Number(first), 37, 40]) {
          const said = await found(type, has, false);
          assert.ok(!said.some((one) => /comes with/.test(one)), said.join("\n"));
        }
      }
    }
  });

  it("are not looked for among definitions of custom resources", async () => {
    const said = await found("flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema", 31, true);
    assert.match(
      said.join("\n"),
      /no schema for \S+ of Kubernetes 1\.31: 1 object was not checked$/m,
    );
  });
});
