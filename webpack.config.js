// One configuration for each built part; `scripts/build.ts` chooses among them by name.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import esbuildLoader from "esbuild-loader";
import { LicenseWebpackPlugin } from "license-webpack-plugin";
import MiniCss from "mini-css-extract-plugin";
import webpack from "webpack";

const { EsbuildPlugin } = esbuildLoader;
const at = (...parts) => path.join(import.meta.dirname, ...parts);

const typescript = (target) => ({
  test: /\.tsx?$/,
  exclude: /node_modules/,
  loader: "esbuild-loader",
  options: { target, tsconfig: at("tsconfig.json") },
});
// Lets webpack drop what is imported and not used; the packages do not say so themselves.
const pure = (name) => ({
  test: /\.m?js$/,
  include: at("node_modules", name),
  sideEffects: false,
});
const sass = {
  loader: "sass-loader",
  options: {
    api: "modern-compiler",
    sassOptions: { quietDeps: true, silenceDeprecations: ["import"] },
  },
};
const common = {
  context: at(),
  mode: "production",
  devtool: false,
  performance: { hints: false },
  resolve: { extensions: [".tsx", ".ts", ".js"] },
  stats: "errors-warnings",
};

/** Adds files to the output as they are: `{ <path in the output>: <path of the source> }`. */
const emit = (files) => ({
  apply: (compiler) =>
    compiler.hooks.thisCompilation.tap("emit", (compilation) =>
      compilation.hooks.processAssets.tap(
        { name: "emit", stage: compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL },
        () => {
          for (const [to, from] of Object.entries(files)) {
            const content = typeof from === "string" ? readFileSync(at(from)) : from;
            compilation.emitAsset(to, new compiler.webpack.sources.RawSource(content));
          }
        },
      ),
    ),
});

// The licence of everything that a bundle holds travels with it.
const licences = (outputFilename) =>
  new LicenseWebpackPlugin({
    outputFilename,
    perChunkOutput: outputFilename.includes("[name]"),
    skipChildCompilers: true,
    // Two packages name a licence and bring no text; that stands in the file.
    stats: { warnings: false },
    handleMissingLicenseText: (name, type) => `${name} names ${type} and brings no text.`,
    unacceptableLicenseTest: (type) => /\bA?GPL|SSPL|BUSL|UNLICENSED/i.test(type ?? ""),
    handleUnacceptableLicense: (name, type) => {
      throw new Error(`Failed to bundle ${name}: its licence is ${type}, which may not travel.`);
    },
  });

const web = ({ name, entry, files }) => ({
  ...common,
  name,
  target: ["web", "es2022"],
  entry,
  output: {
    path: at("dist", name),
    filename: "[name].js",
    chunkFilename: "[name].[contenthash:8].js",
    assetModuleFilename: "assets/[name][ext]",
    publicPath: "auto",
    // Flux' own code beside the hub: scripts/kube/ensure-kube.ts.
    clean: { keep: /^kube\// },
  },
  module: {
    rules: [
      typescript("es2022"),
      pure("azure-devops-ui"),
      { test: /\.css$/, use: [MiniCss.loader, "css-loader"], sideEffects: true },
      { test: /\.scss$/, use: [MiniCss.loader, "css-loader", sass], sideEffects: true },
      { test: /\.(woff2?|ttf)$/, type: "asset/resource" },
    ],
  },
  plugins: [
    new MiniCss({ filename: "[name].css", ignoreOrder: true }),
    emit(files),
    licences("third-party-licences.txt"),
  ],
  optimization: {
    splitChunks: { chunks: "async" },
    minimizer: [new EsbuildPlugin({ target: "es2022", css: true })],
  },
});

// The hub's pages are what vss-extension.json contributes: `hub/<page>.html` is hub/<page>/main.tsx.
const { contributions, publisher, id } = JSON.parse(readFileSync(at("vss-extension.json"), "utf8"));
const pages = contributions.flatMap(({ properties: { name, uri = "" } }) => {
  const page = /^hub\/([a-z-]+)\.html$/.exec(uri)?.[1];
  return page === undefined ? [] : [{ page, title: name }];
});
const extension = { publisher, name: id };
const pageHtml = (page, title) =>
  readFileSync(at("hub/page.html"), "utf8")
    .replaceAll("{{page}}", page)
    .replaceAll("{{title}}", title);

// Names are kept: they stand in stack traces and in the names of error classes.
const minimizer = [new EsbuildPlugin({ target: "node20", keepNames: true })];

const tasks = readdirSync(at("tasks")).filter((name) => existsSync(at("tasks", name, "task.json")));
const onAgent = tasks.filter((name) => existsSync(at("tasks", name, "main.ts")));

const moduleFile = ({ name, entry, file, plugins = [] }) => ({
  ...common,
  name,
  target: "node20",
  entry: { [file]: entry },
  experiments: { outputModule: true },
  output: {
    path: at("dist", name),
    filename: "[name].mjs",
    module: true,
    chunkFormat: "module",
    clean: true,
  },
  // Optional native parts of `ws`.
  resolve: { ...common.resolve, alias: { bufferutil: false, "utf-8-validate": false } },
  module: { rules: [typescript("node20"), pure("@kubernetes/client-node")] },
  plugins: [...plugins, licences("third-party-licences.txt")],
  optimization: { minimizer, splitChunks: false },
});

export default [
  web({
    name: "hub",
    entry: Object.fromEntries(pages.map(({ page }) => [page, `./hub/${page}/main.tsx`])),
    files: Object.fromEntries(
      pages.map(({ page, title }) => [`${page}.html`, Buffer.from(pageHtml(page, title))]),
    ),
  }),
  web({
    name: "portal",
    entry: { portal: "./sandbox/portal/portal.tsx" },
    files: { "portal.html": "sandbox/portal/portal.html" },
  }),
  {
    ...common,
    name: "tasks",
    target: "node20",
    entry: Object.fromEntries(onAgent.map((name) => [`${name}/index`, `./tasks/${name}/main.ts`])),
    output: { path: at("dist/tasks"), filename: "[name].js", clean: true },
    module: {
      rules: [typescript("node20")],
      parser: { javascript: { exprContextCritical: false } },
    },
    plugins: [
      licences("[name].licences.txt"),
      emit({
        ...Object.fromEntries(
          tasks.flatMap((name) => [
            [`${name}/task.json`, `tasks/${name}/task.json`],
            [`${name}/icon.png`, "images/task.png"],
          ]),
        ),
        ...Object.fromEntries(
          onAgent.flatMap((name) => [
            [`${name}/lib.json`, "node_modules/azure-pipelines-task-lib/lib.json"],
            // Of which copy the task is; `npm run package` may write another.
            [`${name}/extension.json`, Buffer.from(JSON.stringify(extension))],
          ]),
        ),
        // The bundles are CommonJS, and the package above them is not.
        "package.json": Buffer.from('{ "type": "commonjs" }\n'),
      }),
    ],
    optimization: { minimizer },
  },
  moduleFile({ name: "connector", entry: "./connector/main.ts", file: "main" }),
  moduleFile({
    ...{ name: "cli", entry: "./cli/main.ts", file: "fluxgate" },
    // What `npm link` puts on the PATH is this very file.
    plugins: [
      new webpack.BannerPlugin({
        ...{ banner: "#!/usr/bin/env node", raw: true, test: /^fluxgate\.mjs$/ },
      }),
    ],
  }),
];
