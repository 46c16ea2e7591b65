import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { readFile } from "../../clients/azure-devops/items.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { runUrl } from "../../core/azure-devops/urls.ts";
import { ruleLists } from "../../core/team-rules/team-rule.ts";
import { axeProblems, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { clientOf } from "../support/sandbox.ts";
import type { HubWorld } from "./hub-world.ts";
import { staging, write } from "./operator-world.ts";
import { useHub } from "./use-hub.ts";

describe("what became of a run, and the settings of a project", function () {
  this.timeout(120_000);
  let browser: Browser;
  let world: HubWorld;

  useHub((...opened) => {
    [browser, world] = opened;
  });

  it("are told in a tab of a run that waits for Flux", async () => {
    const { id, build } = await world.openRun({ environment: "prod", writes: write("prod") });
    const { organisationUrl } = world.sandbox;
    const tabOf = (run: number) =>
      `${runUrl({ organisationUrl, project: "shop", build: run })}&view=fluxgate.fluxgate.run`;
    const { frame } = await openExtensionPage(browser, tabOf(build));
    await frame.waitForSelector("h2:has-text('shop to prod')");
    await frame.waitForSelector(`text=!${id} opened`);
    assert.deepEqual(await axeProblems(frame), []);
    // A run that waits for something that no run has made.
    const commit = await world.headOfMain();
    const queued = await clientOf(world.sandbox, "developer").http({
      method: "POST",
      url: `${organisationUrl}/shop/_apis/build/builds?api-version=7.1`,
      json: { definition: { id: 1 }, templateParameters: { commit, environment: "dev" } },
    });
    const none = await openExtensionPage(browser, tabOf(queued.json<{ id: number }>().id));
    await none.frame.waitForSelector("text=This run has opened no manifests pull request");
  });

  const settingsUrl = () => world.environmentsUrl.replace(/environments$/, "settings");
  const noise = {
    kind: "ConfigMap",
    path: 'metadata.annotations["shop/owner"]',
    reason: "a robot writes it",
  };

  it("are repositories, environments and rules, each with who set it and where it is changed", async () => {
    const rules = {
      expected: [{ path: "spec.replicas", reason: "prod runs more" }, { path: "x" }],
    };
    const commit = await world.push({
      branch: "main",
      message: "Expect",
      writes: { [ruleLists.expected.file]: JSON.stringify(rules) },
    });
    await world.observe(staging());
    const { frame, complaints } = await openExtensionPage(browser, settingsUrl());
    await frame.waitForSelector("h2:has-text('shop-manifests')");
    const seen = (await frame.innerText("body")).replaceAll(/\s+/g, " ");
    assert.doesNotMatch(seen, /ownership index/);
    assert.match(seen, /staging in staging: weu seen just now/);
    assert.match(seen, /prod in prod: no report of a cluster/);
    assert.match(seen, /has 1 rule;/);
    assert.match(seen, /spec\.replicas of any object: prod runs more set by Ada Admin just now/);
    assert.ok(seen.includes(commit.slice(0, 8)));
    assert.match(seen, /rule 2 has no reason/);
    assert.match(seen, /The branch has no \.fluxgate\/noise-rules\.json/);
    assert.deepEqual(await axeProblems(frame), []);
    assert.deepEqual(complaints, []);
  });

  it("take a new rule by pull request, with the keyboard alone, and refuse one without a reason", async () => {
    const { page, frame } = await openExtensionPage(browser, settingsUrl(), { identity: "admin" });
    await frame.locator("summary:has-text('Propose a rule')").focus();
    const { keyboard } = page;
    await keyboard.press("Enter");
    for (const value of ["", noise.path, noise.kind, "", ""]) {
      await keyboard.press("Tab");
      if (value !== "") await keyboard.type(value);
    }
    await frame.waitForSelector("text=The rule has no reason.");
    await keyboard.press("Tab");
    await keyboard.type(noise.reason);
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await frame.waitForSelector("text=/!\\d+ proposes it/");
    const link = await frame.evaluate("document.activeElement?.textContent");
    const id = Number(/^!(\d+) proposes it$/.exec(String(link))?.[1]);
    const { sourceRefName, description } = await world.pullRequest(id);
    assert.match(description ?? "", /a robot writes it/);
    const refs = await listRefs(world.connector, {
      ...{ repo: world.repo, filter: sourceRefName.replace("refs/", "") },
    });
    const at = { repo: world.repo, commit: refs[0]?.objectId ?? "", path: ruleLists.noise.file };
    assert.deepEqual(JSON.parse((await readFile(world.connector, at)) ?? ""), { noise: [noise] });
  });

  it("fold in a review what a rule of the target names, counted with its reason", async () => {
    const config = (owner: string) => ({
      "dev/c.yaml": `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: shop, annotations: { shop/owner: ${owner} } }\n`,
    });
    const text = JSON.stringify({ noise: [noise] });
    const writes = { ...config("a"), [ruleLists.noise.file]: text };
    await world.push({ branch: "main", message: "Rules", writes });
    // What a change brings itself folds nothing of it.
    const greedy = JSON.stringify({ noise: [{ path: "data.*", reason: "nothing to see" }] });
    const { id } = await world.openRun({
      environment: "dev",
      writes: { ...config("b"), [ruleLists.noise.file]: greedy },
    });
    const { frame, complaints } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=1 object with minor edits only");
    const seen = (await frame.innerText("body")).replaceAll(/\s+/g, " ");
    assert.match(seen, /1 edit minor by 1 rule of the team, none of an object with a risk/);
    assert.match(
      seen,
      /1 of metadata\.annotations\["shop\/owner"\] of ConfigMap: a robot writes it/,
    );
    await frame.click("text=Show them");
    await frame.click("li.fg-object button");
    await frame.waitForSelector("text=1 edit minor: 1 by a rule of the team");
    assert.deepEqual(await axeProblems(frame), []);
    assert.deepEqual(complaints, []);
  });

  it("say what may not be read, and show the rest", async () => {
    const text = JSON.stringify({
      expected: [{ path: "spec.replicas", reason: "prod runs more" }],
    });
    const writes = { [ruleLists.expected.file]: text };
    await world.push({ branch: "main", message: "Expect", writes });
    await world.observe(staging());
    const { page } = await openExtensionPage(browser, settingsUrl());
    const forbid = async (path: RegExp) => {
      const message = "TF401027: You need the Git 'GenericRead' permission";
      await page.route(path, (route) => route.fulfill({ status: 403, json: { message } }));
      await page.reload();
      return page.frameLocator("iframe.portal-frame");
    };
    const parts = await forbid(/items\?path=%2F\.fluxgate/);
    await parts.locator("text=/could not be read, so no rule of it counts here/").first().waitFor();
    await parts.locator("text=/You are not allowed to read this: You need/").first().waitFor();
    await parts.locator("text=/prod in prod/").waitFor();
    const reader = await openExtensionPage(browser, settingsUrl(), { identity: "reader" });
    await reader.frame.waitForSelector(
      "text=You may not propose it: you lack Contribute, Create branch on shop-manifests.",
    );
    assert.equal(await reader.frame.locator("summary:has-text('Propose a rule')").count(), 0);
    const none = await forbid(/_apis\/git\/pullrequests/);
    await none.locator("text=/Pull requests could not be read, and are not shown here/").waitFor();
  });
});
