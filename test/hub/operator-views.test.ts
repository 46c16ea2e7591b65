import assert from "node:assert/strict";
import type {
  EnvironmentsFacts,
  FolderFacts,
  RepositoryFacts,
} from "../../hub/data/load-environments.ts";
import { shownEnvironments } from "../../hub/environments/shown-environments.ts";
import { shownImage } from "../../hub/view/apps-view.ts";
import { clusterView } from "../../hub/view/cluster-view.ts";
import { matrixView } from "../../hub/view/matrix-view.ts";
import { traceQuery } from "../../hub/view/trace-query.ts";
import { treeView } from "../../hub/view/tree-view.ts";
import { durationText } from "../../hub/view/ago.ts";
import { aPullRequest } from "./a-pull-request.ts";
import { aSnapshot, kustomization, now, workload } from "./a-snapshot.ts";

const place = {
  ...{ organisationUrl: "https://dev.azure.com/fabrikam", now },
  extension: { publisher: "fluxgate", name: "fluxgate" },
};
const filter = { text: "", health: "all", sort: "attention", shown: ["prod"] };
const nothing: EnvironmentsFacts = {
  repositories: [],
  snapshots: [],
  reports: [],
  behind: [],
  reportsRead: true,
  problems: [],
  namesRead: true,
};

describe("the environments on the screen", () => {
  const many = Array.from({ length: 500 }, (_, index) => `env-${index}`);

  it("are none of none, one of one, and a page of 500", () => {
    assert.deepEqual(shownEnvironments([], {}).shown, []);
    assert.deepEqual(shownEnvironments(["dev"], {}).shown, ["dev"]);
    const { shown, page, pages } = shownEnvironments(many, { page: "3" });
    assert.deepEqual([shown.length, shown[0], page, pages], [8, "env-16", 3, 63]);
  });

  it("are found by a part of their name, and an odd page is the nearest", () => {
    assert.deepEqual(shownEnvironments(many, { environments: "ENV-499" }).shown, ["env-499"]);
    assert.equal(shownEnvironments(many, { page: "9999" }).page, 63);
    for (const page of ["-1", "x", "1e99", "0.5"]) {
      assert.ok(shownEnvironments(many, { page }).shown.length > 0, page);
    }
  });
});

describe("clusters above the matrix", () => {
  const old = { ...aSnapshot, observedAt: "2026-11-20T12:00:00Z" };

  it("are named as old only where what stands below hangs on them", () => {
    const stale = (snapshot: typeof aSnapshot) =>
      matrixView({ ...nothing, snapshots: [snapshot] }, filter, place);
    assert.match(stale(old).stale.join(), /prod, cluster weu: stale: last report 3 days ago/);
    const retired = stale({ ...old, active: false });
    assert.deepEqual(retired.stale, []);
    assert.equal(retired.columns[0]?.clusters?.[0]?.tone, "plain");
  });

  it("are never seen just now by a report from the future: one of two clocks is wrong", () => {
    const seen = (observedAt: string) => clusterView({ ...aSnapshot, observedAt }, now);
    const ahead = seen("2026-11-24T12:00:00Z");
    assert.match(ahead.text, /^not known when it was seen: .*clock is wrong by 1 day$/);
    assert.deepEqual([ahead.tone, ahead.current], ["warning", false]);
    // Clocks are never quite the same.
    const little = seen(new Date(now + 10 * 60_000).toISOString());
    assert.deepEqual([little.tone, little.current], ["good", true]);
  });

  it("are not known where the reports could not be read: not none", () => {
    const { columns } = matrixView({ ...nothing, reportsRead: false }, filter, place);
    assert.equal(columns[0]?.clusters, undefined);
  });
});

describe("what no delivery brought", () => {
  const applied = {
    ...workload("nginx", "current"),
    appliedBy: "Kustomization/flux-system/ingress",
  };

  it("is a row of its own, with its images, and never green", () => {
    const facts = { ...nothing, snapshots: [{ ...aSnapshot, workloads: [applied] }] };
    const { rows } = matrixView(facts, filter, place);
    const [cell] = rows[0]?.cells ?? [];
    assert.equal(rows[0]?.name, "Kustomization flux-system/ingress");
    assert.equal(cell?.tone, "plain");
    assert.deepEqual(
      cell.versions.map(({ label }) => label),
      ["in the cluster"],
    );
  });

  it("wants attention where it fails, and comes first", () => {
    const broken = {
      ...workload("dns", "failed", "CrashLoopBackOff"),
      appliedBy: "Kustomization/a/zzz",
    };
    const facts = { ...nothing, snapshots: [{ ...aSnapshot, workloads: [applied, broken] }] };
    const { rows, attention } = matrixView(facts, filter, place);
    assert.equal(rows[0]?.name, "Kustomization a/zzz");
    assert.equal(attention, 1);
    assert.equal(matrixView(facts, { ...filter, text: "crashloop" }, place).rows.length, 1);
    assert.equal(matrixView(facts, { ...filter, health: "healthy" }, place).rows.length, 0);
  });

  it("is old where its cluster is, whatever it says", () => {
    const observedAt = "2026-11-23T11:00:00Z";
    const facts = { ...nothing, snapshots: [{ ...aSnapshot, observedAt, workloads: [applied] }] };
    const view = matrixView(facts, filter, place);
    assert.match(view.rows[0]?.cells[0]?.state ?? "", /^Stale/);
    assert.match(view.stale.join(), /prod, cluster weu: stale: last report 1 hour ago/);
  });
});

describe("an application that several folders of one environment hold", () => {
  const index = (version: string) => ({
    ...({ apiVersion: "fluxgate.dev/v1", kind: "OwnershipIndex", delivery: "shop" } as const),
    environment: "prod",
    files: { "api/a.yaml": { app: "api", sha256: "0" } },
    provenance: { tools: {}, images: { "registry/api": version }, inputsDigest: "0" },
  });
  const at = (path: string, version: string): FolderFacts => ({
    ...{ path, environment: "prod", deliveries: [index(version)], head: "0123456789" },
    ...{ looked: true, commits: [], lastGood: new Map(), problems: [] },
  });
  const repository: RepositoryFacts = {
    repository: aPullRequest.repository,
    ...{ branch: "main", folders: [at("old/prod", "1.0"), at("prod", "2.0")] },
    ...{ pullRequests: [], waits: [], problems: [], namesRead: true },
  };

  it("is told of each: none of them stands for the others", () => {
    const { rows } = matrixView({ ...nothing, repositories: [repository] }, filter, place);
    const [cell] = rows[0]?.cells ?? [];
    assert.deepEqual(
      cell?.versions.map(({ label, folder, images }) => [label, folder, images[0]?.version]),
      [
        ["wanted", "old/prod", "1.0"],
        ["wanted", "prod", "2.0"],
      ],
    );
    assert.deepEqual([cell?.tone, cell?.attention], ["warning", true]);
    assert.match(cell?.cause ?? "", /^old\/prod: .*; prod: /);
  });
});

describe("what applied what", () => {
  it("is a tree from the source down, the troubled part first", () => {
    const tree = treeView(
      {
        ...aSnapshot,
        objects: [
          { ...kustomization("well", "in-sync"), source: "GitRepository/flux-system/git" },
          { ...kustomization("ill", "failing"), source: "GitRepository/flux-system/git" },
          { ...kustomization("git", "in-sync"), kind: "GitRepository" },
        ],
        workloads: [{ ...workload("api", "failed"), appliedBy: "Kustomization/flux-system/ill" }],
      },
      new Map(),
    );
    assert.deepEqual(
      tree.map(({ item }) => item.object),
      ["GitRepository flux-system/git"],
    );
    assert.deepEqual(
      tree[0]?.children.map(({ item, children }) => [item.object, children.length]),
      [
        ["Kustomization flux-system/ill", 1],
        ["Kustomization flux-system/well", 0],
      ],
    );
  });

  it("ends where somebody wrote a circle", () => {
    const objects = [
      { ...kustomization("a", "in-sync"), appliedBy: "Kustomization/flux-system/b" },
      { ...kustomization("b", "in-sync"), appliedBy: "Kustomization/flux-system/a" },
      { ...kustomization("c", "in-sync"), appliedBy: "Kustomization/flux-system/c" },
    ];
    assert.equal(treeView({ ...aSnapshot, objects }, new Map()).length, 3);
  });
});

describe("what is traced", () => {
  const rows: readonly (readonly [string, object])[] = [
    ["a1b2c3d4", { kind: "commit", commit: "a1b2c3d4" }],
    ["run 812", { kind: "run", build: 812 }],
    ["https://dev.azure.com/o/p/_build/results?buildId=812", { kind: "run", build: 812 }],
    ["!231", { kind: "pull-request", id: 231 }],
    ["AB#42", { kind: "work-item", id: 42 }],
    ["#42", { kind: "work-item", id: 42 }],
    ["api:1.5.0", { kind: "image", name: "api", version: "1.5.0" }],
    [
      "registry:5000/shop/api",
      { kind: "image", name: "registry:5000/shop/api", version: undefined },
    ],
    ["1.5.0", { kind: "image", name: "", version: "1.5.0" }],
    ["  ", { kind: "nothing" }],
  ];
  for (const [words, query] of rows) {
    it(`is understood from "${words}"`, () => assert.deepEqual(traceQuery(words), query));
  }
});

describe("an image on the screen", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["registry:5000/shop/api:1.5", "api", "1.5"],
    ["nginx", "nginx", "no tag"],
    [`api@sha256:${"a".repeat(64)}`, "api", `@${"a".repeat(8)}`],
    [`api:1@sha256:${"b".repeat(64)}`, "api", `1@${"b".repeat(8)}`],
  ];
  for (const [image, name, version] of rows) {
    it(`is ${name} ${version.slice(0, 12)}`, () =>
      assert.deepEqual(shownImage(image), { name, version }));
  }
});

describe("a duration", () => {
  const rows: readonly (readonly [number, string])[] = [
    [0, "0 seconds"],
    [1_000, "1 second"],
    [90_000, "1 minute"],
    [22_200_000, "6 hours 10 minutes"],
    [90_000_000, "1 day 1 hour"],
  ];
  for (const [ms, words] of rows) it(`is ${words}`, () => assert.equal(durationText(ms), words));
});
