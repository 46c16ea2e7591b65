import assert from "node:assert/strict";
import type { ChangeSummary } from "../../../core/azure-devops/change-summary.ts";
import {
  pullRequestDescription,
  type PullRequestFacts,
  pullRequestTitle,
} from "../../../core/azure-devops/pull-request-text.ts";
import type { Identity } from "../../../core/manifests/identity.ts";

const object = (kind: string, name: string, namespace = "shop"): Identity => ({
  group: "",
  version: "v1",
  kind,
  namespace,
  name,
});
const nothing: ChangeSummary = { added: [], changed: [], removed: [], images: [], removedApps: [] };
const facts = (
  change: Partial<ChangeSummary>,
  warnings: readonly string[] = [],
): PullRequestFacts => ({
  delivery: "shop",
  environment: "prod",
  change: { ...nothing, ...change },
  risks: [],
  rendering: "Rendered with helm 4.2.3, checked for Kubernetes 1.36",
  run: { name: "20261123.1", url: "https://dev.azure.com/f/shop/_build/results?buildId=1" },
  source: { repository: "shop", commit: "0123456789012345678901234567890123456789" },
  hubUrl: "https://dev.azure.com/f/shop/_apps/hub/x",
  warnings,
});

describe("the title of a manifests pull request", () => {
  it("names the image when there is one", () => {
    const images = [{ name: "r.io/shop/api", from: "1", to: "2" }];
    assert.equal(pullRequestTitle(facts({ images })), "Deploy shop to prod: api 2 (20261123.1)");
  });

  it("counts images, or objects where no image changes", () => {
    const image = (name: string) => ({ name, from: "1", to: "2" });
    const two = facts({ images: [image("a"), image("b")] });
    assert.equal(pullRequestTitle(two), "Deploy shop to prod: 2 images (20261123.1)");
    const objects = facts({ changed: [object("ConfigMap", "a")] });
    assert.equal(pullRequestTitle(objects), "Deploy shop to prod: 1 object changed (20261123.1)");
  });
});

describe("the description of a manifests pull request", () => {
  it("starts with the verdict", () => {
    const change = {
      added: [object("Service", "a")],
      changed: [object("Deployment", "a"), object("Deployment", "b")],
      images: [{ name: "r.io/api", to: "1" }],
    };
    const [first] = pullRequestDescription(facts(change)).split("\n");
    assert.equal(first, "**shop → prod:** 1 image, 1 object added, 2 objects changed.");
  });

  it("says that nothing but provenance-free files changed", () => {
    assert.match(pullRequestDescription(facts({})), /no object changed\./);
  });

  it("asks to look twice at a removed app and at what is risky in the objects", () => {
    const risk = (kind: string, name: string, text: string) => ({
      ...({ rule: "removal", severity: "high", text } as const),
      identity: object(kind, name),
    });
    const risks = [risk("PersistentVolumeClaim", "data", "is removed, and its volume with it")];
    const text = pullRequestDescription({ ...facts({ removedApps: ["db"] }), risks });
    assert.match(text, /- app `db` leaves the environment as a whole\n/);
    assert.match(
      text,
      /- `PersistentVolumeClaim shop\/data`: is removed, and its volume with it\n/,
    );
  });

  it("says with which tools it was rendered and what it was checked for", () => {
    assert.match(
      pullRequestDescription(facts({})),
      /Rendered with helm 4\.2\.3, checked for Kubernetes 1\.36\./,
    );
  });

  it("never passes 4,000 characters, and says how much it left out", () => {
    const many = Array.from({ length: 500 }, (_, at) =>
      object("ConfigMap", `${"x".repeat(150)}-${at}`),
    );
    const text = pullRequestDescription(facts({ added: many, changed: many, removed: many }));
    assert.ok(text.length <= 4000, String(text.length));
    assert.match(text, /… and 4\d\d more/);
    assert.match(text, /What runs where/);
  });

  it("shows names from manifests as text: no mention, link, table or HTML", () => {
    const evil = "x` | @<everyone> <img src=x> [a](http://evil) #1\n| --- |";
    const text = pullRequestDescription(
      facts({ added: [object("ConfigMap", evil)], images: [{ name: evil, to: evil }] }, [evil]),
    );
    const outside = text.replaceAll(/`[^`\n]*`/g, "");
    assert.doesNotMatch(outside, /@<|<img|\(http:\/\/evil|#1/);
    for (const row of text.split("\n").filter((line) => line.startsWith("|"))) {
      assert.equal(row.split("|").length, 5, row);
    }
  });
});
