import assert from "node:assert/strict";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { useKube } from "../support/kube.ts";
import { changed, cluster, object } from "./server-case.ts";

describe("what the API server looks up in the cluster", function () {
  this.timeout(120_000);
  const kube = useKube();

  it("is no alarm here: a namespace may allow administrative access, a user may read parameters", async () => {
    const request = "{ name: a, exactly: { deviceClassName: a, adminAccess: true } }";
    const devices = `devices: { requests: [${request}] }`;
    const admission = "admissionregistration.k8s.io/v1";
    const reference = "paramRef: { name: a, parameterNotFoundAction: Deny }";
    const said = await texts([
      changed(object("resource.k8s.io/v1", "ResourceClaim", `spec: { ${devices} }`)),
      changed(
        object("resource.k8s.io/v1", "ResourceClaimTemplate", `spec: { spec: { ${devices} } }`),
      ),
      changed(
        cluster(
          admission,
          "ValidatingAdmissionPolicyBinding",
          `spec: { policyName: a, validationActions: [Deny], ${reference} }`,
        ),
      ),
      changed(
        cluster(
          admission,
          "MutatingAdmissionPolicyBinding",
          `spec: { policyName: a, ${reference} }`,
        ),
      ),
    ]);
    assert.deepEqual(said, [[], [], [], []]);
  });

  it("refuses what it only answers, or has as part of something else", async () => {
    const said = await texts([
      changed(cluster("authentication.k8s.io/v1", "TokenReview", "spec: { token: a }")),
      changed(cluster("authorization.k8s.io/v1", "SubjectAccessReview", "spec: { user: a }")),
      changed(object("v1", "Binding", "target: { name: a }")),
      changed(object("policy/v1", "Eviction", "deleteOptions: {}")),
      changed(object("autoscaling/v1", "Scale", "spec: { replicas: 1 }")),
    ]);
    for (const [text] of said) assert.match(text ?? "", /keeps no objects of kind/);
  });

  async function texts(objects: readonly KubernetesObject[]) {
    const said = await kube().validate({ objects: objects.map((each) => ({ object: each })) });
    if (said.kind !== "validated") return assert.fail(JSON.stringify(said));
    return said.objects.map(({ errors }) => errors.map(({ text }) => text));
  }
});
