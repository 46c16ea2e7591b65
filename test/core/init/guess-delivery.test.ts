import assert from "node:assert/strict";
import { parseDelivery } from "../../../core/delivery/parse-delivery.ts";
import { deliveryText } from "../../../core/init/delivery-text.ts";
import { guessDelivery } from "../../../core/init/guess-delivery.ts";

describe("what fluxgate init guesses", () => {
  const guess = (files: Readonly<Record<string, string>>, environments?: readonly string[]) =>
    guessDelivery(
      Object.entries(files).map(([path, text]) => ({ path, text })),
      { name: "Shop.Backend", ...(environments ? { environments } : {}) },
    );
  const deployment = (image: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          image: ${image}\n`;
  const apps = (files: Readonly<Record<string, string>>) =>
    (guess(files)?.delivery.apps ?? []).map(({ name, render }) => [name, ...render]);
  const names = (files: Readonly<Record<string, string>>) =>
    guess(files)?.delivery.environments.map(({ name }) => name);

  it("is a file that the parser takes, whatever was found", () => {
    const found = guess({
      "charts/api/Chart.yaml": "name: api\n",
      "charts/api/values.yaml": "image:\n  repository: r.fabrikam.com/api\n  tag: '1'\n",
      "deploy/web/overlays/dev/kustomization.yaml": "resources: [../../base]\n",
      "deploy/web/base/kustomization.yaml": "resources: [a.yaml]\n",
      "deploy/web/base/a.yaml": deployment("r.fabrikam.com/web:1"),
      "k8s/a.yaml": deployment("r.fabrikam.com/worker:#{tag}#"),
      "services/api/Dockerfile": "",
      "env/prod.jsonnet": "std.extVar('HOST')",
    });
    assert.ok(found);
    const text = deliveryText(found.delivery, found.notes);
    assert.deepEqual(parseDelivery(text, "fluxgate.yaml").problems, []);
    assert.match(text, /^# Guessed by fluxgate init/m);
  });

  it("finds nothing where nothing is deployed", () => {
    assert.equal(
      guess({ "README.yaml": "a: 1\n", "docker-compose.yml": "services: {}\n" }),
      undefined,
    );
  });

  describe("of charts", () => {
    it("takes values of environments in the chart or beside it, and names those that lack", () => {
      const files = {
        "deploy/api/Chart.yaml": "name: api\n",
        "deploy/api/values.yaml": "a: 1\n",
        "deploy/api/values-prod.yaml": "a: 2\n",
        "azure-pipelines.yml": "variables:\n  - group: shop-dev\n",
      };
      const values = ["deploy/api/values-${environment}.yaml"];
      assert.deepEqual(apps(files), [
        ["api", { helm: { chart: "deploy/api", release: "api", values } }],
      ]);
      assert.deepEqual(guess(files)?.missing, ["deploy/api/values-dev.yaml"]);
      assert.deepEqual(names(files), ["dev", "prod"]);
    });

    it("says which values it did not take up", () => {
      const files = {
        "api/Chart.yaml": "name: api\n",
        "api/values.yaml": "a: 1\n",
        "api/values-staging.yaml": "a: 2\n",
        "api/values.production.yaml": "a: 3\n",
        "api/values-Prod.yaml": "a: 4\n",
      };
      const notes = guess(files)?.notes.join("\n") ?? "";
      assert.match(
        notes,
        /^chart api: api\/values\.production\.yaml is not taken up: .*values-\$/m,
      );
      assert.match(notes, /^chart api: api\/values-Prod\.yaml is not taken up/m);
      assert.doesNotMatch(notes, /values-staging\.yaml is not|values\.yaml is not/);
    });

    it("leaves out libraries and charts inside of charts, and says what is not vendored", () => {
      const files = {
        "a/Chart.yaml": "name: a\ndependencies: [{ name: redis, repository: 'https://x' }]\n",
        "a/charts/b/Chart.yaml": "name: b\n",
        "lib/Chart.yaml": "name: lib\ntype: library\n",
      };
      assert.equal(apps(files).length, 1);
      assert.match(guess(files)?.notes.join("\n") ?? "", /dependency redis is not in charts\//);
    });
  });

  describe("of kustomizations", () => {
    it("makes overlays one app, and leaves bases and components to them", () => {
      const files = {
        "web/base/kustomization.yaml": "resources: [a.yaml]\n",
        "web/base/a.yaml": deployment("x"),
        "web/overlays/dev/kustomization.yaml": "resources: [../../base/]\n",
        "web/overlays/prod-eu/kustomization.yaml":
          "resources: [../../base]\ncomponents: [../../parts/tls]\n",
        "web/parts/tls/kustomization.yaml": "kind: Component\n",
      };
      assert.deepEqual(apps(files), [
        ["web", { kustomize: { path: "web/overlays/${environment}" } }],
      ]);
      assert.deepEqual(names(files), ["dev", "prod-eu"]);
    });

    it("makes one app of folders side by side that build on one and are called for environments", () => {
      const files = {
        "web/common/kustomization.yaml": "resources: [a.yaml]\n",
        "web/common/a.yaml": deployment("x"),
        "web/eu-test/kustomization.yaml": "resources: [../common]\n",
        "web/eu-live/Kustomization": "resources: [../common]\n",
        "web/live-job/kustomization.yaml": "resources: [../job]\n",
        "web/job/kustomization.yaml": "resources: []\n",
      };
      assert.deepEqual(apps(files), [
        ["web", { kustomize: { path: "web/${environment}" } }],
        ["live-job", { kustomize: { path: "web/live-job" } }],
      ]);
      assert.deepEqual(names(files), ["eu-test", "eu-live"]);
    });

    it("fills tokens of its files in place", () => {
      const files = {
        "web/kustomization.yaml": "resources: [a.yaml]\n",
        "web/a.yaml": deployment("x") + "  replicas: #{WEB_REPLICAS}#\n",
      };
      const [[, tokens] = []] = apps(files);
      assert.deepEqual(tokens, { tokens: { path: "web", patterns: ["#{name}#"], inPlace: true } });
      assert.deepEqual(guess(files)?.delivery.config?.variables, { WEB_REPLICAS: "integer" });
    });
  });

  it("takes jsonnet that nobody imports, and its variables", () => {
    const files = {
      "api.jsonnet":
        "(import 'lib/a.libsonnet') + { h: std.extVar('HOST'), e: std.extVar('environment') }",
      "lib/a.libsonnet": "{}",
    };
    assert.deepEqual(apps(files), [["api", { jsonnet: { file: "api.jsonnet" } }]]);
    assert.deepEqual(guess(files)?.delivery.config?.variables, { HOST: "string" });
  });

  it("takes jsonnet files of one name in folders of environments for one app", () => {
    const file = "import 'github.com/x/k/main.libsonnet'";
    const files = {
      "env/dev/main.jsonnet": file,
      "env/prod-eu/main.jsonnet": file,
      "jobs/test/clean.jsonnet": "{}",
      "vendor/github.com/x/k/main.libsonnet": "{}",
    };
    const libraries = ["vendor"];
    assert.deepEqual(apps(files), [
      ["shop-backend", { jsonnet: { file: "env/${environment}/main.jsonnet", libraries } }],
      ["clean", { jsonnet: { file: "jobs/${environment}/clean.jsonnet", libraries } }],
    ]);
    assert.deepEqual(names(files), ["dev", "test", "prod-eu"]);
  });

  it("takes plain YAML by folder, and tokens by their form; a tag's token needs no value", () => {
    const files = {
      "services/web/k8s/a.yaml": deployment("r.io/web:__Build.BuildId__"),
      "services/job/k8s/a.yaml": deployment("r.io/job:1"),
      "services/job/k8s/more/b.yaml": deployment("r.io/job:1"),
    };
    assert.deepEqual(apps(files), [
      ["web", { tokens: { path: "services/web/k8s", patterns: ["__name__"] } }],
      ["job", { copy: { path: "services/job/k8s" } }],
    ]);
    assert.deepEqual(guess(files)?.delivery.config?.variables, {
      "Build.BuildId": { type: "string", default: "unset" },
    });
  });

  it("finds which images are built here, and says which Dockerfile it cannot place", () => {
    const found = guess({
      "k8s/a.yaml": deployment("r.io:5000/shop/api:1") + deployment("docker.io/redis:7"),
      "src/api/Dockerfile": "",
      "src/tool/Dockerfile": "",
    });
    assert.deepEqual(found?.delivery.images, [{ name: "r.io:5000/shop/api", context: "src/api" }]);
    assert.match(
      found?.notes.join("\n") ?? "",
      /src\/tool\/Dockerfile: no manifest names an image/,
    );
  });

  it("takes the context of an image from the pipeline that builds it, and says what is a guess", () => {
    const found = guess({
      "k8s/a.yaml": ["api", "web", "job"]
        .map((name) => deployment(`r.io/shop/${name}:1`))
        .join("---\n"),
      "build/api.Dockerfile": "",
      "src/web/docker/web.Dockerfile": "",
      "job/Dockerfile": "",
      "docker/job.txt": "",
      "azure-pipelines.yml":
        "steps:\n  - script: docker build -t r.io/shop/api -f ./build/api.Dockerfile . && docker push x\n" +
        "  - task: Docker@2\n    inputs:\n      Dockerfile: src/web/docker/web.Dockerfile\n      buildContext: src/web/\n",
    });
    assert.deepEqual(found?.delivery.images, [
      { name: "r.io/shop/api", context: ".", dockerfile: "build/api.Dockerfile" },
      { name: "r.io/shop/web", context: "src/web", dockerfile: "src/web/docker/web.Dockerfile" },
      { name: "r.io/shop/job", context: "job" },
    ]);
    assert.match(
      found.notes.join("\n"),
      /^build\/api\.Dockerfile: built with the context \. \(azure-pipelines\.yml:2\)/m,
    );
    const alone = guess({ "k8s/a.yaml": deployment("r.io/api:1"), "build/api.Dockerfile": "" });
    assert.match(alone?.notes.join("\n") ?? "", /own folder as context is a guess/);
  });

  it("takes the context wherever the command has it, and that of no other step", () => {
    const contextBy = (pipeline: string) =>
      guess({
        "k8s/a.yaml": deployment("r.io/shop/api:1"),
        "build/api.Dockerfile": "",
        "azure-pipelines.yml": `steps:\n${pipeline}`,
      })?.delivery.images?.[0]?.context;
    for (const [words, context] of [
      [". -f build/api.Dockerfile", "."],
      ["src --file=build/api.Dockerfile -t api", "src"],
      ["--no-cache src -t api --file build/api.Dockerfile", "src"],
      ["-f build/api.Dockerfile --pull src", "src"],
      ["-f build/api.Dockerfile $(context)", "build"],
      ["src", "build"],
    ] as const) {
      assert.equal(contextBy(`  - script: docker build ${words}\n`), context, words);
    }
    const task = (inputs: string) => `  - task: Docker@2\n    inputs:\n${inputs}`;
    const other = task("      dockerfile: x/Dockerfile\n      buildContext: x\n");
    const own = "      dockerfile: build/api.Dockerfile\n";
    assert.equal(contextBy(other + task(own) + other), "build");
    assert.equal(contextBy(other + task(`      buildContext: src\n\n${own}`) + other), "src");
  });

  it("says what it passed over because fluxgate.yaml cannot name it", () => {
    const notes = guess({ "k8s/a.yaml": deployment("x"), "k8s/b\n.yaml": deployment("y") })?.notes;
    assert.match(
      notes?.join("\n") ?? "",
      /passed over, since fluxgate\.yaml can name no such path/,
    );
  });

  it("reads variable groups, and what deploys today, out of pipelines", () => {
    const found = guess({
      "k8s/a.yaml": deployment("x"),
      "azure-pipelines.yml":
        "stages:\n  - stage: Deploy_Prod\n    variables:\n      - group: shop-prod\n      - group: shop-prod-secrets\n    jobs:\n      - task: KubernetesManifest@1\n",
    });
    assert.deepEqual(found?.pipelines.groups.get("prod"), ["shop-prod", "shop-prod-secrets"]);
    assert.match(
      found?.notes.join("\n") ?? "",
      /azure-pipelines.yml:7: KubernetesManifest@1 deploys/,
    );
  });

  it("gives two of one name different ones, and takes no foreign folder", () => {
    const files = {
      "a/web/k8s/x.yaml": deployment("x"),
      "b/web/k8s/x.yaml": deployment("x"),
      "node_modules/p/k8s/x.yaml": deployment("x"),
    };
    assert.deepEqual(
      apps(files).map(([name]) => name),
      ["web", "web-2"],
    );
  });

  it("reads a large text of one odd line in no time", () => {
    const odd = ["image: {", "__a_a", "#{a", "image:\n "].map((part) => part.repeat(100_000));
    assert.ok(guess({ "k8s/a.yaml": deployment("x"), "k8s/b.yaml": odd.join("\n") }));
  });

  it("gives hostile names none of their power", () => {
    const found = guess({
      "k8s/$(rm -rf)/x.yaml": deployment("x"),
      "charts/Ünïcode/Chart.yaml": "name: '--help'\n",
      "overlays/--x/kustomization.yaml": "resources: []\n",
    });
    const text = deliveryText(found!.delivery, found!.notes);
    assert.deepEqual(parseDelivery(text, "f").problems, []);
  });
});
