import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";

// The page only loads the SDK; what it asks of its host is said by the tests.
const page = `<!doctype html>
<html lang="en">
  <head><title>Trial</title></head>
  <body>
    <h1>Waiting for the host</h1>
    <script type="module">
      import * as SDK from "/_extension/sdk/SDK.js";
      globalThis.SDK = SDK;
      SDK.register("trial.host.widget", {
        preload: async () => ({ statusType: 0 }),
        load: async ({ name, size }) => {
          document.querySelector("h1").textContent = name + " " + size.columnSpan + "x" + size.rowSpan;
          return { statusType: 0 };
        },
      });
      await SDK.init({ loaded: false, applyTheme: true });
      document.querySelector("h1").textContent = "Ready: " + SDK.getContributionId();
      await SDK.notifyLoadSucceeded();
    </script>
  </body>
</html>
`;

const contribution = (
  id: string,
  type: string,
  { target, ...more }: { readonly target?: string; readonly [property: string]: unknown } = {},
) => ({
  id,
  type,
  description: id,
  targets: target === undefined ? [] : [target],
  properties: { name: `Trial ${id}`, uri: "pages/page.html", ...more },
});
const runTab = { target: "ms.vss-build-web.build-results-view" };

/** Writes an extension that has a page in every place; @returns its manifest's path. */
export function writeTrialExtension(): string {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-extension-"));
  cpSync("node_modules/azure-devops-extension-sdk/esm", join(folder, "sdk"), { recursive: true });
  mkdirSync(join(folder, "pages"));
  writeFileSync(join(folder, "pages/page.html"), page);
  const manifest = {
    ...{ manifestVersion: 1, publisher: "trial", id: "host", version: "1.0.0" },
    files: [
      { path: "sdk", addressable: true },
      { path: "pages", addressable: true },
    ],
    contributions: [
      contribution("hub", "ms.vss-web.hub", { target: "ms.vss-code-web.code-hub-group" }),
      contribution("run-tab", "ms.vss-build-web.build-results-tab", runTab),
      contribution("foreign-tab", "ms.vss-build-web.build-results-tab", {
        ...runTab,
        supportsTasks: ["00000000-0000-4000-8000-000000000000"],
      }),
      contribution("content", "ms.vss-web.external-content"),
      contribution("widget", "ms.vss-dashboards-web.widget", {
        target: "ms.vss-dashboards-web.widget-catalog",
        supportedSizes: [{ rowSpan: 1, columnSpan: 2 }],
      }),
    ],
  };
  const file = join(folder, "vss-extension.json");
  writeFileSync(file, JSON.stringify(manifest));
  return file;
}
