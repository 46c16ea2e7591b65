import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { connectKubernetes } from "../../clients/kubernetes/connect.ts";
import { readFlux } from "../../clients/kubernetes/read-flux.ts";
import { parseConfig } from "../../core/connector-config/parse-config.ts";
import { causeText, InputError } from "../../core/errors.ts";
import type { FluxObject } from "../../core/flux/flux-object.ts";
import { exitCodes, type Terminal } from "../command.ts";
import { writeBundle } from "./bundle.ts";
import { findingLine, isFailure, runChecks, summaryLine, type Finding } from "./check.ts";
import { clusterChecks } from "./cluster-checks.ts";
import { environmentChecks } from "./environment-checks.ts";
import { observerChecks } from "./observer-checks.ts";
import { options, subjectOf, type Subject } from "./subject.ts";
import { checkOrganisation, type OrganisationFindings } from "./check-organisation.ts";

/** Runs every check that the command line asks for; the exit code says whether all of it works. */
export async function doctor(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const { config: file } = values;
  const config = file === undefined ? undefined : parseConfig(await read(file), file);
  const subject = subjectOf(values, config);
  // A kubeconfig's credential plugins are other programs.
  delete process.env["FLUXGATE_TOKEN"];
  const organisation: OrganisationFindings = subject.organisation
    ? await checkOrganisation(subject.organisation)
    : { findings: [], addressesOf: () => Promise.resolve([]) };
  const clusters = await checkClusters(subject);
  const findings = [
    ...organisation.findings,
    ...clusters.flatMap(({ findings: found }) => found),
    ...(config === undefined || subject.organisation === undefined
      ? []
      : await runChecks(observerChecks(subject.organisation.ado, config))),
    ...(config === undefined
      ? []
      : await runChecks(
          environmentChecks({ config, clusters, addressesOf: organisation.addressesOf }),
        )),
  ];
  for (const finding of findings) terminal.out(findingLine(finding));
  terminal.out(summaryLine(findings));
  if (values.bundle !== undefined) {
    await writeBundle(values.bundle, {
      ...{ at: new Date(), findings, config, secrets: subject.secrets },
      clusters: await Promise.all(
        clusters.map(async ({ name, flux }) => ({
          name,
          flux: await flux().catch(() => undefined),
        })),
      ),
    });
    terminal.out(`Wrote ${values.bundle}: read it through before you send it.`);
  }
  return exitCodeOf(findings);
}

type ClusterFindings = {
  readonly name: string;
  readonly findings: readonly Finding[];
  readonly flux: () => Promise<readonly FluxObject[]>;
};

async function checkClusters({ clusters }: Subject): Promise<readonly ClusterFindings[]> {
  const all: ClusterFindings[] = [];
  for (const target of clusters) {
    const found = await runChecks(clusterChecks(target));
    let listed: Promise<readonly FluxObject[]> | undefined;
    const { name, kubeconfig, namespaces } = target;
    const list = async () =>
      readFlux(connectKubernetes(kubeconfig === undefined ? {} : { kubeconfig }), namespaces);
    // With several clusters a finding must say of which.
    const named = clusters.length === 1 ? "" : `${name}: `;
    const findings = found.map((one) => ({
      ...one,
      name: one.name.includes(name) ? one.name : `${named}${one.name}`,
    }));
    all.push({ name, findings, flux: () => (listed ??= list()) });
  }
  return all;
}

function exitCodeOf(findings: readonly Finding[]): number {
  if (findings.some((one) => isFailure(one) && !one.optional)) return exitCodes.problems;
  const unknown = findings.some(({ state, optional }) => state === "not checked" && !optional);
  return unknown ? exitCodes.failed : exitCodes.ok;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new InputError(
      [{ file, message: `the configuration cannot be read: ${causeText(cause)}` }],
      { cause },
    );
  }
}
