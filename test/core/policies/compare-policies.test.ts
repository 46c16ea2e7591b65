import assert from "node:assert/strict";
import { comparePolicies } from "../../../core/policies/compare-policies.ts";
import { policyTypeIds, type Policy, type PolicyKind } from "../../../core/policies/policy.ts";
import { wantedPolicies } from "../../../core/policies/wanted-policies.ts";

const release = { id: "AAAA", name: "Release" };
const wanted = wantedPolicies({
  ...{ minimum: 2, validation: { id: 7, name: "validate" }, connector: "cccc" },
  environments: [
    { name: "dev", folder: "dev", reviewers: [] },
    { name: "prod", folder: "clusters/prod", reviewers: [release] },
  ],
});
let ids = 0;
const policy = (kind: PolicyKind, settings: object, more: Partial<Policy> = {}): Policy => ({
  ...{ id: (ids += 1), isEnabled: true, isBlocking: true, type: { id: policyTypeIds[kind] } },
  settings: settings as Policy["settings"] & object,
  ...more,
});
const all = () => wanted.map(({ kind, settings }) => policy(kind, settings));
const states = (inForce: readonly Policy[]) =>
  comparePolicies(wanted, inForce).map((one) => `${one.state} ${one.wanted.kind}`);

describe("the policies that a manifests repository should have", () => {
  it("are four eyes, validation, its status, and by folder reviewers and freezes", () => {
    assert.deepEqual(states([]), [
      ...["missing minimumReviewers", "missing build", "missing status"],
      ...["missing status", "missing requiredReviewers", "missing status"],
    ]);
    const [, , , dev, reviewers] = wanted;
    assert.deepEqual(dev?.settings["filenamePatterns"], ["/dev/*"]);
    assert.equal(dev?.settings["authorId"], "cccc");
    assert.deepEqual(reviewers?.settings["filenamePatterns"], ["/clusters/prod/*"]);
  });

  it("are all there once they are set", () => {
    assert.ok(states(all()).every((one) => one.startsWith("there ")));
  });

  it("are there too where somebody asks for more", () => {
    const [reviewers, build, status, dev, required, prod] = all();
    const more = [
      { ...reviewers, settings: { ...reviewers?.settings, minimumApproverCount: 3 } },
      ...[build, status, dev, prod],
      {
        ...required,
        settings: { ...required?.settings, requiredReviewerIds: ["bbbb", "aaaa"] },
      },
    ] as readonly Policy[];
    assert.ok(states(more).every((one) => one.startsWith("there ")));
    for (const wider of ["/*", "*", "/clusters/*"]) {
      const settings = { ...prod?.settings, filenamePatterns: ["/x/*", wider] };
      assert.equal(states([{ ...prod, settings } as Policy])[5], "there status", wider);
    }
  });

  const weaker: readonly (readonly [string, number, Partial<Policy>, RegExp])[] = [
    ["it is optional", 0, { isBlocking: false }, /it is optional/],
    ["fewer approve", 0, { settings: { minimumApproverCount: 1 } }, /minimumApproverCount is 1/],
    ["votes outlive a push", 0, { settings: {} }, /resetOnSourcePush is not set instead of true/],
    ["a build stays good", 1, { settings: { validDuration: 720 } }, /validDuration is 720/],
    ["anybody posts it", 3, { settings: { authorId: undefined } }, /authorId is not set/],
    [
      "it leaves out a part",
      ...([
        5,
        { settings: { filenamePatterns: ["/clusters/prod/*", "!/clusters/prod/db/*"] } },
      ] as const),
      /only at .*!\/clusters\/prod\/db/,
    ],
    ["it looks elsewhere", 3, { settings: { filenamePatterns: ["/x/*"] } }, /only at \/x\/\*/],
  ];
  for (const [what, index, change, says] of weaker) {
    it(`ask for less, and are left alone, when ${what}`, () => {
      const list = all();
      const old = list[index];
      assert.ok(old);
      const isEmpty = Object.keys(change.settings ?? { x: 1 }).length === 0;
      const settings = isEmpty ? {} : { ...old.settings, ...change.settings };
      list[index] = { ...old, ...change, settings };
      const found = comparePolicies(wanted, list)[index];
      assert.equal(found?.state, "weaker");
      assert.match(found.state === "weaker" ? found.differs.join("; ") : "", says);
    });
  }

  it("are not there by a reviewer of another folder, or a status of another name", () => {
    const list = all();
    const required = list[4];
    assert.ok(required);
    list[4] = { ...required, settings: { ...required.settings, filenamePatterns: ["/dev/*"] } };
    assert.equal(states(list)[4], "missing requiredReviewers");
  });

  it("bear what is no policy as they know it", () => {
    const odd = [
      policy("status", { filenamePatterns: 3 }),
      policy("build", {}),
      { id: 1, type: { id: "" } },
    ];
    assert.ok(states(odd).every((one) => one.startsWith("missing ")));
  });
});
