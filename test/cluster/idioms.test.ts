import assert from "node:assert/strict";
import { connectKubernetes, type Kubernetes } from "../../clients/kubernetes/connect.ts";
import { type FindPath, pathFinder } from "../../clients/kubernetes/find-resource.ts";
import { HttpError } from "../../core/errors.ts";
import { identityOf, type KubernetesObject } from "../../core/manifests/identity.ts";
import { idioms } from "../kube/idioms/read.ts";
import { sharedCluster } from "../support/shared-cluster.ts";

describe("what teams write", function () {
  this.timeout(120_000);
  let api: Kubernetes;
  let findPath: FindPath;
  before(async function () {
    const cluster = await sharedCluster();
    if (cluster === undefined) return this.skip();
    api = connectKubernetes({ kubeconfig: cluster.kubeconfig });
    findPath = pathFinder(api);
  });

  for (const file of ["taken", "refused"] as const) {
    it(`is ${file} by the real API server as test/kube/idioms says`, async () => {
      const wrong: string[] = [];
      for (const object of idioms(file)) {
        const said = await refusal(object);
        if ((said === undefined) !== (file === "taken")) {
          wrong.push(`${object.kind} ${object.metadata.name}: ${said ?? "taken"}`);
        }
      }
      assert.deepEqual(wrong, []);
    });
  }

  async function refusal(body: KubernetesObject): Promise<string | undefined> {
    const metadata = { namespace: "default", ...body.metadata };
    const found = await findPath(identityOf({ ...body, metadata }));
    const path = found?.path ?? assert.fail(`${body.apiVersion} ${body.kind} is served`);
    const contentType = "application/apply-patch+yaml";
    const query = "dryRun=All&fieldManager=test&fieldValidation=Strict&force=true";
    try {
      await api.call(`${path}?${query}`, { method: "PATCH", body, contentType });
      return undefined;
    } catch (error) {
      if (error instanceof HttpError && error.status >= 400) return error.message;
      throw error;
    }
  }
});
