import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { markNoise } from "../../../core/team-rules/noise-rules.ts";
import type { TeamRule } from "../../../core/team-rules/team-rule.ts";

type Fields = {
  readonly replicas?: number;
  readonly owner?: string;
  readonly stamp?: string;
  readonly isPrivileged?: boolean;
};

const deployment = ({ replicas = 1, owner = "a", stamp = "1", isPrivileged = false }: Fields) =>
  `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop, annotations: { owner: ${owner} } }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api }, annotations: { stamp: "${stamp}" } }
    spec:
      containers:
        - { name: api, image: "api:1", securityContext: { privileged: ${isPrivileged} } }
`;
const compare = (before: string, after: string) =>
  compareManifests([{ path: "api.yaml", text: before }], [{ path: "api.yaml", text: after }]);
const rule = (path: string, more: Partial<TeamRule> = {}): TeamRule => ({
  ...{ path, reason: "a robot writes it" },
  ...more,
});
const marks = (found: ReturnType<typeof compare>, rules: readonly TeamRule[]) =>
  markNoise(found, rules).objects.flatMap(({ edits }) => edits.map(({ noise }) => noise));

describe("noise rules of a team", () => {
  const owner = compare(deployment({}), deployment({ owner: "b" }));

  it("mark edits, count them by rule, and drop none", () => {
    const own = rule("metadata.annotations.owner");
    const { objects, counts } = markNoise(owner, [rule("spec.replicas"), own]);
    assert.deepEqual(
      objects.flatMap(({ edits }) => edits.map(({ noise }) => noise)),
      ["team-rule"],
    );
    assert.deepEqual([...counts], [[own, 1]]);
  });

  it("mark nothing of other objects", () => {
    const other = rule("metadata.annotations.owner", { namespace: "other" });
    assert.deepEqual(marks(owner, [other]), [undefined]);
  });

  it("mark nothing of an object with a risk, and take no risk away", () => {
    const found = compare(deployment({}), deployment({ owner: "b", isPrivileged: true }));
    assert.ok(found.risks.length > 0);
    assert.deepEqual(marks(found, [rule("metadata.**"), rule("spec.**")]), [undefined, undefined]);
  });

  it("mark nothing that restarts pods", () => {
    const found = compare(deployment({}), deployment({ stamp: "2", replicas: 2 }));
    const seen = marks(found, [rule("spec.**")]);
    assert.deepEqual(seen.sort(), ["team-rule", undefined]);
  });

  it("mark no byte of a Secret", () => {
    const secret = (value: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { a: "${value}" }\n`;
    const found = compare(secret("YQ=="), secret("Yg=="));
    assert.deepEqual(marks({ ...found, risks: [] }, [rule("data.**")]), [undefined]);
  });

  it("mark neither what comes nor what goes", () => {
    const found = compareManifests([], [{ path: "a.yaml", text: deployment({}) }]);
    const { objects, counts } = markNoise({ ...found, risks: [] }, [rule("spec.**")]);
    assert.deepEqual([objects, [...counts]], [found.objects, []]);
  });
});
