import assert from "node:assert/strict";
import { configMap, deliveryWith, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const definition = (schema: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: queues.fabrikam.com }
spec:
  group: fabrikam.com
  scope: Namespaced
  names: { kind: Queue, plural: queues }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: ${schema} } }]
`;
const queue = (size: string) =>
  `apiVersion: fabrikam.com/v1\nkind: Queue\nmetadata: { name: q }\nspec: { size: ${size} }\n`;

// A CustomResourceDefinition of the render is as untrusted as any template.
describe("a hostile CustomResourceDefinition of the render", () => {
  let space: Workspace;
  beforeEach(() => {
    space = workspace();
    space.put({ "fluxgate.yaml": deliveryWith("      - copy: { path: x }") });
  });
  afterEach(() => space.remove());
  const problems = (schema: string, size: string) => {
    space.put({ "x/crd.yaml": definition(schema), "x/q.yaml": queue(size) });
    return space.problems();
  };
  const sized = (schema: string) =>
    `{ type: object, properties: { spec: { type: object, properties: { size: ${schema} } } } }`;

  it("cannot keep the check busy with a pattern", async () => {
    const schema = sized('{ type: string, pattern: "^(a+)+$" }');
    const busy = `${"a".repeat(60)}!`;
    space.put({ "x/crd.yaml": definition(schema), "x/q.yaml": queue(busy) });
    assert.match(
      (await space.render()).result.environments[0]?.warnings[0] ?? "",
      /Queue.fabrikam.com\/q: spec.size: the pattern \^\(a\+\)\+\$ was not checked$/,
    );
    const [found] = await problems(schema, "b");
    assert.match(found ?? "", /spec.size must match \^\(a\+\)\+\$, not "b"/);
  });

  it("cannot keep the check busy with a rule", async () => {
    const rule = `x-kubernetes-validations: [{ rule: "[self].all(x, x.matches('^(a+)+$'))" }]`;
    space.put({
      "x/crd.yaml": definition(sized(`{ type: string, ${rule} }`)),
      "x/q.yaml": queue(`${"a".repeat(60)}!`),
    });
    const [warning] = (await space.render()).result.environments[0]?.warnings ?? [];
    assert.match(
      warning ?? "",
      /spec.size: the rule .* was not checked: it takes more than 250 ms/,
    );
  });

  it("cannot send the check round in circles", async () => {
    space.put({
      "x/crd.yaml": definition('{ $ref: "fabrikam.com/v1/Queue" }'),
      "x/q.yaml": queue("1"),
    });
    assert.equal((await space.render()).result.environments[0]?.objects.length, 2);
  });

  it("is refused by its own schema where it is none, and stops nothing else", async () => {
    const schema = `{ type: 5, properties: { spec: 7 }, required: 3, enum: x, items: [1], anyOf: {} }`;
    space.put({ "x/a.yaml": configMap("a", "2").replace('"2"', "2") });
    const found = (await problems(schema, "1")).join("\n");
    assert.match(found, /openAPIV3Schema.type must be a text, not 5/);
    assert.match(found, /ConfigMap\/a: data.a must be a text, not 2/);
  });
});
