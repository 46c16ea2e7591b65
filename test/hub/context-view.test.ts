import assert from "node:assert/strict";
import { greenMeans } from "../../core/diff/green-means.ts";
import { lostForGood } from "../../core/diff/way-back.ts";
import { compareManifests } from "../../core/diff/compare-manifests.ts";
import { HttpError } from "../../core/errors.ts";
import type { ReviewContext } from "../../hub/data/load-context.ts";
import type { Elsewhere } from "../../hub/data/load-elsewhere.ts";
import type { TargetState } from "../../hub/data/load-target-state.ts";
import { codeLine } from "../../hub/view/context/code-line.ts";
import { contextView } from "../../hub/view/context/context-view.ts";
import { elsewhereLine } from "../../hub/view/context/elsewhere-line.ts";
import { targetLine } from "../../hub/view/context/target-line.ts";
import { validationLine } from "../../hub/view/context/validation-line.ts";
import { aSnapshot, kustomization, now } from "./a-snapshot.ts";

const threeDaysAgo = "2026-11-20T12:00:00Z";
const verdict = (state: "succeeded" | "failed" | "pending", text = "") =>
  ({ state, text, at: threeDaysAgo, by: "connector" }) as const;
const there = (more: Partial<Elsewhere & { state: "there" }> = {}): Elsewhere => ({
  ...{ state: "there", environment: "staging", verdict: verdict("succeeded"), snapshots: [] },
  edited: { value: [] },
  ...more,
});

describe("whether the same change ran elsewhere", () => {
  it("is good only where it is healthy there now", () => {
    assert.deepEqual(elsewhereLine(there(), { now, odd: [] }), {
      tone: "good",
      text: "The same code and images have been healthy in staging for 3 days.",
      more: [],
    });
  });

  it("is not good of files that are not as rendered, or of which that is not known", () => {
    assert.equal(elsewhereLine(there(), { now, odd: undefined }).tone, "plain");
    const { tone, text } = elsewhereLine(there(), { now, odd: ["1 file here is not as rendered"] });
    assert.equal(tone, "warning");
    assert.match(text, /But 1 file here is not as rendered\.$/);
  });

  it("is not good where files there are others than its index records, or could not be read", () => {
    const line = (edited: (Elsewhere & { state: "there" })["edited"]) =>
      elsewhereLine(there({ edited }), { now, odd: [] });
    const one = line({ value: ["api/a.yaml"] });
    assert.equal(one.tone, "warning");
    assert.match(
      one.text,
      /for 3 days\. But a file there is not as rendered \(api\/a\.yaml\), so what runs there is not/,
    );
    assert.match(line({ value: ["a", "b", "c"] }).text, /files there are not .*\(a and 2 more\)/);
    const unread = line({ error: new Error("no answer") });
    assert.equal(unread.tone, "warning");
    assert.match(unread.text, /Whether the files in staging are as rendered could not be read/);
  });

  it("is never good over a silent or old report, a failure, a rollout, or no word at all", () => {
    const silent = { ...aSnapshot, cluster: "weu", silent: "no route" };
    const old = { ...aSnapshot, observedAt: threeDaysAgo };
    const lines = [
      there({ snapshots: [silent] }),
      there({ snapshots: [old] }),
      there({ verdict: verdict("failed", "failing: api crashes") }),
      there({ verdict: verdict("pending", "reconciling") }),
      there({ verdict: undefined }),
      { state: "other", environment: "staging", wants: "code 0123abcd" } as const,
      { state: "was-there", environment: "staging", at: threeDaysAgo } as const,
      { state: "unrecorded" } as const,
      { state: "first" } as const,
    ].map((one) => elsewhereLine(one, { now, odd: [] }));
    assert.deepEqual(
      lines.map(({ tone }) => tone),
      ["warning", "warning", "bad", "running", "warning", "warning", "plain", "warning", "plain"],
    );
    assert.match(lines[2]?.text ?? "", /fail in staging: failing: api crashes/);
    assert.match(lines[6]?.text ?? "", /seen healthy in staging 3 days ago; something else/);
  });
});

describe("whether the target is ready", () => {
  const state = (more: Partial<TargetState> = {}): TargetState => ({
    ...{ verdict: verdict("succeeded"), snapshots: [aSnapshot], hold: undefined },
    freeze: { kind: "none" },
    ...more,
  });
  const line = (more: Partial<TargetState> = {}) =>
    targetLine(state(more), { environment: "prod", now });

  it("is yes where its clusters were seen, and nothing speaks against it", () => {
    assert.equal(line().tone, "good");
    assert.match(line().text, /^Ready: weu seen lately/);
  });

  it("is not known without a connector, and without a word on what is there", () => {
    assert.match(line({ snapshots: [] }).text, /Not known: no connector reports/);
    assert.equal(line({ verdict: undefined }).tone, "plain");
    const retired = [{ ...aSnapshot, active: false }];
    assert.match(line({ snapshots: retired }).text, /Not known/);
  });

  it("takes an automation that is suspended for what it is: nothing is held back by it", () => {
    const automation = {
      ...kustomization("images", "suspended", "by Ana"),
      kind: "ImageUpdateAutomation",
    };
    const { tone, text } = line({ snapshots: [{ ...aSnapshot, objects: [automation] }] });
    assert.equal(tone, "warning");
    assert.match(text, /images in weu is suspended.*new images are not written/);
  });

  it("names the gravest of what speaks against it, and keeps the rest", () => {
    const objects = [kustomization("a", "reconciling"), kustomization("b", "suspended", "by Ana")];
    const busy = line({ snapshots: [{ ...aSnapshot, objects }], verdict: verdict("pending", "x") });
    assert.match(
      busy.text,
      /^prod: Kustomization flux-system\/b in weu is suspended.*\(and 2 more/,
    );
    assert.equal(busy.tone, "bad");
    assert.equal(busy.more.length, 3);
    const hold = { reason: "bad release", by: "Ana", at: "2026-11-22" };
    assert.match(line({ hold }).text, /held by Ana since 2026-11-22: bad release/);
    const christmas = { environment: "prod", from: now, reason: "Christmas" };
    const frozen = line({ freeze: { kind: "frozen", freeze: christmas } });
    assert.equal(frozen.tone, "bad");
    assert.match(frozen.text, /prod is frozen: Christmas/);
    const soon = line({ freeze: { kind: "announced", freeze: christmas } });
    assert.equal(soon.tone, "warning");
    assert.equal(
      line({ freeze: { kind: "unknown", problem: "it is no JSON object" } }).tone,
      "bad",
    );
    assert.match(line({ hold: { problem: "the hold is not valid JSON" } }).text, /not valid JSON/);
    assert.equal(line({ snapshots: [{ ...aSnapshot, silent: "no route" }] }).tone, "warning");
  });
});

describe("what else a review says", () => {
  it("tells validation of an earlier push from one of what is there", () => {
    const said = { text: "3 objects", url: "javascript:alert(1)", findings: [] };
    const at = "https://dev.azure.com/fabrikam";
    assert.equal(validationLine({ ...said, state: "passed", isOld: false }, at).tone, "good");
    const old = validationLine({ ...said, state: "passed", isOld: true }, at);
    assert.equal(old.tone, "warning");
    assert.match(old.text, /an earlier push: what is there now is not validated/);
    assert.deepEqual(old.more, []);
    assert.match(validationLine({ state: "none" }, at).text, /^Not validated/);
  });

  it("warns of code commits that would go", () => {
    const commit = { commitId: "a".repeat(40), comment: "Hotfix\n\nmore", workItems: [7] };
    const repository = { id: "r", name: "shop", project: { id: "p", name: "shop" } };
    const at = { organisationUrl: "https://dev.azure.com/fabrikam", now };
    const line = codeLine({ state: "known", repository, commits: [], lost: [commit] }, at);
    assert.equal(line.tone, "warning");
    assert.match(line.text, /0 commits .* 1 commit that it has now would go\./);
    assert.deepEqual(
      line.more.map(({ text }) => text),
      ["would go: Hotfix", "work item"],
    );
    assert.match(
      codeLine({ state: "unseen", repository: "x" }, at).text,
      /is not there, or you may not see it/,
    );
  });

  it("says of each part that could not be read why, and nothing good of it", () => {
    const error = new HttpError("x", { code: "forbidden", status: 403, hint: "" });
    const unread = { error };
    const context: ReviewContext = {
      ...{ elsewhere: unread, code: unread, target: unread, validation: unread },
      ...{ origins: unread, reports: unread, reportsRead: true },
    };
    const at = { environment: "prod", outcome: undefined, odd: [], organisationUrl: "", now };
    const lines = contextView(context, at);
    assert.equal(lines.length, 4);
    for (const { tone, text } of lines) {
      assert.equal(tone, "warning");
      assert.match(text, /^Could not be read: You are not allowed/);
    }
    const good = { ...context, elsewhere: { value: there() }, reportsRead: false };
    const [first] = contextView(good, at);
    assert.equal(first?.tone, "warning");
    assert.match(first?.text ?? "", /Unconfirmed/);
  });

  it("does not say that no connector reports where nobody says which environment it is", () => {
    const nothing = { error: "x" };
    const context: ReviewContext = {
      ...{ elsewhere: nothing, code: nothing, validation: nothing, origins: nothing },
      ...{ target: { value: { snapshots: [] } as unknown as TargetState }, reportsRead: true },
      reports: nothing,
    };
    const green = { judged: ["Job shop/x"], byConditions: [], applied: 0, removed: 0 };
    const lines = contextView(context, {
      ...{ environment: undefined, outcome: { green, lostForGood: [], complete: true, left: [] } },
      ...{ odd: [], organisationUrl: "", now },
    });
    const [line] = lines.filter(({ label }) => label === "Green means");
    assert.equal(line?.text, "Job shop/x seen healthy.");
  });

  it("tells what green means and what no revert brings back, by the objects", () => {
    const text = (...objects: string[]) => objects.join("---\n");
    const object = (head: string, body = "") =>
      `${head}\nmetadata: { name: x, namespace: shop }\n${body}`;
    const claim = (size: string) =>
      object(
        "apiVersion: v1\nkind: PersistentVolumeClaim",
        `spec: { resources: { requests: { storage: ${size} } } }\n`,
      );
    const before = text(claim("1Gi"), object("apiVersion: acid.zalan.do/v1\nkind: postgresql"));
    const after = text(
      claim("2Gi"),
      object("apiVersion: batch/v1\nkind: Job"),
      object("apiVersion: v1\nkind: ConfigMap"),
      object("apiVersion: v1\nkind: Service"),
      object("apiVersion: example.com/v1\nkind: Widget"),
    );
    const of = (one: string) => [{ path: "a.yaml", text: one }];
    const { objects } = compareManifests(of(before), of(after));
    assert.deepEqual(greenMeans(objects), {
      judged: ["Job shop/x", "PersistentVolumeClaim shop/x"],
      byConditions: ["Widget shop/x"],
      applied: 2,
      removed: 1,
    });
    assert.deepEqual(lostForGood(objects), [
      "Job shop/x: it runs, and what it does stays done",
      "PersistentVolumeClaim shop/x: a claim that has grown never shrinks",
      "postgresql shop/x: its operator may delete the data behind it",
    ]);
    const kept = compareManifests(of(before), of(after), { keeperOf: () => "kustomization" });
    assert.equal(lostForGood(kept.objects).length, 2);
  });
});
