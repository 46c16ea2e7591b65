import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import webpack from "webpack";

/** Bundles the page as an extension of its own; the path of its manifest. */
export async function buildPage(directory: string): Promise<string> {
  await new Promise<void>((done, fail) => {
    webpack(
      {
        mode: "development",
        devtool: false,
        target: ["web", "es2022"],
        entry: resolve(import.meta.dirname, "page.ts"),
        output: { path: join(directory, "page"), filename: "page.js" },
        module: { rules: [{ test: /\.ts$/, loader: "esbuild-loader" }] },
        resolve: { extensions: [".ts", ".js"] },
      },
      (error, stats) => {
        if (error) fail(error);
        else if (stats?.hasErrors()) fail(new Error(stats.toString("errors-only")));
        else done();
      },
    );
  });
  writeFileSync(
    join(directory, "page/page.html"),
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><body><script src="page.js"></script></body></html>\n',
  );
  const manifest = join(directory, "vss-extension.json");
  const contribution = {
    id: "calls",
    type: "ms.vss-web.hub",
    targets: ["ms.vss-code-web.code-hub-group"],
    properties: { name: "Calls", uri: "page/page.html" },
  };
  writeFileSync(
    manifest,
    JSON.stringify({
      ...{ manifestVersion: 1, publisher: "vendor", id: "page", version: "1.0.0", name: "Page" },
      files: [{ path: "page", addressable: true }],
      contributions: [contribution],
    }),
  );
  return manifest;
}
