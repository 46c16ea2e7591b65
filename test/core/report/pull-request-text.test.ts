import assert from "node:assert/strict";
import type { ChangeSummary } from "../../../core/report/change-summary.ts";
import {
  draftReasons,
  pullRequestDescription,
  type PullRequestFacts,
  pullRequestTitle,
} from "../../../core/report/pull-request-text.ts";
import type { Identity } from "../../../core/manifests/identity.ts";

const object = (kind: string, name: string, namespace = "shop"): Identity => ({
  group: "",
  version: "v1",
  kind,
  namespace,
  name,
});
const nothing: ChangeSummary = {
  added: [],
  changed: [],
  configured: [],
  removed: [],
  left: [],
  images: [],
  removedApps: [],
};
const facts = (
  change: Partial<ChangeSummary>,
  warnings: readonly string[] = [],
): PullRequestFacts => ({
  delivery: "shop",
  environment: "prod",
  change: { ...nothing, ...change },
  risks: [],
  draftOnRisk: [],
  rendering: "Rendered with helm 4.2.3, checked for Kubernetes 1.36",
  run: { name: "20261123.1", url: "https://dev.azure.com/f/shop/_build/results?buildId=1" },
  source: { repository: "shop", commit: "0123456789012345678901234567890123456789" },
  hubUrl: "https://dev.azure.com/f/shop/_apps/hub/x",
  warnings,
});

const title = (change: Partial<ChangeSummary>) =>
  /^Deploy shop to prod: (.*) \(20261123\.1\)$/.exec(pullRequestTitle(facts(change)))?.[1];
const image = (name: string, to = "2") => ({ name: `r.io/shop/${name}`, from: "1", to });
const map = (name: string) => object("ConfigMap", name);

describe("the title of a manifests pull request", () => {
  it("names the image when there is one", () => {
    assert.equal(
      title({ images: [image("api")], changed: [object("Deployment", "api")] }),
      "api 2",
    );
  });

  it("names two images, and counts more of them", () => {
    assert.equal(title({ images: [image("api"), image("web", "3")] }), "api 2, web 3");
    assert.equal(title({ images: [image("a"), image("b"), image("c")] }), "3 images");
  });

  it("tells what changes besides an image", () => {
    const change = { images: [image("api")], added: [map("a")], configured: [map("b"), map("c")] };
    assert.equal(title(change), "api 2, 1 object added, 2 changed");
  });

  it("names the one object of a change of configuration, and counts more of them", () => {
    const changed = [map("settings")];
    assert.equal(title({ changed, configured: changed }), "ConfigMap shop/settings changed");
    assert.equal(title({ removed: [map("old")] }), "ConfigMap shop/old removed");
    assert.equal(title({ configured: [map("a"), map("b")] }), "2 objects changed");
  });

  it("does not count an image that goes as one that is deployed", () => {
    const gone = { name: "r.io/shop/api", from: "1" };
    assert.equal(title({ images: [gone], removed: [map("api")] }), "ConfigMap shop/api removed");
  });

  it("counts objects that differ in labels and layout only", () => {
    assert.equal(title({ changed: [map("a")] }), "1 object changed");
    assert.equal(title({}), "no object changed");
  });

  it("shortens a version that is a digest only", () => {
    const to = `@sha256:${"ab".repeat(32)}`;
    assert.equal(title({ images: [image("api", to)] }), "api sha256:abababababab");
    assert.equal(title({ images: [image("api", `1.2${to}`)] }), "api 1.2");
  });

  it("counts where names would make it longer than 200 characters", () => {
    const long = "x".repeat(190);
    assert.equal(title({ images: [image(long)] }), "1 image");
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
    assert.equal(first, "**shop → prod:** 1 image, 1 object added, 2 changed.");
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

  it("says that it is a draft, and why, only for risks of the kinds that make it one", () => {
    const risks = (["high", "medium"] as const).map((severity) => ({
      ...{ rule: "removal", severity, text: severity },
      identity: object("Secret", severity),
    }));
    const of = (draftOnRisk: readonly string[], change: Partial<ChangeSummary> = {}) => ({
      ...facts(change),
      risks,
      draftOnRisk,
    });
    assert.doesNotMatch(pullRequestDescription(of([])), /draft/);
    assert.match(pullRequestDescription(of(["medium"])), /Opened as a draft.*because of 2 risks:/);
    assert.deepEqual(draftReasons(of(["high"])), ["`Secret shop/high`: high"]);
    assert.deepEqual(draftReasons(of(["grant"])), []);
    assert.equal(draftReasons(of(["high"], { removedApps: ["db"] })).length, 2);
  });

  it("links to the file with every object's diff once it is attached", () => {
    const changesFile = { name: "changes-prod.md", url: "https://dev.azure.com/f/x.md" };
    assert.match(
      pullRequestDescription({ ...facts({}), changesFile }),
      /\[changes-prod\.md\]\(https:\/\/dev\.azure\.com\/f\/x\.md\)/,
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

  it("says first that not everything was compared, and what", () => {
    const text = pullRequestDescription({
      ...facts({}),
      notCompared: ["a.yaml:3: not valid YAML"],
    });
    assert.match(text.split("\n\n")[1] ?? "", /^\*\*Not everything was compared:\*\* one thing/);
    assert.match(text, /\*\*Not compared\*\*\n- a\.yaml:3: not valid YAML/);
    assert.doesNotMatch(pullRequestDescription(facts({})), /ot compared/);
  });
});
