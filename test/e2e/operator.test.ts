import assert from "node:assert/strict";
import type { Browser, Frame, Page } from "playwright-core";
import { axeProblems, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { clientOf } from "../support/sandbox.ts";
import type { HubWorld } from "./hub-world.ts";
import { staging, threeEnvironments, write } from "./operator-world.ts";
import { useHub } from "./use-hub.ts";

const text = async (frame: Frame, selector = "body") =>
  (await frame.innerText(selector)).replaceAll(/\s+/g, " ");

describe("an operator in the hub", function () {
  this.timeout(180_000);
  let browser: Browser;
  let world: HubWorld;
  let commit: string;

  useHub(async (...opened) => {
    [browser, world] = opened;
    commit = (await threeEnvironments(world)).staging;
  });

  const open = (hash: string, viewer = {}) =>
    openExtensionPage(browser, `${world.environmentsUrl}#${hash}`, viewer);
  const pages = [
    "view=environments",
    "environment=staging&view=environments",
    "environment=staging&app=shop%2Fapi&view=environments",
    "view=trace&of=1.5.0",
    "view=compare&left=staging&right=prod",
    "view=compare&left=staging&right=staging",
  ];
  const headings = [
    "h1:text-is('Environments')",
    "h1:text-is('staging')",
    "h1:text-is('shop/api in staging')",
    "text=/found, newest first|No way of/",
    "section[aria-label=Differences]",
    "h2:text-is('History of staging')",
  ];
  const settled = (frame: Frame) =>
    frame.waitForFunction("document.querySelectorAll('.fg-skeleton').length === 0");

  it("sees the cause, pods, images of others, drift and what git is not all of", async () => {
    const { frame, complaints } = await open(pages[1] ?? "");
    await frame.waitForSelector("text=Root cause");
    const seen = await text(frame);
    assert.match(seen, /api-7d9-x Pending 0 of 2 ready 0 restarts ImagePullBackOff/);
    assert.match(seen, /api-5c1-y Running 2 of 2 ready 1 restart nothing reported/);
    assert.match(seen, /envoy 1\.31/);
    assert.match(seen, /changed by others/);
    await frame.click("text=What applied what");
    const tree = await text(frame, ".fg-tree");
    assert.match(
      tree,
      /GitRepository flux-system\/manifests .*Kustomization flux-system\/shop .*Deployment shop\/api/,
    );
    assert.match(tree, /Git is not all of it: postBuild/);
    assert.deepEqual(complaints, []);
  });

  it("finds Azure DevOps' own view of the cluster, where somebody set it up", async () => {
    const none = await open(pages[1] ?? "");
    await none.frame.waitForSelector("text=Root cause");
    assert.equal(await none.frame.locator("text=Kubernetes resources in Azure DevOps").count(), 0);
    const admin = clientOf(world.sandbox, "admin");
    const send = async (path: string, json: unknown) => {
      const url = `${world.sandbox.organisationUrl}/shop/_apis/${path}?api-version=7.1-preview.1`;
      return (await admin.http({ method: "POST", url, json })).json<{ readonly id: string }>();
    };
    const { id } = await send("serviceendpoint/endpoints", {
      ...{ name: "weu", type: "kubernetes", url: "https://weu.example" },
      data: { authorizationType: "Kubeconfig" },
      authorization: { scheme: "Kubernetes", parameters: { kubeconfig: "{}" } },
    });
    const environment = await send("distributedtask/environments", { name: "shop-staging" });
    const at = `distributedtask/environments/${environment.id}/providers/kubernetes`;
    const resource = await send(at, {
      ...{ name: "shop", namespace: "shop", clusterName: "weu", serviceEndpointId: id },
    });
    const { frame, complaints } = await open(pages[1] ?? "");
    const link = frame.locator("p:has-text('Kubernetes resources in Azure DevOps') a");
    assert.match(
      (await link.getAttribute("href")) ?? "",
      new RegExp(`/shop/_environments/${environment.id}/providers/kubernetes/${resource.id}$`),
    );
    assert.deepEqual(await axeProblems(frame), []);
    assert.deepEqual(complaints, []);
  });

  it("comes from an application to its manifests, without the values of secrets", async () => {
    const { frame } = await open(pages[2] ?? "");
    const file = frame.locator("button[aria-label*='_secret_api']");
    await file.click();
    await frame.waitForSelector("pre:has-text('kind: Secret')");
    assert.doesNotMatch(await text(frame), /hunter2/);
    await frame.waitForSelector("text=Deployment shop/api");
  });

  it("goes back with the browser's own button, and finds every place again by its address", async () => {
    const { page, frame } = await openExtensionPage(browser, world.environmentsUrl);
    await frame.waitForSelector("table");
    await frame.click("button:has-text('staging')");
    await frame.waitForSelector("h1:text-is('staging')");
    await page.goBack();
    await frame.waitForSelector("h1:text-is('Environments')");
    await page.goForward();
    await frame.waitForSelector("h1:text-is('staging')");
  });

  it("is told that an environment or application does not exist", async () => {
    const { frame } = await open("environment=prodd&view=environments");
    await frame.waitForSelector("text=There is no environment called “prodd”");
    const other = await open("environment=prod&app=nothing&view=environments");
    await other.frame.waitForSelector("text=There is no application of prod called “nothing”");
  });

  it("searches and filters, and the address keeps it", async () => {
    const { page, frame } = await open(pages[0] ?? "");
    await frame.waitForSelector("table");
    // Keys go to the frame once it has the focus.
    await frame.click("h1");
    await page.keyboard.press("/");
    await page.keyboard.type("controller");
    await frame.waitForFunction("document.querySelectorAll('tbody tr').length === 1");
    assert.match(await text(frame, "tbody"), /Kustomization flux-system\/ingress/);
    // The address follows the page: the host hears of it after the rows have changed.
    await page.waitForURL(/q=controller/);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("no such thing");
    await frame.waitForSelector("text=None of 2 applications fits the filter");
    await frame.click("text=Show all");
    await frame.waitForFunction("document.querySelectorAll('tbody tr').length === 2");
  });

  it("opens the help with ? and closes it with Escape", async () => {
    const { page, frame } = await open(pages[0] ?? "");
    await frame.waitForSelector("table");
    await frame.click("h1");
    await page.keyboard.press("?");
    await frame.waitForSelector(".fg-help >> text=last healthy");
    await page.keyboard.press("Escape");
    await frame.waitForFunction("document.querySelector('.fg-help') === null");
  });

  it("traces an image to the pull request that waits, with work and waiting told apart", async () => {
    const { id, build } = await world.openRun({ environment: "prod", writes: write("prod") });
    for (const of of [`!${id}`, `run ${build}`, "api:1.5.0", "1.5.0"]) {
      const { frame } = await open(`view=trace&of=${encodeURIComponent(of)}`);
      await frame.waitForSelector("h2:has-text('shop to prod')");
      const hops = await text(frame, ".fg-hops");
      assert.match(hops, new RegExp(`Pull request !${id} opened`));
      assert.match(hops, /Merge waits for a review waits for/);
    }
    const near = await open("environment=prod&view=environments");
    await near.frame.waitForSelector(`ul[aria-label='What waits here'] >> text=!${id} to review`);
    const none = await open("view=trace&of=%239999");
    await none.frame.waitForSelector("text=No way of “#9999” was found");
  });

  it("compares environments, leaves expected differences out and counts them", async () => {
    const rule = {
      kind: "Deployment",
      path: "spec.template.spec.containers[*].image",
      reason: "promoted later",
    };
    await world.push({
      branch: "main",
      message: "Expect",
      writes: { ".fluxgate/expected-differences.json": JSON.stringify({ expected: [rule] }) },
    });
    const { frame } = await open(pages[4] ?? "");
    await frame.waitForSelector("text=expected differences left out");
    const seen = await text(frame);
    assert.match(seen, /From staging now to prod now/);
    assert.match(seen, /2 expected differences left out/);
    assert.match(seen, /promoted later/);
    await frame.click("text=show them");
    await frame.waitForSelector("text=2 expected differences shown");
  });

  it("sees in the history what going back would change", async () => {
    const { page, frame } = await open(pages[5] ?? "");
    await frame.waitForSelector("h2:has-text('History of staging')");
    await frame.locator("button[aria-label^='What going back']").last().click();
    await frame.waitForSelector("text=/1.4.0/");
    await page.waitForURL(/rightAt=[0-9a-f]{40}/);
    assert.notEqual(commit, "");
    // Any two moments, in either order.
    await frame.locator("button[aria-label^='From here']").last().click();
    await frame.waitForSelector("text=/From staging [0-9a-f]{8} to staging now/");
    await frame.locator("button[aria-label^='To here']").first().click();
    await frame.waitForSelector("text=/From staging [0-9a-f]{8} to staging [0-9a-f]{8}/");
  });

  it("takes a whole folder back, holds what is in it, and finds the same pull request again", async () => {
    const at = await open(`${pages[5] ?? ""}&back=*`);
    await at.frame.locator("button[aria-label^='What going back']").last().click();
    const openIt = async (frame: Frame) => {
      await frame.waitForSelector("text=From staging now to");
      await frame.click("text=Open the pull request that takes staging back");
      const link = await frame.waitForSelector("text=/takes staging back: review it/");
      return Number(/!(\d+)/.exec((await link.textContent()) ?? "")?.[1]);
    };
    const id = await openIt(at.frame);
    const again = await openExtensionPage(browser, at.page.url());
    assert.equal(await openIt(again.frame), id);
    const { description, title } = await world.pullRequest(id);
    assert.match(title ?? "", /Take staging back to/);
    assert.match(description ?? "", /Held at it until .*: `staging\/\.fluxgate\/shop\.hold\.json`/);
  });

  it("has nothing that axe finds on any page, in each theme, whose colours the browser's own ticks have", async () => {
    for (const theme of ["light", "dark", "high-contrast"] as const) {
      // One page for all: what the address says is shown, without a new start.
      const { page, frame, complaints } = await open(pages[0] ?? "", { theme });
      const scheme = await frame.evaluate(() => document.documentElement.style.colorScheme);
      assert.equal(scheme, theme === "light" ? "light" : "dark");
      for (const hash of pages) {
        await page.evaluate((to) => location.replace(`#${to}`), hash);
        await frame.waitForSelector(headings[pages.indexOf(hash)] ?? "h1");
        await settled(frame);
        assert.deepEqual(await axeProblems(frame), [], `${hash} in ${theme}`);
      }
      // The browser tells of every 404: the fixture's run and code commit are not there.
      const own = complaints.filter((text) => !/status of 404/.test(text));
      assert.deepEqual(own, [], theme);
    }
  });

  it("finds the page there when a tab that was hidden while it loaded is looked at", async () => {
    const page = await browser.newPage();
    // A browser without windows hides no tab: it is told so.
    const content = `let hidden = window !== top;
      Object.defineProperty(Document.prototype, "hidden", { get: () => hidden });
      window.show = () => {
        hidden = false;
        document.dispatchEvent(new Event("visibilitychange"));
      };`;
    await page.addInitScript({ content });
    await page.goto(`${world.environmentsUrl}#${pages[1] ?? ""}`);
    const element = await page.waitForSelector("iframe.portal-frame");
    const frame = (await element.contentFrame()) ?? assert.fail("there is no frame");
    await frame.waitForSelector(".fg-skeleton");
    assert.equal(await frame.locator("h1:has-text('staging')").count(), 0);
    await frame.evaluate("window.show()");
    await frame.waitForSelector("h1:has-text('staging')");
    await frame.waitForSelector("text=Root cause");
  });

  it("scrolls nothing sideways at 400 px, whatever stands in the texts", async () => {
    const long = `<img src=x onerror=alert(1)>${"x".repeat(400)}`;
    const { workloads } = staging();
    await world.observe(
      staging({
        workloads: workloads.map((one) => ({ ...one, cause: long, images: [long], name: long })),
        gaps: [long],
      }),
    );
    for (const hash of pages) {
      const { page, frame } = await open(hash);
      await narrow(page, frame);
      await settled(frame);
      const wide = await frame.evaluate("document.documentElement.scrollWidth - window.innerWidth");
      assert.equal(wide, 0, hash);
    }
  });
});

// The frame alone at 400 px, as an organisation's page on a phone gives it.
async function narrow(page: Page, frame: Frame): Promise<void> {
  await page.setViewportSize({ width: 400, height: 900 });
  await page.addStyleTag({
    content: `iframe.portal-frame { position: fixed !important; inset: 0 !important;
      width: 400px !important; height: 900px !important; }`,
  });
  await frame.waitForFunction("window.innerWidth === 400");
}
