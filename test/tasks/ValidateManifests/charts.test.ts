import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { attachFile } from "../../../clients/azure-devops/pull-request-attachments.ts";
import type { PullRequest } from "../../../core/azure-devops/types.ts";
import { chartsFileName, writeRenderedCharts } from "../../../core/charts/rendered-charts.ts";
import { absentKube } from "../../../kube/kube.ts";
import { findRenderedCharts } from "../../../hub/data/find-rendered-charts.ts";
import { type HelmTool, openHelm } from "../../../rendering/releases/helm-tool.ts";
import { run } from "../../../tasks/ValidateManifests/run.ts";
import { startHubWorld, type HubWorld } from "../../e2e/hub-world.ts";
import { toolsOnPath } from "../../rendering/rendering-harness.ts";
import { clientOf } from "../../support/sandbox.ts";

const files = (size: number) => ({
  "charts/api/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n",
  "charts/api/templates/a.yaml":
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: made }\ndata: { size: "{{ .Values.size }}" }\n',
  "prod/helm/release.yaml": `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: api, namespace: shop }
spec:
  chart: { spec: { chart: charts/api, sourceRef: { kind: GitRepository, name: own } } }
  values: { size: ${size} }
`,
});

describe("the validation of a merge that changes a release", function () {
  this.timeout(120_000);
  let world: HubWorld;
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let helm: HelmTool | undefined;
  let folder: string;
  let pullRequest: PullRequest;
  const said: string[] = [];

  before(async () => {
    tools = await toolsOnPath();
    helm = openHelm();
    folder = mkdtempSync(join(tmpdir(), "fluxgate-merge-"));
    world = await startHubWorld();
    await world.push({ branch: "main", message: "A release", writes: files(1) });
    const { id } = await world.openRun({ environment: "prod", writes: files(2) });
    pullRequest = await world.pullRequest(id);
    await validate();
  });
  after(async () => {
    helm?.close();
    tools.restore();
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function validate() {
    const { organisationUrl } = world.sandbox;
    const url = `${organisationUrl}/shop/_git/shop-manifests`;
    const header = `http.extraHeader=Authorization: Basic ${btoa(":sandbox-build")}`;
    const git = (...args: readonly string[]) =>
      promisify(execFile)("git", ["-c", header, ...args], { cwd: folder });
    await git("init", "--quiet");
    const id = pullRequest.pullRequestId;
    await git("fetch", "--quiet", "--depth=2", url, `refs/pull/${id}/merge`);
    await git("checkout", "--quiet", "FETCH_HEAD");
    const inputs = {
      ...{ folder, comments: true, fetchCharts: false, chartCache: "", organisationUrl },
      definition: undefined,
      ...{ project: "shop", repository: "shop-manifests", build: 7, pullRequest: id },
    };
    const say = (text: string) => void said.push(text);
    const log = { info: say, warn: say, debug: say };
    const ado = clientOf(world.sandbox, "build");
    const kube = absentKube("it is not here");
    const { summary = "" } = await run(inputs, {
      ado,
      kube,
      helm,
      now: () => 0,
      date: () => 0,
      log,
    });
    said.push(summary);
  }

  const find = (id: { readonly before?: string } = {}) => {
    const [before = "", after = "", source = ""] = [
      pullRequest.lastMergeTargetCommit?.commitId,
      pullRequest.lastMergeCommit?.commitId,
      pullRequest.lastMergeSourceCommit?.commitId,
    ];

    const comparison = { ...{ source, before, after, basis: "merge" as const }, ...id };
    return findRenderedCharts(clientOf(world.sandbox, "reader"), { pullRequest, comparison });
  };

  it("says in the run's summary what its chart changes", () => {
    assert.match(said.join("\n"), /HelmRelease shop\/api: 1 object changed/, said.join("\n"));
  });

  it("attaches the objects, which the review finds for exactly these commits", async () => {
    const found = await find();
    const [release] = found?.releases ?? [];
    assert.deepEqual(
      [release?.before, release?.after].map((all) => all?.map((one) => one["data"])),
      [[{ size: "1" }], [{ size: "2" }]],
    );
    assert.equal(await find({ before: "0".repeat(40) }), undefined);
  });

  it("is believed of nobody but the build service", async () => {
    const [before = "", after = "", source = ""] = [
      pullRequest.lastMergeTargetCommit?.commitId,
      pullRequest.lastMergeCommit?.commitId,
      pullRequest.lastMergeSourceCommit?.commitId,
    ];
    await attachFile(clientOf(world.sandbox, "developer"), {
      repo: world.repo,
      id: pullRequest.pullRequestId,
      name: chartsFileName({ after, build: 99 }),
      text: writeRenderedCharts({ before, after, source, releases: [] }),
    });
    assert.equal((await find())?.releases.length, 1);
  });
});
