// Image and chart of the connector, into a registry of one's own. UNVERIFIED: no registry and no docker
// could be reached where this was written; what the chart becomes is tested, what the programs are
// asked is compared.
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { packageChart } from "./package-chart.ts";

export type Publication = {
  /** `registry.fabrikam.com/platform`: image and chart lie below it. */
  readonly registry: string;
  readonly version: string;
  /** Where the chart, the SBOM and what docker says of the image are put. */
  readonly folder: string;
  readonly helm: string;
  /** A key of cosign's, in any form that it takes; without one it signs keyless. */
  readonly key?: string | undefined;
  /** Nothing is built, pushed or signed: what would be is said. */
  readonly dryRun: boolean;
};

export type Programs = {
  /** Answers what it printed. @throws where it fails */
  readonly run: (program: string, args: readonly string[]) => Promise<string>;
  readonly has: (program: string) => Promise<boolean>;
  readonly say: (line: string) => void;
};

// No step of the Dockerfile runs a program of the image, so that no machine is emulated.
const platforms = "linux/amd64,linux/arm64";
const digestForm = /\bsha256:[0-9a-f]{64}\b/;

/** @throws Error that says which step failed */
export async function publishConnector(of: Publication, programs: Programs): Promise<void> {
  const { registry, version, folder, helm, dryRun } = of;
  const { say } = programs;
  const run = dryRun ? sayOnly(say) : programs.run;
  const image = `${registry}/fluxgate-connector`;
  const digest = await publishImage(of, image, run);
  const chart = await packageChart({ version, folder, helm, repository: image, digest });
  const charts = `oci://${registry}/charts`;
  const pushed = digestIn(await run(helm, ["push", chart, charts]), "the chart");
  await sign(of, programs, {
    run,
    references: [
      [image, digest],
      [`${registry}/charts/fluxgate-connector`, pushed],
    ],
  });
  say(
    `${dryRun ? "Would publish" : "Published"} ${image}:${version} and ${charts}/${basename(chart)}`,
  );
  say(
    `helm upgrade --install fluxgate ${charts}/fluxgate-connector --version ${version} --values connector-values.yaml`,
  );
}

async function publishImage(
  { version, folder, dryRun }: Publication,
  image: string,
  run: Programs["run"],
): Promise<string | undefined> {
  const metadata = join(folder, "image.json");
  await run("docker", [
    ...["buildx", "build", "--platform", platforms, "--file", "connector/Dockerfile"],
    ...["--tag", `${image}:${version}`, "--sbom=true", "--provenance=mode=max"],
    ...["--metadata-file", metadata, "--push", "."],
  ]);
  const digest = dryRun ? undefined : digestIn(await readFile(metadata, "utf8"), "the image");
  const reference = digest === undefined ? `${image}:${version}` : `${image}@${digest}`;
  const inspect = ["buildx", "imagetools", "inspect", reference];
  const sbom = await run("docker", [...inspect, "--format", "{{ json .SBOM }}"]);
  if (!dryRun) await writeFile(join(folder, "sbom.json"), sbom);
  return digest;
}

type Reference = readonly [name: string, digest: string | undefined];

// By digest: a tag may be another image by then.
async function sign(
  { key, dryRun }: Publication,
  { has, say }: Programs,
  { run, references }: { readonly run: Programs["run"]; readonly references: readonly Reference[] },
): Promise<void> {
  if (!(await has("cosign"))) {
    say("Not signed: cosign is not on PATH");
    return;
  }
  for (const [name, digest] of references) {
    const reference = `${name}@${digest ?? "<digest>"}`;
    await run("cosign", ["sign", "--yes", ...(key ? ["--key", key] : []), reference]);
    if (!dryRun) say(`Signed ${reference}`);
  }
}

function digestIn(text: string, of: string): string | undefined {
  const [digest] = digestForm.exec(text) ?? [];
  if (digest !== undefined || text === "") return digest;
  throw new Error(`Failed to publish ${of}: nothing says its digest`);
}

function sayOnly(say: Programs["say"]): Programs["run"] {
  return (program, args) => {
    say(`would run: ${[basename(program), ...args].join(" ")}`);
    return Promise.resolve("");
  };
}
