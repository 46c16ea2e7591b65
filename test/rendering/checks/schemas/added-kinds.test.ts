import assert from "node:assert/strict";
import { knownCluster } from "../../../../rendering/checks/schemas/known-schemas.ts";
import { checkSchema } from "../../../../core/manifests/check-schema.ts";

const { cluster } = knownCluster("1.36", { definitions: {}, kinds: {} });
const { definitions } = cluster.schemas;

/** What is said of the kind that an Alert, or a Receiver, is about. */
function said(type: string, field: string, kind: string): readonly string[] {
  const node = definitions[type] ?? {};
  const ref = { name: "a" };
  const spec = { providerRef: ref, secretRef: ref, type: "generic", [field]: [{ kind, ...ref }] };
  const context = { definitions, matches: () => true };
  return checkSchema(
    { apiVersion: type.replace(/\/\w+$/, ""), kind: "Alert", spec },
    node,
    context,
  ).filter((one) => one.includes(".kind"));
}

// Flux Operator and other controllers put theirs into the definitions that they install.
describe("kinds that Flux sends events of", () => {
  for (const [type, field] of [
    ["notification.toolkit.fluxcd.io/v1beta3/Alert", "eventSources"],
    ["notification.toolkit.fluxcd.io/v1/Receiver", "resources"],
  ] as const) {
    it(`may be another controller's in ${field}, and are not misspelt`, () => {
      for (const kind of ["Kustomization", "FluxInstance", "ResourceSet", "Terraform"]) {
        assert.deepEqual(said(type, field, kind), [], kind);
      }
      assert.match(said(type, field, "Kustomizaton")[0] ?? "", /must be one of .*Kustomization/);
      assert.match(said(type, field, "helmrelease")[0] ?? "", /must be one of .*HelmRelease/);
    });
  }
});
