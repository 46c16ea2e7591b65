import type { AzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { TerminalError } from "../../../core/errors.ts";
import { imageChanges } from "../../../core/diff/image-changes.ts";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { subtractExpected } from "../../../core/team-rules/expected-differences.ts";
import { ruleKey, type TeamRules } from "../../../core/team-rules/team-rule.ts";
import { type Bodies, bodiesOf } from "../../view/bodies.ts";
import { seenChanges } from "../../view/changes-view.ts";
import { editedFiles } from "../../../core/render/edited-files.ts";
import { inFolder } from "../../../core/render/ownership-index.ts";
import { keepNewest } from "../../view/keep-newest.ts";
import { addAttachedCharts } from "../add-charts.ts";
import type { Analysis } from "../analyse.ts";
import { type Changes, compareCommits } from "../compare-commits.ts";
import { compareFolders } from "../compare-folders.ts";
import { compareSince } from "../compare-since.ts";
import { hangsOnCharts } from "../find-rendered-charts.ts";
import { queueServer } from "../queue-server.ts";
import type { Answer, Asked, Seen, SeenCommits, Subject } from "./questions.ts";

type Held = { readonly bodies: Bodies; readonly changes?: Changes };

/** So many results at most: a page looks at a comparison, at it with charts, at what is new in it. */
const mostHeld = 8;

/** How one question is answered: `id` names what comes of it. */
export type Answers = {
  readonly [S in Subject]: (
    ado: AzureDevOps,
    asked: Asked<S>,
    id: string,
  ) => Answer<S> | Promise<Answer<S>>;
};

/**
 * Answers that remember results.
 * @param onProgress called now and again while a long comparison goes on
 */
export function createAnswers(onProgress: () => void): Answers {
  const held = new Map<string, Held>();
  const hold = (id: string, analysis: Analysis, also: HoldOptions = {}): Seen => {
    const { view, objects } = seenChanges(analysis, also.noise);
    const bodies = bodiesOf(objects);
    const value = { bodies, ...(also.changes && { changes: also.changes }) };
    keepNewest(held, { key: id, value, most: mostHeld });
    return { id, view };
  };
  const holdCommits = (id: string, changes: Changes): SeenCommits => {
    const { before, after, digest, others, analysis, noise } = changes;
    return {
      ...hold(id, analysis, { noise, changes }),
      ...{ before, after, digest, others, hangsOnCharts: hangsOnCharts(analysis) },
      ...(analysis.places && { places: analysis.places }),
    };
  };
  const find = (id: string): Held => held.get(id) ?? fail();
  const askServer = queueServer();
  const changesOf = (id: string): Changes => find(id).changes ?? fail();
  return {
    commits: async (ado, asked, id) =>
      holdCommits(id, await compareCommits(ado, asked, onProgress)),
    charts: async (ado, { id: plain, ...asked }, id) => {
      const found = await addAttachedCharts(ado, { ...asked, changes: changesOf(plain) });
      return found && { name: found.name, changes: holdCommits(id, found.changes) };
    },
    since: async (ado, { id: shown, ...asked }, id) => {
      const since = await compareSince(ado, { ...asked, shown: changesOf(shown) });
      if (since.state === "unknown") return since;
      return { ...since, difference: hold(id, since.difference) };
    },
    edited: (_ado, { id, folder, recorded }) =>
      editedFiles(textsBelow(folder, changesOf(id).texts), recorded),
    // What it holds of the result it keeps, however many others are compared before its turn.
    server: (ado, { id }) => {
      const changes = changesOf(id);
      return askServer({
        ...changes,
        findDefinitions: (kinds) => changes.findDefinitions(ado, kinds),
      });
    },
    folders: async (ado, asked, id) => {
      const { analysis, rules } = await compareFolders(ado, asked, onProgress);
      const { objects, counts } = subtractExpected(analysis.objects, rules.expected.rules);
      const all = hold(`${id} all`, analysis, { noise: rules.noise });
      return {
        ...{ complete: analysis.complete, problems: rules.expected.problems, all },
        namespaces: analysis.namespaces ?? [],
        expected: [...counts].map(([rule, amount]) => ({
          ...{ key: ruleKey(rule), path: rule.path, reason: rule.reason, amount },
        })),
        left:
          counts.size === 0
            ? all
            : hold(
                id,
                { ...analysis, objects, images: imageChanges(objects) },
                { noise: rules.noise },
              ),
      };
    },
    plain: (_ado, { before, after }, id) => {
      const diff = compareManifests(before, after);
      return { ...diff, seen: hold(id, { ...diff, others: [], wanted: [], unbuilt: [] }) };
    },
    body: (_ado, { id, ...asked }) => find(id).bodies.body(asked),
    lines: (_ado, { id, ...asked }) => find(id).bodies.lines(asked),
    find: (_ado, { id, text }) => find(id).bodies.find(text),
  };
}

type HoldOptions = { readonly noise?: TeamRules; readonly changes?: Changes };

// Another worker has taken the place of the one that compared.
function fail(): never {
  throw new TerminalError("Failed to show what was compared: it is no longer in memory", {
    code: "comparison-lost",
    hint: "Compare again.",
  });
}

function textsBelow(
  folder: string,
  texts: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const start = inFolder(folder, "");
  return new Map(
    [...texts].flatMap(([path, text]) =>
      path.startsWith(start) ? [[path.slice(start.length), text]] : [],
    ),
  );
}
