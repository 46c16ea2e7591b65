import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createSandbox, type Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { readFolder } from "../../sandbox/demo/read-folder.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { type Build, pipelinesOf } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";

describe("probe.yml, run as it is shipped", function () {
  this.timeout(300_000);
  let sandbox: Sandbox;
  before(async () => {
    const probe = readFolder(resolve("pipeline-templates"));
    const yamlPath = "probe.yml";
    // In the second repository the build service may not post statuses.
    const deny = ["PullRequestContribute"] as const;
    sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        accounts: [{ name: "letters", displayName: "Letter Account" }],
        projects: [
          {
            name: "shop",
            repositories: [
              { name: "open", files: probe },
              { name: "closed", files: probe, permissions: [{ identity: "build", deny }] },
            ],
          },
        ],
      },
      parts: [
        createPipelines({
          seed: {
            definitions: ["open", "closed"].map((name) => ({
              ...{ name, project: "shop", repository: name, yamlPath },
            })),
            variableGroups: [],
          },
          extensionDirectory: ".",
        }),
      ],
    });
    await restOf(sandbox, "admin").send("POST", "_apis/serviceendpoint/endpoints?api-version=7.1", {
      ...{ name: "letters", type: "generic", url: `${sandbox.organisationUrl}/` },
      authorization: {
        scheme: "UsernamePassword",
        parameters: { username: "letters", password: "sandbox-letters" },
      },
      serviceEndpointProjectReferences: [{ projectReference: { name: "shop" }, name: "letters" }],
    });
  });
  after(() => sandbox.close());

  async function probe(definition: number, templateParameters = {}) {
    const pipelines = pipelinesOf(sandbox);
    const url = `shop/_apis/pipelines/${definition}/runs?api-version=7.1`;
    const { id } = await pipelines.rest.send<Build>("POST", url, { templateParameters });
    const { result } = await pipelines.ended(id);
    const log = await pipelines.log(id);
    const said = new Map<string, string>();
    for (const line of log.split("\n")) {
      const [, row = "", text = ""] = /^row (S?\d+): (.*)/.exec(line) ?? [];
      if (row !== "") said.set(row, [said.get(row) ?? [], text].flat().join("\n"));
    }
    return { result, log, said };
  }

  it("answers the rows that docs/unverified.md says it answers, row 1 first", async () => {
    const { result, log, said } = await probe(1);
    assert.equal(result, "succeeded", log);
    assert.equal([...said.keys()][0], "1");
    assert.match(
      said.get("1") ?? "",
      /^yes: WaitForFlux is paused \(pending\).*letterConnection empty/,
    );
    const expected = Object.entries(rows())
      .filter(([, says]) => /^(answers it|in part: )/.test(says))
      .map(([row]) => row);
    assert.deepEqual([...said.keys()].sort(), expected.sort());
    for (const [row, text] of said) assert.doesNotMatch(text, /not answered/, `row ${row}`);
    // What the page says the sandbox does.
    assert.match(said.get("S1") ?? "", /400 InvalidArgumentValueException.*404 GitItemNotFound/);
    assert.match(said.get("S3") ?? "", /url, _links/);
    assert.match(said.get("S6") ?? "", /TF401181/);
    assert.match(said.get("S8") ?? "", /400 characters: 200; of 401: 400/);
    assert.match(said.get("20") ?? "", /createdBy: svc\.[^]*pushedBy: svc\./);
    for (const row of ["14", "15", "16"]) assert.match(said.get(row) ?? "", /^yes/, row);
    assert.doesNotMatch(log, /sandbox-letters/);
  });

  it("leaves nothing open behind", async () => {
    const repository = "shop/_apis/git/repositories/open";
    type List = { readonly value: readonly { readonly name?: string; readonly status?: string }[] };
    const rest = restOf(sandbox, "reader");
    const { value } = await rest.get<List>(`${repository}/refs?filter=heads/`);
    assert.deepEqual(
      value.map(({ name }) => name),
      ["refs/heads/main"],
    );
    const open = await rest.get<List>(`${repository}/pullrequests?searchCriteria.status=active`);
    assert.deepEqual(open.value, []);
  });

  it("says which way works where the first does not", async () => {
    const { said } = await probe(2, { letterConnection: "letters" });
    const [first = "", second = ""] = (said.get("1") ?? "").split("\n");
    assert.match(first, /^NO: WaitForFlux is completed, failed .*403.*Use letterConnection$/);
    assert.match(second, /^the second way works: its letter is by Letter Account/);
  });

  it("has a reason for each row that it does not answer", () => {
    for (const [row, says] of Object.entries(rows())) {
      assert.match(says, /^(answers it|in part: .|no: .)/, `row ${row} of docs/unverified.md`);
    }
  });
});

/** The last column of each row of docs/unverified.md. */
function rows(): Readonly<Record<string, string>> {
  const lines = readFileSync("docs/unverified.md", "utf8").split("\n");
  return Object.fromEntries(
    lines.flatMap((line) => {
      const cells = line.split("|").map((cell) => cell.trim());
      return /^S?\d+$/.test(cells[1] ?? "") ? [[cells[1] ?? "", cells.at(-2) ?? ""]] : [];
    }),
  );
}
