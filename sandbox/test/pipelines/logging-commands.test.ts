// What the agent makes of commands that are odd, and of what a step says of its result.
import assert from "node:assert/strict";
import { pipelinesWith, type Pipelines, type TimelineRecord } from "./pipelines-harness.ts";

type Case = {
  readonly it: string;
  /** Of one step. */
  readonly script: string;
  readonly result: string;
  /** In its log. */
  readonly says?: RegExp;
  /** Of its first issue. */
  readonly issue?: string;
  /** Beside the script. */
  readonly step?: string;
};

const says = (...commands: readonly string[]) =>
  [...commands.map((one) => `echo '##vso[${one}'`), "echo END"].join("\n");

const cases: readonly Case[] = [
  {
    it: "goes on behind a command that cannot be done, and has failed at the end",
    script: says("task.setvariable]no name"),
    result: "failed",
    says: /Required field 'variable' is missing in ##vso\[task\.setvariable\] command\.\n(?:.*\n)*END/,
    issue:
      "Unable to process command '##vso[task.setvariable]no name' successfully. Please reference documentation (http://go.microsoft.com/fwlink/?LinkId=817296)",
  },
  {
    it: "fails by a command that its area does not know",
    script: says("task.nothing]x"),
    result: "failed",
    says: /##vso\[task\.nothing\] is not a recognized command for task command extension\./,
  },
  {
    it: "warns of an area that it does not know",
    script: says("nothing.known]x"),
    result: "succeeded",
    issue:
      "Cannot find command extension for ##vso[nothing.command]. Please reference documentation (http://go.microsoft.com/fwlink/?LinkId=817296)",
  },
  {
    it: "shows what only looks like a command, with a warning",
    script: says("task.setvariable variable=a", "task]x", "a.b.c]x"),
    result: "succeeded",
    says: /^##vso\[a\.b\.c\]x$/m,
    issue:
      "'##vso[task.setvariable variable=a' contains logging command keyword '##vso', but it's not a legal command. Please see the list of accepted commands: https://go.microsoft.com/fwlink/?LinkId=817296",
  },
  {
    it: "takes results by their exact words only",
    script: says("task.complete result=succeeded;]"),
    result: "failed",
    says: /Command doesn't have valid result value\./,
  },
  {
    it: "keeps the worst of several results",
    script: says(
      "task.complete result=SucceededWithIssues;]so so",
      "task.complete result=Succeeded;]",
    ),
    result: "succeededWithIssues",
  },
  {
    it: "stays skipped, whatever comes then",
    script: `${says("task.complete result=Skipped;]")}\nexit 1`,
    result: "skipped",
  },
  {
    it: "fails without a build number, a tag, the name of an artefact",
    script: says("build.updatebuildnumber]", "build.addbuildtag] ", "artifact.upload]/tmp"),
    result: "failed",
    says: /Build number is required\.\n(?:.*\n)*.*Build tag is required\.\n(?:.*\n)*.*Artifact Name is required\./,
  },
  {
    it: "publishes nothing of an empty folder",
    script: 'mkdir -p void/in\necho "##vso[artifact.upload artifactname=a]$PWD/void"\necho END',
    result: "succeeded",
    says: /##\[warning\]Directory '\S+\/void' is empty\. Nothing will be added to build artifact 'a'\./,
  },
  {
    it: "warns of an issue without its type, and fails by one of another type",
    script: says("task.logissue]x", "task.logissue type=info]y"),
    result: "failed",
    issue: "Can't create TaskIssue from logging event.",
    says: /issue type info is not an expected issue type\./,
  },
  {
    it: "writes the place of an issue as compilers do",
    script: says(
      "task.logissue type=error;sourcepath=a/b.cs;linenumber=1;columnnumber=2;code=7]bad",
    ),
    result: "succeeded",
    issue: "a/b.cs(1,2): error 7: bad",
  },
  {
    it: "minds no progress that is no number",
    script: says("task.setprogress value=most]m", "task.setprogress value=900]"),
    result: "succeeded",
  },
  {
    it: "keeps no record of a task without a proper id",
    script: says("task.logdetail id=1;name=n;type=t;order=x;progress=y]z"),
    result: "failed",
    says: /Unrecognized Guid format\./,
  },
  {
    it: "takes telemetry, and says what it keeps nothing of",
    script: says(
      "telemetry.publish area=a;feature=f]{}",
      "results.publish type=JUnit;resultFiles=x]",
      "codecoverage.publish codecoveragetool=x;summaryfile=y]",
    ),
    result: "succeeded",
    says: /keeps no test runs\.\n.*keeps no code coverage\./,
  },
  {
    it: "knows of no releases",
    script: says("release.updatereleasename]x"),
    result: "failed",
    says: /release commands are not supported for Build flow\./,
  },
  {
    it: "lets a restricted step say what the agent lets it",
    script: says("task.setsecret]hush-hush", "task.prependpath]/opt/x", "build.addbuildtag]no"),
    step: "target: { commands: restricted }",
    result: "succeeded",
    issue:
      "##vso[build.addbuildtag] is not allowed in this step due to policy restrictions. Please reference documentation (http://go.microsoft.com/fwlink/?LinkId=817296)",
  },
];

const step = ({ it, script, step: more = "enabled: true" }: Case) => `  - bash: |
${script.replace(/^/gm, "      ")}
    displayName: ${JSON.stringify(it)}
    condition: always()
    ${more}
`;
const yaml = `trigger: none\nsteps:\n  - checkout: none\n${cases.map(step).join("")}`;
const number = `trigger: none
steps:
  - checkout: none
  - bash: echo '##vso[build.updatebuildnumber]v2'
  - bash: echo "NUMBER=$(Build.BuildNumber) $BUILD_BUILDNUMBER"
`;

describe("a logging command", () => {
  let pipelines: Pipelines;
  let records: readonly TimelineRecord[];
  let id: number;
  before(async function () {
    this.timeout(300_000);
    const definition = { project: "shop", repository: "app" };
    pipelines = await pipelinesWith({
      app: { "ci.yml": yaml, "number.yml": number },
      seed: {
        definitions: [
          { ...definition, name: "ci", yamlPath: "ci.yml" },
          { ...definition, name: "number", yamlPath: "number.yml" },
        ],
      },
    });
    ({ id } = await pipelines.start(1));
    await pipelines.ended(id);
    records = await pipelines.records(id);
  });
  after(() => pipelines.sandbox.close());

  async function logOf(record: TimelineRecord | undefined): Promise<string> {
    const { value } = await pipelines.rest.get<{ value: readonly string[] }>(
      `shop/_apis/build/builds/${id}/logs/${record?.log?.id}`,
    );
    return value.map((line) => line.replace(/^\S+Z /, "")).join("\n");
  }

  for (const one of cases) {
    it(one.it, async () => {
      const record = records.find(({ name }) => name === one.it);
      const log = await logOf(record);
      assert.equal(record?.result, one.result, log);
      assert.match(log, /^END$/m);
      if (one.says) assert.match(log, one.says);
      if (one.issue) assert.equal(record.issues?.[0]?.message, one.issue);
    });
  }

  it("gives the steps that follow the run's new number", async () => {
    const run = await pipelines.start(2);
    await pipelines.ended(run.id);
    assert.match(await pipelines.log(run.id), /^NUMBER=v2 v2$/m);
  });
});
