import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authorizationHeader } from "../../clients/azure-devops/connection.ts";
import { getRepository } from "../../clients/azure-devops/repositories.ts";
import { copiedTaskId } from "../../clients/copied-task-id.ts";
import type { RepositoryAddress } from "../../core/azure-devops/urls.ts";
import { waitTaskId } from "../../core/run/letter.ts";
import { runChecks, type Check, type Finding } from "./check.ts";
import { statusCheck, stopBuildsCheck, writeDocumentCheck } from "./connector-checks.ts";
import { letterAuthorChecks } from "./letter-author-checks.ts";
import { optedChecks } from "./opted-checks.ts";
import { policyCheck } from "./policy-checks.ts";
import {
  buildsCheck,
  extensionDataCheck,
  organisationChecks,
  repositoryChecks,
  type Organisation,
} from "./read-checks.ts";
import type { OrganisationSubject } from "./subject.ts";
import { waitChecks } from "./wait-checks.ts";
import { writeChecks } from "./write-checks.ts";

export type OrganisationFindings = {
  readonly findings: readonly Finding[];
  /** A repository by names and by ids; without an answer by what the configuration says. */
  readonly addressesOf: (name: string) => Promise<readonly RepositoryAddress[]>;
};

/** Every check of Azure DevOps. A repository that fails holds no check of another. */
export async function checkOrganisation(
  subject: OrganisationSubject,
): Promise<OrganisationFindings> {
  const { ado, repositories, projects, extension, wait } = subject;
  const room = { ado, who: { name: "this identity" } };
  const findings = [...(await runChecks(organisationChecks(room)))];
  const reached = findings.every(({ state, optional }) => optional || state === "ok");
  const lists: (readonly Check[])[] = [
    ...repositories.map((one) => repositoryList(room, subject, one)),
    projects.map((project) => buildsCheck(room, project)),
    subject.letterAuthors.flatMap((author) => letterAuthorChecks(room, subject, author)),
    [
      ...(subject.asConnector || repositories.length > 0
        ? [extensionDataCheck(room, extension)]
        : []),
      ...(subject.asConnector && subject.write ? [writeDocumentCheck(room, extension)] : []),
    ],
    subject.config === undefined ? [] : optedChecks(room, subject.config, subject),
    ...(wait ? [waitChecks({ ado, ...wait, taskIds: taskIds(subject) })] : []),
  ];
  for (const list of lists) {
    findings.push(...(reached ? await runChecks(list) : list.map(unreached)));
  }
  if (subject.write && !subject.asConnector && reached)
    findings.push(...(await checkWriting(subject)));
  return { findings, addressesOf: addressReader(subject) };
}

function repositoryList(
  room: Organisation,
  subject: OrganisationSubject,
  one: OrganisationSubject["repositories"][number],
): readonly Check[] {
  const checks = [...repositoryChecks(room, one), policyCheck(room, one)];
  const connectors = subject.asConnector
    ? [
        statusCheck(room, { ...one, write: subject.write }),
        ...(subject.stopsBuilds ? [stopBuildsCheck(room, one.repo)] : []),
      ]
    : [];
  const prefix = subject.repositories.length > 1 ? `${one.name}: ` : "";
  return [...checks, ...connectors].map((check) => ({ ...check, name: prefix + check.name }));
}

function unreached({ name, lost }: Check): Finding {
  const text = "organisation and identity comes first";
  return { name, state: "not checked", text, optional: lost !== undefined };
}

function taskIds({ extension }: OrganisationSubject): readonly string[] {
  return [waitTaskId, copiedTaskId(waitTaskId, extension)];
}

async function checkWriting(subject: OrganisationSubject): Promise<readonly Finding[]> {
  const [one] = subject.repositories;
  if (one === undefined) return [];
  const { ado, kind, token } = subject;
  const tempFolder = await mkdtemp(join(tmpdir(), "fluxgate-doctor-"));
  const authorization = authorizationHeader(await token(), kind);
  const time = Math.floor(Date.now() / 1000);
  try {
    return await runChecks(writeChecks({ ado, ...one, authorization, tempFolder, time }));
  } finally {
    await rm(tempFolder, { recursive: true, force: true });
  }
}

function addressReader({ ado, repositories }: OrganisationSubject) {
  return async (name: string): Promise<readonly RepositoryAddress[]> => {
    const one = repositories.find((each) => each.name === name);
    if (one === undefined) return [];
    const { organisationUrl } = ado;
    const found = await getRepository(ado, one.repo).catch(() => undefined);
    const projects = [one.repo.project, ...(found ? [found.project.name, found.project.id] : [])];
    const names = [one.repo.repository, ...(found ? [found.name, found.id] : [])];
    return projects.flatMap((project) =>
      names.map((repository) => ({ organisationUrl, project, repository })),
    );
  };
}
