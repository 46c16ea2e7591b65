// Who wrote a letter, judged by what the service set and the letter says, without any call
// (design.md 4.4, rule 1). Only where this names a project is anything looked up.
import type { Build, IdentityRef } from "../azure-devops/types.ts";
import { isGuid } from "../azure-devops/urls.ts";
import type { Letter } from "../run/letter.ts";
import { buildScopeOf } from "./build-identity.ts";
import { matchesPipeline, type PipelineMatch } from "./pipeline-match.ts";

/** An identity beside the build services that may post letters, from the configuration. */
export type LetterAuthor = {
  /** Server-set id of the identity. */
  readonly id: string;
  /** Name or id of the only project whose builds it may name. */
  readonly project: string;
  readonly definitions?: readonly PipelineMatch[];
  readonly environments?: readonly string[];
};

export type AuthorFacts = {
  /** Id of the organisation's host. */
  readonly host: string;
  readonly collectionBuildIdentity?: string;
  readonly letterAuthors?: readonly LetterAuthor[];
};

export type AuthorVerdict =
  | {
      readonly known: true;
      /** Where the build is to be looked up: the service's word where it gave one. */
      readonly project: string;
      /** Of a listed author: what it may claim; absent for build services. */
      readonly entries?: readonly LetterAuthor[];
    }
  | { readonly known: false; readonly text: string };

/** Fails closed: a stranger's letter costs nothing more. */
export function judgeAuthor(
  author: IdentityRef | undefined,
  letter: Letter,
  { host, collectionBuildIdentity, letterAuthors = [] }: AuthorFacts,
): AuthorVerdict {
  const who = author?.displayName ?? "nobody";
  const { project } = letter.task;
  const scope = buildScopeOf(author, host);
  if (scope !== undefined && same(scope, collectionBuildIdentity)) return { known: true, project };
  if (scope !== undefined) {
    // A name says nothing that the identity does not say better.
    if (!isGuid(project) || same(scope, project)) return { known: true, project: scope };
    const text = `it is by ${who}, not by the build service of the project that it names`;
    return { known: false, text };
  }
  const own = letterAuthors.filter(({ id }) => same(id, author?.id));
  if (own.length === 0) return { known: false, text: `it is by ${who}, not by a build service` };
  const entries = own.filter(
    ({ environments }) => environments?.includes(letter.environment) ?? true,
  );
  if (entries.length === 0) {
    const text = `it is by ${who}, who may not write letters for ${letter.environment}`;
    return { known: false, text };
  }
  const [lookedUp] = entries.flatMap((entry) => placeOf(entry, project));
  if (lookedUp !== undefined) return { known: true, project: lookedUp, entries };
  return { known: false, text: `it is by ${who}, who may not write letters for that project` };
}

// The letter names its project by id. An entry that names one by its name may mean the same:
// that is compared with the build that is found.
function placeOf({ project: listed }: LetterAuthor, project: string): readonly string[] {
  if (!isGuid(project)) return [listed];
  return isGuid(listed) && !same(listed, project) ? [] : [project];
}

/** Why a listed author may not name this build; undefined where it may. */
export function entryProblem(
  entries: readonly LetterAuthor[],
  build: Build,
  who: string,
): string | undefined {
  const { definition, project } = build;
  const here = entries.filter(({ project: of }) => same(of, project.id) || same(of, project.name));
  if (here.length === 0) return `it is by ${who}, who may not write letters for ${project.name}`;
  const may = here.some(
    ({ definitions }) => definitions?.some((one) => matchesPipeline(one, build)) ?? true,
  );
  if (may) return undefined;
  return `it is by ${who}, who may not write letters of pipeline ${definition.name}`;
}

function same(one: string, other: string | undefined): boolean {
  return other !== undefined && one.toLowerCase() === other.toLowerCase();
}
