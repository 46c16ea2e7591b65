import assert from "node:assert/strict";
import { checkObjects } from "../../../core/render/check-objects.ts";
import { knownCluster } from "../../../rendering/checks/schemas/known-schemas.ts";

// A real API server refuses them: test/cluster/of-one-moment.test.ts.
describe("an object that was written out of a cluster", () => {
  it("is warned of, since Flux cannot go on applying it", async () => {
    const { cluster } = knownCluster("1.36", { definitions: {}, kinds: {} });
    const metadata = { name: "a", namespace: "b", uid: "5b2c", resourceVersion: "12" };
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata };
    const app = { name: "a", namespace: "b", clusterScoped: [] };
    const validation = { off: [], schemas: [], postBuild: [], allowSecrets: [] };
    const said = await checkObjects([{ app, object }], cluster, validation);
    assert.deepEqual(
      said.map(({ severity, message }) => `${severity} ${message}`),
      [
        "warning ConfigMap/b/a: metadata.uid is set: Flux fails where the object is not there yet, or is there with another one",
        "warning ConfigMap/b/a: metadata.resourceVersion is set: Flux fails once the object there has another one",
      ],
    );
  });
});
