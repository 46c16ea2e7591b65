import assert from "node:assert/strict";
import { deliveryWith, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const definition = (spec: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: queues.fabrikam.com }
spec:
  group: fabrikam.com
  scope: Namespaced
  names: { kind: Queue, plural: queues }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: ${spec} } } }
`;
const queue = (spec: string, name = "q") =>
  `apiVersion: fabrikam.com/v1\nkind: Queue\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
const ordered = (more = "") =>
  `{ type: object, properties: { min: { type: integer, default: 1 }, max: { type: integer } }, x-kubernetes-validations: [{ rule: "self.min <= self.max"${more} }] }`;

describe("CEL rules of a CustomResourceDefinition", () => {
  let space: Workspace;
  const delivery = (validate = "{}") =>
    `${deliveryWith("      - copy: { path: x }", '    kubernetesVersion: "1.36"\n')}validate: ${validate}\n`;
  beforeEach(() => {
    space = workspace();
    space.put({ "fluxgate.yaml": delivery() });
  });
  afterEach(() => space.remove());
  const warnings = async () => (await space.render()).result.environments[0]?.warnings;

  it("are judged with the object's defaults; what breaks one is named with template and field", async () => {
    space.put({
      "x/crd.yaml": definition(ordered(", message: min is above max, fieldPath: .min")),
      "x/q.yaml": `${queue("{ max: 3 }", "fine")}---\n${queue("{ max: 0 }")}`,
    });
    assert.deepEqual(await space.problems(), [
      "x/q.yaml:6: app api, environment dev: Queue.fabrikam.com/q: spec.min: min is above max",
    ]);
  });

  it("may come from a folder of definitions that the clusters have", async () => {
    space.put({
      "fluxgate.yaml": delivery("{ schemas: [crds] }"),
      "crds/crd.yaml": definition(ordered()),
      "x/q.yaml": queue("{ max: 0 }"),
    });
    assert.match(
      (await space.problems())[0] ?? "",
      /spec: must keep the rule self.min <= self.max/,
    );
  });

  it("of Flux itself hold as well", async () => {
    const release =
      "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: a }\n";
    space.put({ "x/r.yaml": `${release}spec: { interval: 1m, releaseName: b }\n` });
    assert.deepEqual(await space.problems(), [
      "x/r.yaml:1: app api, environment dev: HelmRelease.helm.toolkit.fluxcd.io/a: spec: either chart or chartRef must be set",
    ]);
  });

  it("that are about a change are no concern of a new object", async () => {
    const rule = `x-kubernetes-validations: [{ rule: "self == oldSelf" }]`;
    space.put({
      "x/crd.yaml": definition(`{ type: object, properties: { max: { type: integer, ${rule} } } }`),
      "x/q.yaml": queue("{ max: 3 }"),
    });
    assert.deepEqual(await warnings(), []);
  });

  it("that cannot be judged are warnings, never problems, one for all objects alike", async () => {
    const unknown = `{ type: object, x-kubernetes-validations: [{ rule: "self.fromTheFuture()" }] }`;
    space.put({
      "x/crd.yaml": definition(unknown),
      "x/q.yaml": `${queue("{}", "a")}---\n${queue("{}", "b")}`,
    });
    assert.deepEqual(await warnings(), [
      "x/q.yaml:1: app api, environment dev: Queue.fabrikam.com/a and 1 more of its kind: spec: the rule `self.fromTheFuture()` was not checked: found no matching overload for 'dyn.fromTheFuture()'",
    ]);
  });

  it("are not judged over what Flux still substitutes, and that is said", async () => {
    const short = `{ type: object, properties: { host: { type: string } }, x-kubernetes-validations: [{ rule: "self.host.size() < 5" }] }`;
    space.put({
      "fluxgate.yaml": delivery("{ postBuild: [HOST] }"),
      "x/crd.yaml": definition(short),
      "x/q.yaml": queue('{ host: "${HOST}" }'),
    });
    assert.match(
      (await warnings())?.[0] ?? "",
      /1 rule of its definition was not checked: it holds \$\{HOST\}, which Flux substitutes/,
    );
  });

  it("can be switched off", async () => {
    space.put({
      "fluxgate.yaml": delivery("{ off: [rules] }"),
      "x/crd.yaml": definition(ordered()),
      "x/q.yaml": queue("{ max: 0 }"),
    });
    assert.deepEqual(await warnings(), []);
  });
});
