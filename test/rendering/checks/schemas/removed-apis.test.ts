import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { KubernetesObject } from "../../../../core/manifests/identity.ts";
import { checkObjects } from "../../../../core/render/check-objects.ts";
import { knownCluster } from "../../../../rendering/checks/schemas/known-schemas.ts";
import { serverJudge } from "../../../../rendering/checks/server-judge.ts";
import { useKube } from "../../../support/kube.ts";

type Table = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const table = parse(readFileSync(new URL("removed-apis.yaml", import.meta.url), "utf8")) as Table;
const removed = Object.entries(table).flatMap(([minor, versions]) =>
  Object.entries(versions).flatMap(([apiVersion, kinds]) =>
    kinds.map((kind) => ({ minor: Number(minor), apiVersion, kind })),
  ),
);
const of = (apiVersion: string, kind: string): KubernetesObject => ({
  ...{ apiVersion, kind, metadata: { name: "a", namespace: "default" } },
});

describe("APIs that Kubernetes removed", function () {
  this.timeout(120_000);
  const kube = useKube();

  async function problems(object: KubernetesObject, minor: number, withModule = true) {
    const { cluster } = knownCluster(`1.${minor}`, { definitions: {}, kinds: {} });
    const known = withModule ? { ...cluster, server: serverJudge(kube()) } : cluster;
    const app = { name: "a", clusterScoped: [object.kind] };
    const validation = { off: [], schemas: [], postBuild: [], allowSecrets: [] };
    return checkObjects([{ app, object }], known, validation);
  }

  for (const withModule of [true, false]) {
    it(`are errors by name from their version on${withModule ? "" : ", without the module too"}`, async () => {
      const missed: string[] = [];
      for (const { minor, apiVersion, kind } of removed) {
        for (const cluster of new Set([minor, 36, 37])) {
          const found = await problems(of(apiVersion, kind), cluster, withModule);
          const says = `${apiVersion} ${kind} was removed in Kubernetes 1.${minor}`;
          const isSaid = found.some(
            ({ severity, message }) => severity === "error" && message.includes(says),
          );
          if (!isSaid) missed.push(`${apiVersion} ${kind} at 1.${cluster}`);
        }
      }
      assert.deepEqual(missed, []);
      assert.ok(removed.length > 50, String(removed.length));
    });
  }

  it("are not missing one version earlier, whatever the code of 1.36 says of them", async () => {
    const alarmed: string[] = [];
    for (const { minor, apiVersion, kind } of removed) {
      const found = await problems(of(apiVersion, kind), minor - 1);
      const gone = found.filter(({ severity, message }) => {
        return severity === "error" && /was removed|no matches|unavailable/.test(message);
      });
      alarmed.push(...gone.map(({ message }) => `1.${minor - 1}: ${message}`));
    }
    assert.deepEqual(alarmed, []);
  });

  it("and versions that no server can be told to serve are errors, those it can are warnings", async () => {
    const said = async (apiVersion: string, kind: string) => {
      const found = await problems(of(apiVersion, kind), 36);
      return found.some(({ message }) => message.includes("no matches for kind"));
    };
    for (const kind of ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"]) {
      assert.equal(await said("rbac.authorization.k8s.io/v1alpha1", kind), true, kind);
    }
    assert.equal(await said("node.k8s.io/v1alpha1", "RuntimeClass"), true);
    assert.equal(await said("scheduling.k8s.io/v1alpha1", "PriorityClass"), true);
    assert.equal(await said("networking.k8s.io/v1beta1", "IPAddress"), false);
    assert.equal(await said("resource.k8s.io/v1beta1", "DeviceClass"), false);
  });
});
