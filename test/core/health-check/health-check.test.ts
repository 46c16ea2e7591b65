import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  asksFor,
  compareCheck,
  type FoundCheck,
  mendedSettings,
  readAsked,
} from "../../../core/health-check/found-check.ts";
import { chooseConnection } from "../../../core/health-check/connection.ts";
import {
  type HealthCheck,
  healthCheckProblems,
  healthExpression,
  writeHealthCheck,
} from "../../../core/health-check/health-check.ts";

const check: HealthCheck = {
  project: "7c2d7f8a-0000-4000-8000-000000000001",
  repository: "7c2d7f8a-0000-4000-8000-000000000002",
  commit: "$(Build.SourceVersion)",
  name: "shop/dev",
  connector: "7c2d7f8a-0000-4000-8000-000000000003",
  giveUpAfter: 50,
};
const connection = { id: "c", url: "https://dev.azure.com/fabrikam/", asRun: true };
const wanted = writeHealthCheck(check, connection);
const found: FoundCheck = { id: 7, isDisabled: false, ...wanted };
const { inputs } = wanted.settings;

describe("a check that asks for a roll-up", () => {
  it("asks what CheckFluxHealth@1 asks, and what the recipe says", () => {
    const text = readFileSync("tasks/CheckFluxHealth/task.json", "utf8");
    type Task = { execution: { HttpRequest: { Execute: { Expression: string } } } };
    const { Expression } = (JSON.parse(text) as Task).execution.HttpRequest.Execute;
    const of = { name: "$(environment)", connector: "$(connector)" };
    assert.equal(healthExpression(of), Expression);
    const recipe = healthExpression({ name: "dev", connector: "<connector>" });
    assert.ok(readFileSync("docs/pipelines.md", "utf8").includes(`\`${recipe}\``));
  });

  it("is asked at most ten times before the service gives up", () => {
    for (const giveUpAfter of [1, 9, 10, 11, 50, 59, 43_200]) {
      const { settings, timeout } = writeHealthCheck({ ...check, giveUpAfter }, connection);
      assert.equal(timeout, giveUpAfter);
      assert.ok(settings.retryInterval >= 1 && timeout / settings.retryInterval <= 10);
    }
  });

  it("asks as the run only through the connection that holds no credentials", () => {
    assert.match(inputs.headers, /Bearer \$\(system\.AccessToken\)/);
    const stored = writeHealthCheck(check, { ...connection, asRun: false });
    assert.doesNotMatch(stored.settings.inputs.headers, /Authorization/);
  });

  it("has one slash between the connection's address and its own", () => {
    const bare = writeHealthCheck(check, { ...connection, url: "https://dev.azure.com/fabrikam" });
    assert.match(bare.settings.inputs.urlSuffix, /^\/7c2d/);
    assert.match(inputs.urlSuffix, /^7c2d/);
  });

  const odd: readonly (readonly [Partial<HealthCheck>, RegExp])[] = [
    [{ name: "dev'' || true" }, /characters/],
    [{ name: "$(name)" }, /characters/],
    [{ name: "" }, /characters/],
    [{ name: "a/b/c" }, /characters/],
    [{ commit: "main" }, /commit/],
    [{ commit: "" }, /commit/],
    [{ commit: "$(a)/../../x?y=$(b)" }, /commit/],
    [{ commit: "abc1234" }, /commit/],
    [{ connector: "Connie" }, /no id/],
    [{ connector: "" }, /no id/],
    [{ giveUpAfter: 0 }, /Minutes/],
    [{ giveUpAfter: 1.5 }, /Minutes/],
    [{ giveUpAfter: NaN }, /Minutes/],
    [{ giveUpAfter: 43_201 }, /Minutes/],
  ];
  for (const [part, problem] of odd) {
    it(`is refused with ${JSON.stringify(part)}`, () => {
      assert.deepEqual(healthCheckProblems(check), []);
      assert.match(healthCheckProblems({ ...check, ...part }).join(" "), problem);
    });
  }

  it("is found again, made by the page or by the older recipe with names", () => {
    assert.deepEqual(readAsked(found), { repository: check.repository, name: "shop/dev" });
    const criteria = `eq(count(jsonpath('$.value[?(@.context.genre==''fluxgate'' && @.context.name==''shop/dev'')]')), 1)`;
    const byHand: FoundCheck = {
      ...found,
      settings: {
        ...found.settings,
        inputs: {
          urlSuffix: "shop/_apis/git/repositories/shop%20manifests/commits/$(c)/statuses",
          successCriteria: criteria,
        },
      },
    };
    const of = { ...check, repositoryName: "shop manifests" };
    assert.ok(asksFor(byHand, of));
    assert.ok(!asksFor(byHand, { ...of, name: "dev" }));
    assert.ok(!asksFor(byHand, { ...of, repositoryName: "others" }));
  });

  it("is none of ours where it is another kind, or says something else", () => {
    const others: readonly FoundCheck[] = [
      { id: 1 },
      { id: 2, type: { id: "8c6f20a7-a545-4486-9777-f762fafe0d4d" }, settings: {} },
      { ...found, settings: { ...wanted.settings, definitionRef: { id: "other" } } },
      { ...found, settings: { ...wanted.settings, inputs: { ...inputs, urlSuffix: "x" } } },
      { ...found, settings: { ...wanted.settings, inputs: { ...inputs, successCriteria: 7 } } },
    ];
    assert.deepEqual(
      others.map(readAsked),
      others.map(() => undefined),
    );
  });

  it("is the same however the service spells it", () => {
    const spelt = {
      ...{ authorization: "Bearer $(system.AccessToken)", "content-type": "application/json" },
    };
    const asKept: FoundCheck = {
      ...found,
      settings: {
        ...wanted.settings,
        displayName: "ours",
        inputs: {
          ...inputs,
          ...{ headers: JSON.stringify(spelt, null, 2), waitForCompletion: false },
          body: undefined,
        },
      },
    };
    assert.deepEqual(compareCheck(asKept, wanted), []);
  });

  it("differs by what would let another thing pass, or is switched off", () => {
    const loose: FoundCheck = {
      ...found,
      ...{ isDisabled: true, timeout: 10 },
      settings: { ...wanted.settings, inputs: { ...inputs, successCriteria: "true" } },
    };
    assert.deepEqual(
      compareCheck(loose, wanted).map(({ setting }) => setting),
      ["successCriteria", "timeout", "disabled"],
    );
  });

  it("keeps what somebody has set beside it when it is mended", () => {
    const named = { ...wanted.settings, displayName: "ours", linkedVariableGroup: "g" };
    const mended = mendedSettings({ ...found, settings: { ...named, retryInterval: 9 } }, wanted);
    assert.deepEqual([mended.displayName, mended.linkedVariableGroup], ["ours", "g"]);
    assert.equal(mended.retryInterval, 5);
  });

  it("goes through no connection of that name which leads elsewhere", () => {
    const organisationUrl = "https://dev.azure.com/fabrikam";
    const own = { id: "1", name: "Fluxgate-Azure-DevOps", url: "https://evil.example/" };
    const choose = (url: string, chosen = "") =>
      chooseConnection([{ ...own, url }], { organisationUrl, chosen }).state;
    assert.equal(choose("https://evil.example/"), "unfit");
    assert.equal(choose("https://dev.azure.com/Fabrikam"), "there");
    assert.equal(choose("https://dev.azure.com/fabrikam2/"), "unfit");
    assert.equal(choose(organisationUrl, "2"), "unfit");
    assert.equal(chooseConnection([], { organisationUrl, chosen: "" }).state, "absent");
  });
});
