// Who wrote a letter, judged by what the service set and the letter says, without any call
// (design.md 4.4, rule 1). Only where this names a project is anything looked up.
import type { IdentityRef } from "../azure-devops/types.ts";
import { isGuid } from "../azure-devops/urls.ts";
import type { Letter } from "../run/letter.ts";
import { buildScopeOf } from "./build-identity.ts";

/** An identity beside the build services that may post letters, from the configuration. */
export type LetterAuthor = {
  /** Server-set id of the identity. */
  readonly id: string;
  /** Name or id of the only project whose builds it may name. */
  readonly project: string;
  readonly definitions?: readonly number[];
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
      readonly entry?: LetterAuthor;
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
  const entry = letterAuthors.find(({ id }) => same(id, author?.id));
  if (!entry) return { known: false, text: `it is by ${who}, not by a build service` };
  const { environments } = entry;
  if (environments && !environments.includes(letter.environment)) {
    const text = `it is by ${who}, who may not write letters for ${letter.environment}`;
    return { known: false, text };
  }
  return { known: true, project: entry.project, entry };
}

function same(one: string, other: string | undefined): boolean {
  return other !== undefined && one.toLowerCase() === other.toLowerCase();
}
