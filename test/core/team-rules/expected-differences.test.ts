import assert from "node:assert/strict";
import { subtractExpected } from "../../../core/team-rules/expected-differences.ts";
import { parseTeamRules } from "../../../core/team-rules/team-rule.ts";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";

const deployment = (replicas: number, image: string) =>
  `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: "${image}" }] }
`;
const changes = compareManifests(
  [{ path: "api.yaml", text: deployment(1, "api:1") }],
  [{ path: "api.yaml", text: deployment(3, "api:2") }],
).objects;
const paths = (objects: typeof changes) => objects.flatMap(({ edits }) => edits.length);
const rule = (path: string, more: object = {}) => ({ path, reason: "as wanted", ...more });

describe("expected differences", () => {
  it("are taken out of what differs, and counted by rule", () => {
    const rules = [rule("spec.replicas"), rule("spec.template.spec.containers[*].image")];
    const { objects, counts } = subtractExpected(changes, rules);
    assert.deepEqual(objects, []);
    assert.deepEqual([...counts.values()], [1, 1]);
  });

  it("touch only the objects that they name", () => {
    const other = rule("spec.replicas", { kind: "StatefulSet" });
    assert.deepEqual(paths(subtractExpected(changes, [other]).objects), paths(changes));
    const own = rule("spec.replicas", { kind: "Deployment", namespace: "shop", name: "api" });
    assert.deepEqual(paths(subtractExpected(changes, [own]).objects), [1]);
  });

  const patterns: readonly (readonly [string, number])[] = [
    ["spec.*", 1],
    ["spec.**", 2],
    ["**", 2],
    ["**.image", 1],
    ["spec.rep*as", 1],
    ["spec", 0],
    ["spec.replicas.more", 0],
    ["replicas", 0],
    ["*".repeat(500), 0],
  ];
  for (const [pattern, count] of patterns) {
    it(`match ${pattern.slice(0, 30)} ${count} times`, () => {
      const { counts } = subtractExpected(changes, [rule(pattern)]);
      assert.equal(
        [...counts.values()].reduce((sum, one) => sum + one, 0),
        count,
      );
    });
  }

  it("never hide an object that is only on one side", () => {
    const [added] = compareManifests([], [{ path: "a.yaml", text: deployment(1, "a") }]).objects;
    assert.ok(added);
    assert.equal(subtractExpected([added], [rule("**")]).objects.length, 1);
  });

  it("need a reason and a path, and say what is wrong with the others", () => {
    const text = JSON.stringify({
      expected: [{ path: "a", reason: "b" }, { path: "a" }, {}, { path: "**.*", reason: "b" }],
    });
    const { rules, problems } = parseTeamRules(text, "expected");
    assert.equal(rules.length, 1);
    assert.match(
      problems.join("; "),
      /rule 2 has no reason; .*rule 3 has no path; .*rule 4 would fit every field/,
    );
    assert.match(parseTeamRules("{", "expected").problems.join(), /not valid JSON/);
    assert.match(parseTeamRules("[]", "expected").problems.join(), /no list "expected"/);
  });
});
