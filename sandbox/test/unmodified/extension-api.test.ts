import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { createSandbox, type Sandbox } from "../../azure-devops/create-sandbox.ts";
import { createPipelines } from "../../pipelines/create-pipelines.ts";
import { portalPages } from "../../portal/serve-pages.ts";
import { openBrowser, openExtensionPage } from "../portal/browser.ts";
import { ci } from "../pipelines/pipelines-harness.ts";
import { buildPage } from "./extension/build-page.ts";

describe("the vendor's SDK and clients for the browser", () => {
  let directory: string;
  let sandbox: Sandbox;
  let browser: Browser | undefined;
  before(async function () {
    browser = await openBrowser();
    if (browser === undefined) this.skip();
    directory = mkdtempSync(join(tmpdir(), "fluxgate-page-"));
    const manifestFile = await buildPage(directory);
    sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        projects: [
          {
            name: "shop",
            repositories: [
              {
                name: "shop",
                files: {
                  "README.md": "shop\n",
                  "ci.yml": "trigger: none\nsteps: [{ bash: echo }]\n",
                },
              },
            ],
          },
        ],
      },
      parts: [
        createPipelines({
          seed: {
            definitions: [{ ...ci, repository: "shop" }],
            variableGroups: [{ name: "g", variables: { A: "1" } }],
          },
          extensionDirectory: ".",
        }),
      ],
      pages: portalPages({
        portalDirectory: "dist/portal",
        manifestFile,
        organisation: "fabrikam",
      }),
    });
  });
  after(async () => {
    await browser?.close();
    await sandbox?.close();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  it("get from every area what they ask for, in the forms that they ask for", async () => {
    assert.ok(browser);
    const url = `${sandbox.organisationUrl}/shop/_apps/hub/vendor.page.calls`;
    const { frame } = await openExtensionPage(browser, url, { identity: "developer" });
    const results: unknown = JSON.parse((await frame.textContent("h1")) ?? "");
    assert.deepEqual(results, {
      projects: ["shop"],
      repositories: ["shop"],
      branches: ["main"],
      refs: ["refs/heads/main"],
      commits: { comment: "Begin shop", date: true },
      items: ["/", "/README.md", "/ci.yml"],
      text: "shop\n",
      push: "From the browser",
      pullRequest: {
        ...{ status: 1, created: true, iterations: 1, changes: [1], comment: "Looks good" },
        ...{ vote: 10, listed: 1, title: "Edited" },
      },
      statuses: { state: 2, created: true },
      builds: { reason: 1, queued: true, found: true },
      variableGroups: ["g"],
      environments: 0,
      policies: 0,
      document: { value: 1, etag: "number" },
    });
    assert.deepEqual(sandbox.unhandled(), []);
  });
});
