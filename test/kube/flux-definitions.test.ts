import assert from "node:assert/strict";
import { findingText } from "../../kube/validate.ts";
import { useKube } from "../support/kube.ts";
import { fluxCases } from "./flux-cases.ts";
import { changed, mistakesIn } from "./server-case.ts";

// A real API server with Flux's own definitions says the same: test/cluster/flux-definitions.test.ts.
describe("Flux's kinds, whose definitions nobody handed in", function () {
  this.timeout(120_000);
  const kube = useKube();

  for (const [kind, one] of Object.entries(fluxCases)) {
    it(`are judged by those of Flux's release: ${kind}`, async () => {
      const before = changed(one.valid);
      for (const was of [undefined, before]) {
        const asked = [{}, ...(one.fine ?? []), ...mistakesIn(one)];
        const objects = asked.map((change) => ({
          object: changed(one.valid, change),
          ...(was && { before: was }),
        }));
        const said = await kube().validate({ objects });
        if (said.kind !== "validated") return assert.fail(JSON.stringify(said));
        const refused = asked.filter((_, at) => said.objects[at]?.errors.length !== 0);
        assert.deepEqual(refused, mistakesIn(one));
      }
    });
  }

  const { Kustomization, Alert } = fluxCases;
  const judgeOne = async (object: object, definitions: readonly object[] = []) => {
    const asked = { objects: [{ object }], definitions } as Parameters<
      ReturnType<typeof kube>["validate"]
    >[0];
    const said = await kube().validate(asked);
    return said.kind === "validated" ? said.objects[0] : assert.fail(said.text);
  };

  it("are refused in the API server's words, which say whose definitions these are", async () => {
    const judged = await judgeOne(changed(Kustomization?.valid ?? "", { "spec.interval": null }));
    assert.match(
      judged?.errors.map(findingText)[0] ?? "",
      /^spec\.interval: Required value \(by the definitions of Flux \d+\.\d+\)$/,
    );
  });

  it("are judged by the repository's own definitions where there are some", async () => {
    const object = changed(Kustomization?.valid ?? "", {
      "spec.later": "here",
      "spec.interval": null,
    });
    const schema = {
      type: "object",
      properties: { spec: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
    };
    const names = { kind: "Kustomization", plural: "kustomizations" };
    const versions = [
      { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: schema } },
    ];
    const definition = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "kustomizations.kustomize.toolkit.fluxcd.io" },
      spec: { group: "kustomize.toolkit.fluxcd.io", scope: "Namespaced", names, versions },
    };
    assert.deepEqual((await judgeOne(object, [definition]))?.errors, []);
  });

  it("are not judged in a version that this release does not serve", async () => {
    const older = changed(Kustomization?.valid ?? "", {
      apiVersion: "kustomize.toolkit.fluxcd.io/v1beta1",
    });
    assert.equal((await judgeOne(older))?.kind, "unknown-kind");
  });

  it("may name kinds that other controllers add to Flux's lists", async () => {
    const source = { "spec.eventSources": [{ kind: "FluxInstance", name: "flux" }] };
    assert.deepEqual((await judgeOne(changed(Alert?.valid ?? "", source)))?.errors, []);
  });
});
