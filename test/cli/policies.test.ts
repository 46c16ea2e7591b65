import assert from "node:assert/strict";
import { exitCodes } from "../../cli/command.ts";
import { policiesCommand } from "../../cli/policies.ts";
import { createSandbox, type Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";

type Configuration = { readonly id: number; readonly settings: Record<string, unknown> };
const configurations = "shop/_apis/policy/configurations";

describe("fluxgate policies", () => {
  let sandbox: Sandbox;
  const token = process.env["FLUXGATE_TOKEN"];
  beforeEach(async () => {
    sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        projects: [
          {
            name: "shop",
            repositories: [
              {
                name: "manifests",
                files: { "v.yml": "steps: [{ bash: echo }]\n" },
                policies: [{ type: "minimumReviewers", settings: { minimumApproverCount: 1 } }],
              },
              {
                name: "other",
                files: { "a.txt": "a" },
                policies: [{ type: "status", settings: { statusName: "freeze/prod" } }],
              },
            ],
          },
        ],
      },
      parts: [
        createPipelines({
          seed: {
            definitions: [
              { name: "validate", project: "shop", repository: "manifests", yamlPath: "v.yml" },
            ],
          },
        }),
      ],
    });
  });
  afterEach(async () => {
    process.env["FLUXGATE_TOKEN"] = token;
    if (token === undefined) delete process.env["FLUXGATE_TOKEN"];
    await sandbox.close();
  });

  async function run(who: string, ...more: readonly string[]) {
    process.env["FLUXGATE_TOKEN"] = `sandbox-${who}`;
    const lines: string[] = [];
    const line = (text: string) => void lines.push(text);
    const of = ["--organisation", sandbox.organisationUrl, "--project", "shop"];
    const args = [...of, "--repository", "manifests", ...more];
    const code = await policiesCommand.run(args, { out: line, err: line });
    return { code, said: lines.join("\n") };
  }
  const wish = [
    ...["--environment", "dev", "--environment", "prod=clusters/prod"],
    ...["--reviewers", "prod=[shop]\\shop Team", "--validation", "validate"],
    ...["--connector", "Fluxgate connector"],
  ];
  const list = async () =>
    (await restOf(sandbox, "admin").get<{ value: readonly Configuration[] }>(configurations)).value;

  it("shows what is missing and writes nothing by itself", async () => {
    const before = await list();
    const { code, said } = await run("admin", ...wish);
    assert.equal(code, exitCodes.problems);
    assert.match(
      said,
      /^weaker +four eyes.*policy \d+ is there, and .*resetOnSourcePush is false/m,
    );
    assert.match(said, /^missing +build validation by pipeline validate$/m);
    assert.match(
      said,
      /^missing +required reviewers .*shop Team for prod \(\/clusters\/prod\/\*\)$/m,
    );
    assert.match(said, /^missing +status fluxgate\/freeze\/dev, by one identity for \/dev\/\*$/m);
    assert.deepEqual(await list(), before);
  });

  it("sets what is missing once, and changes nothing that others set", async () => {
    const before = await list();
    await run("admin", ...wish, "--write");
    const after = await list();
    assert.deepEqual(
      after.filter(({ id }) => before.some((one) => one.id === id)),
      before,
    );
    assert.equal(after.length, before.length + 5);
    const { code, said } = await run("admin", ...wish, "--write");
    // Only what somebody else set and asks for less is left to say.
    assert.equal(code, exitCodes.problems, said);
    assert.doesNotMatch(said, /^(set|missing)/m);
    assert.deepEqual(await list(), after);
    const none = await run("admin", ...wish, "--minimum", "0");
    assert.equal(none.code, exitCodes.ok, none.said);
  });

  it("names who may not write, and whom nobody is called", async () => {
    await assert.rejects(run("developer", ...wish, "--write"), /EditPolicies/);
    await assert.rejects(
      run("admin", "--environment", "dev", "--reviewers", "dev=Nobody"),
      /"Nobody": nobody is called so/,
    );
    await assert.rejects(run("admin", "--reviewers", "dev=x"), /names no --environment/);
    await assert.rejects(
      run("admin", "--validation", "nothing"),
      /Pipeline "nothing": there is none/,
    );
  });

  it("has the status four-eyes where it is asked for, by the connector alone", async () => {
    const { said } = await run("admin", ...wish, "--four-eyes", "--write");
    assert.match(said, /^set +status fluxgate\/four-eyes, by one identity \(policy \d+\)$/m);
    const set = (await list()).find(({ settings }) => settings["statusName"] === "four-eyes");
    assert.equal(set?.settings["invalidateOnSourceUpdate"], true);
    assert.equal(set.settings["filenamePatterns"] ?? undefined, undefined);
    assert.ok(set.settings["authorId"]);
    const again = await run("admin", ...wish, "--four-eyes");
    assert.match(again.said, /^there +status fluxgate\/four-eyes/m);
    const open = await run("admin", "--four-eyes");
    assert.match(open.said, /Without --connector whoever may post a status may approve for two\./);
  });

  it("warns where a freeze could be lifted by anybody", async () => {
    const { said } = await run("admin", "--environment", "dev");
    assert.match(said, /Without --connector whoever may post a status may lift a freeze/);
  });

  it("does not call it fine where nothing is asked of the branch", async () => {
    const { code, said } = await run("admin", "--minimum", "0");
    assert.equal(code, exitCodes.usage);
    assert.match(said, /nothing is asked of the branch: nothing was looked at/);
  });
});
