import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseDocument } from "yaml";

const execute = promisify(execFile);

/** Packs a copy of the chart that names its image, by digest where that is known. */
export async function packageChart(of: {
  readonly version: string;
  readonly folder: string;
  readonly helm: string;
  readonly repository: string;
  readonly digest: string | undefined;
}): Promise<string> {
  const { version, folder, helm, repository, digest = "" } = of;
  const scratch = await mkdtemp(join(tmpdir(), "fluxgate-chart-"));
  try {
    const chart = join(scratch, "fluxgate-connector");
    await cp("connector/chart", chart, { recursive: true });
    const file = join(chart, "values.yaml");
    const values = parseDocument(await readFile(file, "utf8"));
    values.setIn(["image", "repository"], repository);
    values.setIn(["image", "digest"], digest);
    await writeFile(file, values.toString({ lineWidth: 0 }));
    const versions = ["--version", version, "--app-version", version];
    await execute(helm, ["package", chart, ...versions, "--destination", folder]);
    return join(folder, `fluxgate-connector-${version}.tgz`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
