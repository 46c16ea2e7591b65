import { listOf, type Answer, type Call } from "../../azure-devops/route.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { buildJson, type SharedParts } from "./build-json.ts";
import { pageOf } from "./page.ts";
import { demandView, projectOf } from "./run-call.ts";

// Clients write enumerations as names or, as the vendor's own for Node, as numbers.
const numbered: Readonly<Record<string, readonly string[]>> = {
  statusfilter: ["1 inprogress", "2 completed", "4 cancelling", "32 notstarted", "47 all"],
  resultfilter: ["2 succeeded", "4 partiallysucceeded", "8 failed", "32 canceled"],
  reasonfilter: [
    ...["1 manual", "2 individualci", "4 batchedci", "256 pullrequest", "512 buildcompletion"],
    ...["1024 resourcetrigger", "8191 all"],
  ],
};
const ascending = ["2", "5", "7"];

/** Builds - List: newest first unless `queryOrder` says otherwise. */
export function listRuns(state: PipelinesState, call: Call): Answer {
  demandView(call);
  const project = projectOf(call);
  const fits = fitting(call);
  const wanted = state.runs.filter((run) => run.definition.project === project && fits(run));
  const order = call.query["queryorder"] ?? "";
  const oldestFirst = ascending.includes(order) || lower(order).endsWith("ascending");
  const sorted = oldestFirst ? wanted : wanted.reverse();
  const perDefinition = Number(call.query["maxbuildsperdefinition"] ?? 0);
  const found = perDefinition > 0 ? limited(sorted, perDefinition) : sorted;
  const { items, headers } = pageOf(call, found, 5000);
  const shared: SharedParts = new Map();
  const json = items.map((run) => buildJson(call.organisation, run, shared));
  return { ...listOf(json), headers };
}

// What is asked for is read once, not for every run.
function fitting({ query }: Call): (run: Run) => boolean {
  const read = (name: string) => {
    const words = query[name]?.toLowerCase().split(",").filter(Boolean);
    return words?.map(
      (word) => numbered[name]?.find((one) => one.startsWith(`${word} `))?.split(" ")[1] ?? word,
    );
  };
  const known = new Map<string, readonly string[] | undefined>();
  const among = (name: string) => {
    if (!known.has(name)) known.set(name, read(name));
    return known.get(name);
  };
  const fits = (name: string, value: string) => {
    const wanted = among(name);
    return !wanted || wanted.includes("all") || wanted.includes(value.toLowerCase());
  };
  const { mintime, maxtime } = query;
  const number = query["buildnumber"]?.toLowerCase();
  const timely = (run: Run) => {
    const time = new Date(run.finishTime ?? run.startTime ?? run.queueTime);
    return (
      (mintime === undefined || time >= new Date(mintime)) &&
      (maxtime === undefined || time <= new Date(maxtime))
    );
  };
  return (run) =>
    fits("statusfilter", run.status) &&
    fits("resultfilter", run.result ?? "") &&
    fits("reasonfilter", run.reason) &&
    fits("definitions", String(run.definition.id)) &&
    fits("buildids", String(run.id)) &&
    fits("branchname", run.sourceBranch) &&
    fits("repositoryid", run.definition.repository.id) &&
    (number === undefined || numberFits(run.buildNumber.toLowerCase(), number)) &&
    (query["requestedfor"] === undefined || requested(run, lower(query["requestedfor"]))) &&
    timely(run) &&
    (among("tagfilters") ?? []).every((tag) => [...run.tags].map(lower).includes(tag));
}

function numberFits(number: string, wanted: string): boolean {
  return wanted.endsWith("*") ? number.startsWith(wanted.slice(0, -1)) : number === wanted;
}

function requested({ requestedFor: { id, uniqueName, displayName } }: Run, wanted: string) {
  return [id, uniqueName, displayName].map(lower).includes(wanted);
}

function limited(runs: readonly Run[], most: number): readonly Run[] {
  const counts = new Map<number, number>();
  return runs.filter(({ definition: { id } }) => {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count <= most;
  });
}

function lower(text: string): string {
  return text.toLowerCase();
}
