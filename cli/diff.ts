import { parseArgs } from "node:util";
import { withCharts } from "../core/charts/with-charts.ts";
import { appliedObjects } from "../core/diff/tree/applied-objects.ts";
import { compareFiles } from "../core/diff/tree/compare-files.ts";
import { type TreesComparison, treesComparer } from "../core/diff/tree/compare-trees.ts";
import { diffJson } from "../core/report/diff-json.ts";
import { diffMarkdown, diffText } from "../core/report/diff-text.ts";
import { type BothSides, withBuilds } from "../kube/build-sides.ts";
import { judgedComparison } from "../kube/judged-comparison.ts";
import type { Kube } from "../kube/kube.ts";
import { kubeOfProgram } from "../kube/open-node.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";
import { type ChartOptions, renderCharts } from "./diff-charts.ts";
import { type DiffSide, readDiffSide } from "./diff-side.ts";
import { stillAtWork } from "./still-at-work.ts";

const formats = ["text", "markdown", "json"];

export const diffCommand: Command = {
  summary: "Say what Flux would do after a change of manifests, and what is risky in it",
  help: `fluxgate diff BEFORE AFTER [--format text|markdown|json]

  BEFORE, AFTER   folders, files, or git revisions of the repository here: main, HEAD~1,
                  or with a folder of it main:prod
  --format        text (default), markdown, or json as docs/spec/diff.schema.json describes it
  --fetch-charts  get charts that do not lie here from their repositories, with helm
  --chart-cache DIR   keep them there, and take them from there

What counts is what Flux would build: Flux Kustomizations among the files, kustomizations, then
plain folders. Where these do more than list resources Flux' own code builds both sides; without it
(FLUXGATE_KUBE= is empty) that is named as not known. What the charts of changed HelmReleases render
is compared too, where helm is on PATH and the chart lies here (a folder of GitRepository, a vendored
copy) or is fetched; what only the cluster knows of their values is named. What comes or changes is
judged by the API server's own code: what it would refuse is a risk, in its words. Values of Secrets
are masked.
Exit codes: 0 everything was compared, whether or not something changes; 1 something could not be
read, built or compared, so the answer is not all of it: it is named first; 2 wrong command line;
3 git is missing or failed.`,
  async run(args, { out, err }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: "string", default: "text" },
        "fetch-charts": { type: "boolean", default: false },
        "chart-cache": { type: "string" },
      },
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
    const [old, next] = [await readDiffSide(before), await readDiffSide(after)];
    if (old.isFile !== next.isFile) {
      const [file, folder] = old.isFile ? [before, after] : [after, before];
      err(`${file} is a file, ${folder} is none: name two of a kind. Run fluxgate diff --help.`);
      return exitCodes.usage;
    }
    const kube = kubeOfProgram();
    const compare = async (told: Kube) =>
      judgedComparison(
        old.isFile && next.isFile
          ? compareFiles(old.files[0], next.files[0])
          : await compareRendered([old, next], { kube: told, charts: values }),
        next.files,
        told,
      );
    try {
      const compared = await stillAtWork(compare, { kube, err });
      const lines =
        values.format === "json"
          ? [diffJson(compared)]
          : values.format === "markdown"
            ? diffMarkdown(compared)
            : diffText(compared);
      for (const line of lines) out(line);
      return compared.complete ? exitCodes.ok : exitCodes.problems;
    } finally {
      kube.close();
    }
  },
};

/**
 * Compares, once more with Flux' own builds where these would tell more, and with what the charts of
 * changed releases render, as far as they lie here.
 */
async function compareRendered(
  [old, next]: readonly [DiffSide, DiffSide],
  { kube, charts }: { readonly kube: Kube; readonly charts: ChartOptions },
): Promise<TreesComparison> {
  const sides: BothSides = { before: old.files, after: next.files };
  const compare = treesComparer();
  const first = compare(sides.before, sides.after);
  const { builds, compared: built } = await withBuilds(kube, {
    first,
    sides,
    compare: (of) => compare(old.files, next.files, of.builds),
  });
  const applied = appliedObjects(old.files, next.files, builds);
  if (applied === undefined) return built;
  const bytes = { before: old.bytes, after: next.bytes };
  return withCharts(built, await renderCharts(applied, { bytes, kube, charts }));
}
