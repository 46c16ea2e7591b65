// Pipelines of public repositories: FLUXGATE_PIPELINES names a folder that holds a checkout of each.
// What is refused is printed, to be judged by hand: files may be missing, parameters too. Templates
// of other repositories are stood in for.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { composePipeline } from "../../../pipelines/yaml/compose-pipeline.ts";
import { PipelineError } from "../../../pipelines/yaml/node.ts";
import { writeYaml } from "../../../pipelines/yaml/write-yaml.ts";
import { outsideTemplate } from "./outside-template.ts";

const folder = process.env["FLUXGATE_PIPELINES"] ?? "";
const content = /^(?:stages|jobs|steps|extends|phases)\s*:/m;
// Workflows of others have `on`, templates say nothing of what starts them.
const started = /^(?:trigger|pr|schedules|pool)\s*:/m;
const predefined = {
  ...{ "Build.Reason": "IndividualCI", "Build.SourceBranch": "refs/heads/main" },
  ...{ "Build.SourceBranchName": "main", "System.TeamProject": "public" },
};

function textAt(path: string): string | undefined {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
}

type Preview = { readonly yaml: string; readonly stubbed: boolean };

async function preview(repository: string, file: string, text: string): Promise<Preview> {
  const files = [text];
  let stubbed = false;
  const load = async ({ path, alias }: { readonly path: string; readonly alias: string }) => {
    const found = alias === "self" ? textAt(join(repository, path)) : undefined;
    if (found !== undefined) {
      files.push(found);
      return { text: found };
    }
    if (alias === "self") return { missing: `${path} is not there` };
    stubbed = true;
    return { text: outsideTemplate(path, files) };
  };
  const { normal } = await composePipeline(text, { file, parameters: {}, predefined, load });
  return { yaml: writeYaml(normal), stubbed };
}

describe("the preview of public pipelines", () => {
  it("is itself when it is previewed again", async function () {
    if (!existsSync(folder)) this.skip();
    this.timeout(30 * 60_000);
    const accepted = { whole: 0, stubbed: 0 };
    for (const name of readdirSync(folder)) {
      const repository = join(folder, name);
      const files = readdirSync(repository, { recursive: true, encoding: "utf8" });
      for (const file of files.filter((one) => /\.ya?ml$/.test(one))) {
        const text = textAt(join(repository, file)) ?? "";
        if (!content.test(text) || !started.test(text) || /^on\s*:/m.test(text)) continue;
        try {
          const { yaml: once, stubbed } = await preview(repository, file, text);
          const { yaml: twice } = await preview(repository, file, once);
          assert.equal(twice, once, join(name, file));
          accepted[stubbed ? "stubbed" : "whole"] += 1;
        } catch (error) {
          if (!(error instanceof PipelineError)) throw error;
          process.stdout.write(`${relative(folder, join(repository, file))}: ${error.message}\n`);
        }
      }
    }
    process.stdout.write(
      `${accepted.whole} accepted, and ${accepted.stubbed} whose templates lie elsewhere\n`,
    );
  });
});
