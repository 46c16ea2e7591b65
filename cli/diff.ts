import { existsSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gitEnvironment } from "../clients/git-environment.ts";
import { findTree, readBlob, readTreeFiles } from "../clients/git-side.ts";
import { readContent, readFolderFiles } from "../clients/side-files.ts";
import { compareFiles } from "../core/diff/tree/compare-files.ts";
import { compareTrees, type TreesComparison } from "../core/diff/tree/compare-trees.ts";
import type { SideFile } from "../core/diff/tree/side-file.ts";
import { InputError } from "../core/errors.ts";
import { diffJson } from "../core/report/diff-json.ts";
import { diffMarkdown, diffText } from "../core/report/diff-text.ts";
import { type BothSides, buildSides } from "../kube/build-sides.ts";
import { kubeOfProgram } from "../kube/open-node.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";

const formats = ["text", "markdown", "json"];

export const diffCommand: Command = {
  summary: "Say what Flux would do after a change of manifests, and what is risky in it",
  help: `fluxgate diff BEFORE AFTER [--format text|markdown|json]

  BEFORE, AFTER   folders, files, or git revisions of the repository here: main, HEAD~1,
                  or with a folder of it main:prod
  --format        text (default), markdown, or json as docs/spec/diff.schema.json describes it

What counts is what Flux would build: Flux Kustomizations among the files, kustomizations, then
plain folders. Where these do more than list resources Flux' own code builds both sides; without it
(FLUXGATE_KUBE= is empty) that is named as not known. Values of Secrets are masked.
Exit codes: 0 everything was compared, whether or not something changes; 1 something could not be
read, built or compared, so the answer is not all of it: it is named first; 2 wrong command line;
3 git is missing or failed.`,
  async run(args, { out, err }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: "string", default: "text" } },
    });
    const [before, after] = positionals;
    if (before === undefined || after === undefined || positionals.length > 2) {
      err("fluxgate diff needs BEFORE and AFTER. Run fluxgate diff --help.");
      return exitCodes.usage;
    }
    if (!formats.includes(values.format)) {
      err(`--format ${values.format} is none of ${formats.join(", ")}. Run fluxgate diff --help.`);
      return exitCodes.usage;
    }
    const [old, next] = [await readSide(before), await readSide(after)];
    const compared =
      old.isFile && next.isFile
        ? compareFiles(old.files[0], next.files[0])
        : await compareBuilt({ before: old.files, after: next.files });
    const lines =
      values.format === "json"
        ? [diffJson(compared)]
        : values.format === "markdown"
          ? diffMarkdown(compared)
          : diffText(compared);
    for (const line of lines) out(line);
    return compared.complete ? exitCodes.ok : exitCodes.problems;
  },
};

/** Compares, and once more with Flux' own builds where these would tell more. */
async function compareBuilt(sides: BothSides): Promise<TreesComparison> {
  const first = compareTrees(sides.before, sides.after);
  const kube = first.unbuilt.length > 0 ? kubeOfProgram() : undefined;
  if (kube === undefined) return first;
  try {
    const { builds } = await buildSides(kube, { wanted: first.unbuilt, sides });
    return compareTrees(sides.before, sides.after, builds);
  } finally {
    kube.close();
  }
}

type Given = { readonly files: readonly SideFile[]; readonly isFile: boolean };

async function readSide(name: string): Promise<Given> {
  const path = resolve(name);
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) return { files: readFolderFiles(path), isFile: false };
    return { files: [{ path: basename(path), ...readContent(path) }], isFile: true };
  }
  const place = {
    cwd: process.cwd(),
    env: gitEnvironment({ url: "", authorization: undefined }),
  };
  const found = name.startsWith("-") ? undefined : await findTree(place, name);
  if (found?.isFile) {
    const file = { path: name.slice(name.indexOf(":") + 1), ...(await readBlob(place, found.id)) };
    return { files: [file], isFile: true };
  }
  if (found !== undefined) return { files: await readTreeFiles(place, found.id), isFile: false };
  const message = `${name} is no folder or file here, and git knows no such revision`;
  throw new InputError([{ message }]);
}
