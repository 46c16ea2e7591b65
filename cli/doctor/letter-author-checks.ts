import { listDefinitions } from "../../clients/azure-devops/definitions.ts";
import { findIdentities } from "../../clients/azure-devops/identities.ts";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import type { LetterAuthor } from "../../core/gate/letter-author.ts";
import { matchesPipeline, type PipelineMatch } from "../../core/gate/pipeline-match.ts";
import { Failure, stateOf, type Check } from "./check.ts";
import type { Organisation } from "./read-checks.ts";
import type { OrganisationSubject } from "./subject.ts";

/** Whether an entry of `letterAuthors` names what is there: who, and what it may claim. */
export function letterAuthorChecks(
  { ado }: Pick<Organisation, "ado">,
  { environments }: Pick<OrganisationSubject, "environments">,
  author: LetterAuthor,
): readonly Check[] {
  const { id, project, definitions } = author;
  return [
    {
      name: `letter author ${id.slice(0, 8)}`,
      remedy:
        "Take the id of the identity whose token stands in the service connection, an account of its own: fluxgate doctor --organisation URL with that token prints it.",
      test: async () => {
        const { authenticatedUser } = await readConnectionData(ado);
        if (same(authenticatedUser.id, id)) {
          const why = "what the connector itself posts is no letter";
          throw new Failure("wrong", `it is this identity, ${why}`);
        }
        const found = await findIdentities(ado, id).catch((error: unknown) => {
          if (stateOf(error) !== "refused") throw error;
          throw new Failure("not checked", "this identity may not look up identities");
        });
        const [one] = found;
        if (one === undefined) throw new Failure("absent", "no active identity has that id");
        const unserved = (author.environments ?? []).filter((name) => !environments.includes(name));
        if (unserved.length > 0) {
          const known = `known are ${environments.join(", ")}`;
          throw new Failure("wrong", `there is no environment ${unserved.join(", ")}; ${known}`);
        }
        const may = author.environments?.join(", ") ?? "every environment";
        return `${one.displayName} may write letters for ${may}`;
      },
    },
    {
      name: `its pipelines in ${project}`,
      remedy: "Correct letterAuthors[].definitions, or grant View builds on the pipeline.",
      test: async () => {
        const all = await listDefinitions(ado, project);
        if (definitions === undefined) {
          return `any of the ${all.length} that there are: list them for protected environments`;
        }
        const fits = (match: PipelineMatch) =>
          all.filter((one) => matchesPipeline(match, { definition: one, project: one.project }));
        const lost = definitions.filter((match) => fits(match).length === 0);
        if (lost.length > 0) {
          const names = lost.map((match) => JSON.stringify(match)).join(", ");
          throw new Failure("absent", `no pipeline to be seen there is ${names}`);
        }
        const named = new Set(definitions.flatMap((match) => fits(match).map(({ name }) => name)));
        return [...named].join(", ");
      },
    },
  ];
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
