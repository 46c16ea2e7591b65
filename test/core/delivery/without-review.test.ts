import assert from "node:assert/strict";
import { parseDelivery } from "../../../core/delivery/parse-delivery.ts";

describe("pullRequest in fluxgate.yaml", () => {
  const parse = (pullRequest: string) =>
    parseDelivery(
      `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps: [{ name: api, render: [{ copy: { path: deploy } }] }]
environments: [{ name: dev, pullRequest: ${pullRequest} }]
`,
      "fluxgate.yaml",
    );
  const problems = (pullRequest: string) => parse(pullRequest).problems.map((one) => one.message);

  it("takes reviewers, a title and the mode", () => {
    const given = {
      reviewers: { required: ["ana@fabrikam.com", "[shop]\\Approvers"] },
      title: "${environment}: ${change}",
    };
    const { delivery } = parse(JSON.stringify(given));
    const [dev] = delivery?.environments ?? [];
    assert.deepEqual(dev?.pullRequest, {
      ...{ autoComplete: false, draftOnRisk: [], labels: [] },
      ...given,
    });
  });

  it("refuses a title with names that nothing fills in, or of several lines", () => {
    assert.equal(problems('{ title: "${environmnt}" }').length, 1);
    assert.equal(problems('{ title: "a\\nb" }').length, 1);
    assert.deepEqual(problems('{ title: "costs $5 ${run}" }'), []);
  });

  it("says what has no meaning where no pull request is opened", () => {
    assert.deepEqual(problems("{ mode: direct, autoComplete: true, reviewers: {} }"), [
      "autoComplete has no meaning with mode: direct, which opens no pull request",
      "reviewers has no meaning with mode: direct, which opens no pull request",
    ]);
    assert.deepEqual(problems("{ mode: direct, draftOnRisk: [high], labels: [x] }"), []);
  });
});
