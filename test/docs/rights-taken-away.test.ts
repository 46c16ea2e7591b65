import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "../../cli/command.ts";
import { doctorCommand } from "../../cli/doctor/command.ts";
import { historyCommand } from "../../cli/history.ts";
import { policiesCommand } from "../../cli/policies.ts";
import { rollbackCommand } from "../../cli/rollback.ts";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { userMessage } from "../../core/errors.ts";
import { absentKube } from "../../kube/kube.ts";
import type { Right } from "../../sandbox/azure-devops/identity.ts";
import { run as rollBack } from "../../tasks/RollbackManifests/run.ts";
import { readRun } from "../../tasks/OpenManifestsPR/read-run.ts";
import { readInputs as previewInputs } from "../../tasks/PreviewChanges/inputs.ts";
import { runTell } from "../../tasks/PreviewChanges/tell.ts";
import { findEarlierVerdict } from "../../tasks/ValidateManifests/earlier-verdict.ts";
import { tellPullRequest } from "../../tasks/ValidateManifests/tell-pull-request.ts";
import { fakeAgent } from "../tasks/common/fake-agent.ts";
import { type Harness, startHarness } from "../tasks/OpenManifestsPR/manifests-harness.ts";
import { refusal, tamperingFetch } from "../tasks/OpenManifestsPR/tampering-fetch.ts";
import { documentedRights, withoutRights, type DocumentedRight } from "./documented-rights.ts";
import { namesOf } from "./azure-devops-permissions.ts";
import { startRunsWithoutRights, type RunsWithoutRights } from "./runs-without-rights.ts";

const viewBuilds = refusal(
  403,
  "AccessDeniedException",
  "TF215106: Access denied. shop Build Service (fabrikam) needs View builds permissions for build pipeline 2:shop-cd in team project shop to perform the action.",
);

describe("every right that docs/pipelines.md asks for, taken away", function () {
  this.timeout(120_000);
  let at: Harness;
  let runs: RunsWithoutRights;
  let folder: string;
  let to: string;
  let open: number;
  let builds = 10;
  const token = process.env["FLUXGATE_TOKEN"];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-rights-"));
    [at, runs] = await Promise.all([startHarness({ workItems: [7] }), startRunsWithoutRights()]);
    for (const [build, a] of [
      [1, "good"],
      [2, "bad"],
    ] as const) {
      const { outputs } = await at.deploy({ build, objects: { a } });
      await at.merge(Number(outputs["pullRequestId"]));
      to ??= await at.headOf("main");
    }
    const { outputs } = await at.deploy({ build: 3, objects: { a: "next" } });
    open = Number(outputs["pullRequestId"]);
  });
  after(async () => {
    process.env["FLUXGATE_TOKEN"] = token;
    if (token === undefined) delete process.env["FLUXGATE_TOKEN"];
    rmSync(folder, { recursive: true, force: true });
    await Promise.all([at.stop(), runs.stop()]);
  });

  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const log = {
    info: say,
    warn: (line: string) => say(`warning: ${line}`),
    debug: () => undefined,
  };
  const client = (answers?: typeof viewBuilds) => {
    const { tampering, fetch } = tamperingFetch();
    if (answers) tampering.answers.set("GET builds", answers);
    const { organisationUrl } = at;
    return connectAzureDevOps({ organisationUrl, fetch, token: async () => "sandbox-build" });
  };
  const validation = () => ({
    ...{ folder: ".", comments: true, fetchCharts: false, chartCache: "", pullRequest: open },
    ...{ organisationUrl: at.organisationUrl, ...at.repo, build: 1, definition: 1 },
    address: { organisationUrl: at.organisationUrl, ...at.repo },
  });
  const deps = (ado: ReturnType<typeof client>) => ({
    ...{ ado, kube: absentKube("not asked"), helm: undefined, log },
    ...{ now: () => 0, date: () => 0 },
  });
  async function validate(): Promise<void> {
    const { lastMergeSourceCommit: source } = (await at.pullRequests()).at(-1) ?? {};
    const check = {
      findings: [],
      notChecked: [],
      roots: [],
      from: "",
      objects: 0,
      releases: [],
      chartChanges: [],
    };
    await tellPullRequest(validation(), deps(client()), { check, source: source?.commitId });
  }
  async function preview(): Promise<void> {
    mkdirSync(join(folder, "preview"), { recursive: true });
    const dev = { environment: "dev", verdict: "1 object", complete: true, failed: false };
    const head = { apiVersion: "fluxgate.dev/v1", kind: "Preview", delivery: "shop" };
    const file = JSON.stringify({ ...head, ...dev, markdown: ["text"] });
    writeFileSync(join(folder, "preview/dev.json"), file);
    const { agent } = fakeAgent({
      inputs: { step: "tell", outputFolder: join(folder, "preview"), comment: "true" },
      variables: {
        ...{ "System.CollectionUri": `${at.organisationUrl}/`, "Build.BuildId": "7" },
        ...{ "System.TeamProjectId": "shop", "Build.Repository.ID": "shop-manifests" },
        ...{ "System.TeamProject": "shop", "Build.Repository.Name": "shop-manifests" },
        "System.PullRequest.PullRequestId": String(open),
      },
    });
    await runTell(previewInputs(agent), { ado: client(), log });
  }
  const takeBack = () =>
    rollBack(
      {
        ...{ delivery: "shop", environment: "dev", path: "dev", targetBranch: "main", to },
        ...{ reason: "it lost orders", hold: true, ...at.repo, build: (builds += 1) },
        ...{ ownProject: "shop", stageAttempt: 1, requestedFor: "Ana" },
        organisationUrl: at.organisationUrl,
      },
      { ado: client(), now: () => 0, log },
    );
  const deploy = () => at.deploy({ build: (builds += 1), objects: { a: String(builds) } });
  async function command(command: Command, ...more: readonly string[]): Promise<void> {
    const place = ["--organisation", at.organisationUrl, "--project", "shop"];
    const args = [...place, "--repository", "shop-manifests", ...more];
    await command.run(args, { out: say, err: say });
  }
  const change = ["--delivery", "shop", "--environment", "dev", "--reason", "it lost orders"];
  const policies = () => command(policiesCommand, "--environment", "dev", "--write");
  const rollback = () => command(rollbackCommand, ...change, "--to", to, "--write");
  const history = () => command(historyCommand, "--environment", "dev");
  // Beside runs: it looks at them too.
  const doctor = () => {
    const args = [
      "--organisation",
      runs.organisationUrl,
      "--project",
      "shop",
      "--repository",
      "app",
    ];
    return doctorCommand.run(args, { out: say, err: say });
  };

  const trials: Readonly<Record<string, () => Promise<unknown>>> = {
    "OpenManifestsPR@1": deploy,
    "RollbackManifests@1": takeBack,
    "ValidateManifests@1": validate,
    "PreviewChanges@1": preview,
    "FindLastRun@1": () => runs.findLastRun(),
    "TakeDelivery@1": () => runs.takeDelivery(),
    "WaitForFlux@1": async () => say(await runs.agentless("WaitForFlux")),
    "CheckFluxHealth@1": async () => say(await runs.agentless("CheckFluxHealth")),
    "fluxgate policies": policies,
    "fluxgate rollback": rollback,
    "fluxgate history": history,
    "fluxgate doctor": doctor,
  };

  /** What a user reads who lacks the right: the error's words, or the log's. */
  async function readWithout(right: Right, { who }: DocumentedRight): Promise<string> {
    said.length = 0;
    process.env["FLUXGATE_TOKEN"] = "sandbox-developer";
    at.deny(right, who.startsWith("fluxgate ") ? "developer" : "build");
    runs.deny(right);
    try {
      await trials[who]?.();
    } catch (error) {
      const code = (error as { readonly code?: string }).code ?? "";
      return `${code}: ${userMessage(error)}`;
    } finally {
      at.allowAgain();
      runs.allowAgain();
    }
    return said.join("\n");
  }

  /** Who, right and place, as they stand in our own words, or in the service's where no code of ours runs. */
  function assertNamed(text: string, { who, right, where, code }: DocumentedRight): void {
    if (/^(WaitForFlux|CheckFluxHealth)@/.test(who)) {
      const words = right === "Read" ? "TF401019" : `TF401027.*'${namesOf[right]}'.*Build`;
      return assert.match(text, new RegExp(`answered (403|404): .*${words}`));
    }
    if (code !== undefined) assert.match(text, new RegExp(`^${code}: Failed to \\w+`));
    const [, kind = "", name = ""] = /^(\w+) `([\w-]+)`/.exec(where) ?? [];
    const identity = who.startsWith("fluxgate ")
      ? "(developer@fabrikam.com|the token's account|Dana Developer)"
      : '.*("<project> Build Service \\(<organisation>\\)"|shop Build Service \\(fabrikam\\)).*';
    const place =
      kind === "Pipeline"
        ? " on (this|the) pipeline.* \\(Pipelines > the pipeline > More actions > Manage security\\)"
        : `Project settings > Repositories > (${name}|shop-manifests|app) > Security`;
    assert.match(text, new RegExp(`Allow "${right}" for ${identity}.*${place}`));
  }

  for (const one of documentedRights()) {
    // What links work items are refused for is not known (docs/unverified.md, 12).
    if (one.right.endsWith("in this node")) continue;
    // Without runs in this sandbox: what the service says of them is given below.
    if (one.right === "View builds" && /^(Open|Validate)/.test(one.who)) continue;
    it(`${one.who}: ${one.right}`, async () => {
      const right = namesOf[one.right];
      assert.ok(right && one.who in trials, `nobody tries ${one.who} without ${one.right}`);
      assertNamed(await readWithout(right as Right, one), one);
    });
  }

  it("OpenManifestsPR@1: View builds", async () => {
    at.tampering.answers.set("GET builds", viewBuilds);
    at.log.length = 0;
    const ado = client(viewBuilds);
    const reading = readRun(ado, { project: "shop", build: 1 });
    const answer = await reading.then(() => "it was read", userMessage);
    assert.match(answer, /^Failed to look at run 1, .* Allow "View builds" for shop Build/);
    // A branch that nobody needs stays, with a warning; the deployment goes on.
    assert.equal((await deploy()).outputs["operation"], "created");
    assert.match(at.log.join("\n"), /warning: .* Allow "View builds" for shop Build Service/);
    at.tampering.answers.delete("GET builds");
  });

  it("ValidateManifests@1: View builds", async () => {
    said.length = 0;
    const merge = { before: "", source: "a", files: new Map(), changed: [] };
    assert.equal(
      await findEarlierVerdict(validation(), deps(client(viewBuilds)), merge),
      undefined,
    );
    assert.match(said.join(""), /^Judged anew, .* shop Build .* needs View builds permissions/);
  });

  it("leaves none out: who needs none calls no service, and all others are tried", () => {
    const tasks = readdirSync("tasks").filter((name) => existsSync(`tasks/${name}/task.json`));
    const silent = tasks.filter((name) => !callsService(name)).map((name) => `${name}@1`);
    const asked = [...new Set(documentedRights().map(({ who }) => who))];
    assert.deepEqual(asked.sort(), Object.keys(trials).sort());
    const none = withoutRights().filter((name) => name.endsWith("@1"));
    assert.deepEqual([...none].sort(), silent.sort());
    assert.deepEqual(
      [...none, ...asked.filter((who) => who.endsWith("@1"))].sort(),
      tasks.map((name) => `${name}@1`).sort(),
    );
  });

  function callsService(task: string): boolean {
    const sources = readdirSync(`tasks/${task}`).filter((name) => name.endsWith(".ts"));
    if (sources.length === 0) return true;
    return sources.some((name) =>
      readFileSync(`tasks/${task}/${name}`, "utf8").includes("connectAzureDevOps"),
    );
  }
});
