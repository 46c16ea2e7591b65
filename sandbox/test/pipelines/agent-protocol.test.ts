import assert from "node:assert/strict";
import { definitionsOf, pipelinesWith, type Pipelines } from "./pipelines-harness.ts";

const commands = `
trigger: none
steps:
  - checkout: none
  - bash: |
      echo "##vso[task.logissue type=warning;sourcepath=a.txt;linenumber=3]look here"
      echo "##vso[task.setprogress value=40]halfway"
      echo "##vso[build.addbuildtag]seen"
      echo "##vso[build.updatebuildnumber]renamed"
      echo "# Title" > summary.md && echo "##vso[task.uploadsummary]$PWD/summary.md"
      echo "##vso[task.addattachment type=kind;name=one]$PWD/summary.md"
      echo "##vso[artifact.upload artifactname=sum]$PWD/summary.md"
      echo "##vso[artifact.associate artifactname=ref;type=GitRef]refs/tags/v1"
      mkdir bin && printf '#!/bin/sh\\necho from the path' > bin/mine && chmod +x bin/mine
      echo "##vso[task.prependpath]$PWD/bin"
      echo "##vso[task.logdetail id=1c9d0d4f-6e5b-4b1a-9a3e-000000000001;name=part;type=Task;order=1;state=Completed;result=Succeeded]done"
      echo "##vso[nothing.known]x"
    displayName: "Speak of $(Build.DefinitionName)"
  - bash: |
      mine
  - bash: echo "##vso[task.complete result=SucceededWithIssues;]so so"
  - bash: echo complaint >&2
    failOnStderr: true
    continueOnError: true
  - bash: |
      echo "##vso[task.setvariable variable=allowed]yes"
      echo "##vso[task.setvariable variable=other]yes"
      echo "##vso[build.addbuildtag]refused"
    target: { commands: restricted, settableVariables: [allowed] }
  - bash: echo 'allowed=$(allowed) other=$(other)'
`;

const secrets = `
trigger: none
variables: [{ group: vault }]
steps:
  - checkout: none
  - bash: |
      printf '%s' "$PLAIN" | base64
      echo "$PLAIN" "'$PLAIN'" "$(echo "$LINES")"
      node -p 'JSON.stringify(process.env.PLAIN)' ; node -p 'encodeURIComponent(process.env.PLAIN)'
      echo "https://user:opensesame@host/path"
      echo "not mapped: $VAULT_PLAIN."
    env: { PLAIN: $(plain), LINES: $(lines) }
  - bash: |
      printf '##vso[task.setvariable variable=two;issecret=true]a%%0Ab\\n'
    continueOnError: true
  - bash: echo "##vso[task.setvariable variable=plain]another-secret"
  - bash: echo "now $(plain)"
`;

const retried = `
trigger: none
steps:
  - checkout: none
  - bash: |
      echo try >> tries
      test $(wc -l < tries) -ge 2
    retryCountOnTaskFailure: 3
  - bash: echo "tries $(wc -l < tries)"
  - bash: exit 3
  - bash: echo not reached
  - bash: echo "always, status $AGENT_JOBSTATUS"
    condition: always()
  - bash: echo only after failure
    condition: failed()
`;

describe("the agent", () => {
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "commands.yml": commands, "secrets.yml": secrets, "retried.yml": retried },
      seed: {
        definitions: definitionsOf("commands", "secrets", "retried"),
        variableGroups: [
          {
            name: "vault",
            variables: { plain: 'pass "word"/1', lines: "first line\nsecond line" },
            secret: ["plain", "lines"],
          },
        ],
      },
    });
  });
  after(() => pipelines.sandbox.close());

  it("obeys the logging commands", async () => {
    const { id } = await pipelines.start(1);
    const run = await pipelines.ended(id);
    const log = await pipelines.log(id);
    assert.equal(run.result, "partiallySucceeded", log);
    assert.deepEqual([run.tags, run.buildNumber], [["seen"], "renamed"]);
    const records = await pipelines.records(id);
    const spoken = records.find(({ name }) => name === "Speak of commands");
    assert.equal(spoken?.issues?.[0]?.message, "a.txt(3,): warning : look here");
    assert.equal(records.find(({ name }) => name === "part")?.parentId, spoken.id);
    assert.match(log, /^from the path$/m);
    assert.match(log, /Cannot find command extension for ##vso\[nothing\.command\]/);
    assert.match(log, /^allowed=yes other=\$\(other\)$/m);
    const builds = `shop/_apis/build/builds/${id}`;
    const artifacts = await pipelines.rest.get<{
      value: { name: string; resource: { type: string } }[];
    }>(`${builds}/artifacts`);
    assert.deepEqual(
      artifacts.value.map(({ name, resource }) => [name, resource.type]),
      [
        ["sum", "Container"],
        ["ref", "GitRef"],
      ],
    );
    const attached = await pipelines.rest.get<{ value: { _links: { self: { href: string } } }[] }>(
      `${builds}/attachments/kind`,
    );
    const path = new URL(attached.value[0]?._links.self.href ?? "").pathname.replace(
      "/fabrikam/",
      "",
    );
    assert.equal(await pipelines.rest.get(path), "# Title\n");
    const summary = await pipelines.rest.get<{ count: number }>(
      `${builds}/attachments/Distributedtask.Core.Summary`,
    );
    assert.equal(summary.count, 1);
  });

  it("masks secrets in every form that it knows, and keeps them out of the environment", async () => {
    const { id } = await pipelines.start(2);
    await pipelines.ended(id);
    const log = await pipelines.log(id);
    assert.doesNotMatch(log, /pass \\?"word|cGFzcy|pass%20|first line|second line/);
    assert.doesNotMatch(log, /opensesame/);
    assert.match(log, /^\*\*\* '\*\*\*' \*\*\*/m);
    assert.match(log, /^not mapped: \.$/m);
    assert.match(log, /Secrets cannot contain multiple lines/);
    assert.match(log, /^now \*\*\*$/m);
  });

  it("tries again where asked, and goes by the steps' conditions", async () => {
    const { id } = await pipelines.start(3);
    assert.equal((await pipelines.ended(id)).result, "failed");
    const log = await pipelines.log(id);
    assert.match(log, /will retry \(attempt #: 1 out of 3\)/);
    for (const line of ["tries 2", "always, status Failed", "only after failure"]) {
      assert.match(log, new RegExp(`^${line}$`, "m"));
    }
    assert.doesNotMatch(log, /^not reached$/m);
  });
});
