import assert from "node:assert/strict";
import { reasonToJudgeAnew } from "../../../core/merge/foreign-moves.ts";

const clusters = 12;
const services = 5;
const config = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";
const kustomization = (cluster: number) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { path: ./apps/c${cluster}, sourceRef: { kind: GitRepository, name: flux-system } }
`;

/** A repository of twelve clusters with five services each. */
function repository(more: Readonly<Record<string, string>> = {}): ReadonlyMap<string, string> {
  const files: [string, string][] = [];
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    files.push([`clusters/c${cluster}/apps.yaml`, kustomization(cluster)]);
    files.push([`clusters/c${cluster}/kustomization.yaml`, "resources: [apps.yaml]\n"]);
    for (let service = 0; service < services; service += 1) {
      files.push([`apps/c${cluster}/s${service}/config.yaml`, config]);
    }
  }
  return new Map([...files, ...Object.entries(more)]);
}
const at = (number: number) =>
  `apps/c${number % clusters}/s${Math.floor(number / clusters)}/x.yaml`;
const reason = (moved: readonly string[], more: Parameters<typeof repository>[0] = {}) =>
  reasonToJudgeAnew({
    then: repository(),
    now: repository({ ...Object.fromEntries(moved.map((path) => [path, config])), ...more }),
    ...{ changed: [at(0)], moved },
  });

describe("a verdict on a pull request whose target moved", () => {
  it("is made anew for 4 of 60 open pull requests when one of them is merged", () => {
    const open = Array.from({ length: clusters * services }, (_, number) => at(number));
    const [merged = "", ...left] = open;
    const then = repository();
    const now = repository({ [merged]: config });
    const anew = left.filter(
      (own) => reasonToJudgeAnew({ then, now, changed: [own], moved: [merged] }) !== undefined,
    );
    assert.equal(left.length, 59);
    assert.deepEqual(
      anew,
      left.filter((own) => own.startsWith("apps/c0/")),
    );
    assert.equal(anew.length, 4);
  });

  const rows: readonly (readonly [string, string | undefined, RegExp | undefined])[] = [
    ["another cluster's files", "apps/c3/s0/x.yaml", undefined],
    ["the same cluster's", "apps/c0/s4/x.yaml", /applied beside what it changes/],
    ["a file that no path holds", "bases/common.yaml", /lies in no path/],
    ["the list of owners", ".fluxgate/owners.json", /lies in no path/],
    ["another path for Flux", "apps/c3/more.yaml", /what Flux applies is not the same/],
  ];
  for (const [what, path, expected] of rows) {
    it(`by ${what}: ${expected === undefined ? "it stands" : "it is made anew"}`, () => {
      const text = path === "apps/c3/more.yaml" ? kustomization(4) : config;
      const found = reason(path === undefined ? [] : [path], path ? { [path]: text } : {});
      if (expected === undefined) assert.equal(found, undefined);
      else assert.match(found ?? "", expected);
    });
  }

  it("is made anew where the pull request's cluster builds of what lies outside", () => {
    const file = "apps/c0/kustomization.yaml";
    for (const text of ["resources:\n- ../base\n", 'resources: ["../c3"]\n']) {
      const found = reasonToJudgeAnew({
        then: repository({ [file]: text }),
        now: repository({ [file]: text, "apps/c3/s0/x.yaml": config }),
        ...{ changed: [at(0)], moved: ["apps/c3/s0/x.yaml"] },
      });
      assert.match(found ?? "", /outside of it/);
    }
  });

  it("is made anew where another cluster, whose own files moved, builds of what it changes", () => {
    const files = { "apps/c3/kustomization.yaml": 'resources: ["../c0"]\n' };
    const found = reasonToJudgeAnew({
      then: repository(files),
      now: repository({ ...files, "apps/c3/s0/x.yaml": config }),
      ...{ changed: [at(0)], moved: ["apps/c3/s0/x.yaml"] },
    });
    assert.match(found ?? "", /apps\/c3\/s0\/x\.yaml is applied beside what it changes/);
  });

  it("is made anew where a chart's release stands in its cluster", () => {
    const release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n";
    const files = { "apps/c0/release.yaml": release };
    const found = reasonToJudgeAnew({
      then: repository(files),
      now: repository({ ...files, "apps/c3/s0/x.yaml": config }),
      ...{ changed: [at(0)], moved: ["apps/c3/s0/x.yaml"] },
    });
    assert.match(found ?? "", /chart's release/);
  });
});
