import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { demandApproved } from "../../../rendering/artefact/demand-approved.ts";
import { readArtefact } from "../../../rendering/artefact/read-artefact.ts";
import { sealImages } from "../../../rendering/artefact/seal-images.ts";
import { rootAt } from "../../../rendering/inputs/contained-files.ts";
import { readDelivery } from "../../../rendering/inputs/read-inputs.ts";
import { run } from "../../../tasks/PackDelivery/run.ts";
import { judgeEnvironments } from "../../../tasks/RenderManifests/approved-environments.ts";

const delivery = `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
artefact: ["scripts/*.sh"]
apps: [{ name: api, render: [{ copy: { path: deploy } }] }]
environments:
  - name: dev
    config: { from: configuration, variables: { REPLICAS: integer }, files: ["\${environment}.yaml"] }
  - name: prod
    config: { from: configuration, branch: prod, files: [prod.yaml] }
`;

describe("PackDelivery", () => {
  let folder: string;
  const at = (path: string) => join(folder, path);
  const git = (repository: string, ...args: readonly string[]) =>
    execFileSync(
      "git",
      ["-C", at(repository), "-c", "user.name=a", "-c", "user.email=a@b", ...args],
      {
        encoding: "utf8",
      },
    ).trim();
  function put(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    }
  }
  function commit(repository: string) {
    git(repository, "add", "-A");
    git(repository, "commit", "-q", "-m", "x");
    return git(repository, "rev-parse", "HEAD");
  }
  let head: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-pack-"));
    put({
      "code/fluxgate.yaml": delivery,
      "code/shared/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n",
      "code/scripts/test.sh": "#!/bin/sh\n",
      "code/services/api/huge": "not for CD",
      "config/dev.yaml": "a: 1\n",
      "config/prod.yaml": "a: main\n",
    });
    chmodSync(at("code/scripts/test.sh"), 0o755);
    symlinkSync("shared", at("code/deploy"));
    for (const name of ["code", "config"]) git(name, "init", "-q", "-b", "main");
    head = commit("code");
    commit("config");
    git("config", "checkout", "-q", "-b", "prod");
    put({ "config/prod.yaml": "a: branch\n" });
    commit("config");
    git("config", "checkout", "-q", "main");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const warnings: string[] = [];
  const pack = (change: { readonly commit?: string; readonly validated?: string[] } = {}) => {
    const warn = (line: string) => void warnings.push(line);
    const log = { info: () => undefined, warn, debug: () => undefined };
    return run(
      {
        deliveryFile: at("code/fluxgate.yaml"),
        configurationFolder: at("config"),
        ...{ imagesFile: undefined, outputFolder: at("out"), stageAttempt: 1 },
        ...(change.validated ? { validated: change.validated } : {}),
        source: {
          ...{ repository: "https://dev.azure.com/f/p/_git/code", name: "code", build: 5 },
          ...{ commit: change.commit ?? head, branch: "refs/heads/main" },
        },
      },
      log,
    );
  };
  const read = () => readArtefact(rootAt(at("out"), "the artefact"));
  const text = (path: string) => readFileSync(at(`out/${path}`), "utf8");

  it("holds what is rendered from, what is declared, and nothing else", async () => {
    await pack();
    const { artefact } = read() ?? {};
    assert.deepEqual(Object.keys(artefact?.files ?? {}).sort(), [
      ".fluxgate/branches/prod/prod.yaml",
      ".fluxgate/configuration/dev.yaml",
      "deploy/a.yaml",
      "fluxgate.yaml",
      "scripts/test.sh",
    ]);
    assert.equal(text(".fluxgate/executables"), "scripts/test.sh\n");
    assert.equal(artefact?.source.commit, head);
  });

  it("pins the configuration repository's commit, and each branch with its own", async () => {
    await pack();
    const found = read();
    assert.equal(found?.artefact.configuration?.commit, git("config", "rev-parse", "main"));
    assert.equal(found?.branches.get("prod")?.commit, git("config", "rev-parse", "prod"));
    assert.equal(text(".fluxgate/branches/prod/prod.yaml"), "a: branch\n");
  });

  it("says which environments CI validates, and warns of the others there and where one is rendered", async () => {
    await pack({ validated: ["dev"] });
    assert.match(warnings.pop() ?? "", /does not validate prod: CD would be the first/);
    const found = read();
    const { delivery: parsed } = await readDelivery(at("out/fluxgate.yaml"));
    assert.ok(found);
    const judge = (...wanted: readonly string[]) =>
      judgeEnvironments(found, { delivery: parsed, wanted });
    assert.deepEqual(judge("dev"), []);
    assert.match(judge()[0] ?? "", new RegExp(`^prod: CI validated dev of ${head} and not this`));
    assert.throws(() => judge("dev", "stage"), {
      code: "unknown-environment",
      message: new RegExp(`no environment "stage" in the fluxgate.yaml of ${head}, which CI`),
      hint: /Let CI approve a commit/,
    });
  });

  it("is refused when it was changed after CI", async () => {
    await pack();
    put({ "out/deploy/a.yaml": "other\n" });
    rmSync(at("out/scripts/test.sh"));
    assert.throws(read, { code: "artefact-changed", message: /deploy\/a\.yaml.*not as it was/ });
    assert.throws(read, /scripts\/test\.sh.*missing/);
  });

  it("is refused where a step laid a file beside it that a render would read, and only then", async () => {
    await pack();
    const demand = async () => {
      const found = read();
      assert.ok(found);
      const code = rootAt(at("out"), "the artefact");
      const { delivery: parsed } = await readDelivery(at("out/fluxgate.yaml"));
      await demandApproved(found, { delivery: parsed, code });
    };
    put({ "out/linux-amd64/helm": "a tool", "out/left.yaml": "a: 1\n" });
    await demand();
    put({ "out/deploy/b.yaml": "a: 1\n", "out/.fluxgate/branches/prod/more.yaml": "a: 1\n" });
    await assert.rejects(demand, {
      code: "artefact-changed",
      message: /^deploy\/b\.yaml: the file is not in the artefact of CI/,
    });
  });

  it("is refused when its image list was changed after CI confirmed it, and not before", async () => {
    await pack();
    const list = ".fluxgate/image-tags.json";
    put({ [`out/${list}`]: "{}" });
    assert.equal(read()?.imagesFile, at(`out/${list}`));
    sealImages(at(`out/${list}`));
    assert.ok(read());
    put({ [`out/${list}`]: '{ "images": [] }' });
    assert.throws(read, { code: "artefact-changed", message: /image-tags\.json.*not as it was/ });
    rmSync(at(`out/${list}`));
    assert.throws(read, /image-tags\.json.*missing/);
  });

  it("is no artefact where it lies in a checkout: a record that somebody committed is none", async () => {
    await pack();
    mkdirSync(at("out/.git"));
    assert.equal(read(), undefined);
  });

  it("refuses another commit than the run's, and a folder that is not empty", async () => {
    await assert.rejects(pack({ commit: "0".repeat(40) }), { code: "not-this-commit" });
    assert.ok(!existsSync(at("out")));
    put({ "out/left": "" });
    await assert.rejects(pack(), /the folder is not empty/);
  });

  it("names a pattern that means nothing", async () => {
    put({ "code/fluxgate.yaml": delivery.replace("scripts/*.sh", "tests/**") });
    head = commit("code");
    await assert.rejects(pack(), /artefact: the commit holds nothing like tests\/\*\*/);
  });
});
