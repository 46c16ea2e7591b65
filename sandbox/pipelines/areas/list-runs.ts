import { listOf, type Answer, type Call } from "../../azure-devops/route.ts";
import type { PipelinesState } from "../state.ts";
import { projectOf } from "./run-call.ts";
import { buildJson } from "./run-json.ts";

// Clients write enumerations as names or, as the vendor's own for Node, as numbers.
const numbered: Readonly<Record<string, readonly string[]>> = {
  statusfilter: ["1 inprogress", "2 completed", "4 cancelling", "32 notstarted", "47 all"],
  resultfilter: ["2 succeeded", "4 partiallysucceeded", "8 failed", "32 canceled"],
  reasonfilter: ["1 manual", "2 individualci", "256 pullrequest", "8192 resourcetrigger"],
};
const ascending = ["2", "5", "7"];

/** Builds - List: newest first unless `queryOrder` says otherwise. */
export function listRuns(state: PipelinesState, call: Call): Answer {
  const project = projectOf(call);
  const { query } = call;
  const among = (name: string) => {
    const words = query[name]?.toLowerCase().split(",").filter(Boolean);
    return words?.map(
      (word) => numbered[name]?.find((one) => one.startsWith(`${word} `))?.split(" ")[1] ?? word,
    );
  };
  const fits = (name: string, value: string) => {
    const wanted = among(name);
    return !wanted || wanted.includes("all") || wanted.includes(value.toLowerCase());
  };
  const found = state.runs.filter(
    (run) =>
      run.definition.project === project &&
      fits("statusfilter", run.status) &&
      fits("resultfilter", run.result ?? "") &&
      fits("reasonfilter", run.reason) &&
      fits("definitions", String(run.definition.id)) &&
      fits("buildids", String(run.id)) &&
      fits("branchname", run.sourceBranch) &&
      (among("tagfilters") ?? []).every((tag) => [...run.tags].map(lower).includes(tag)),
  );
  const order = query["queryorder"] ?? "";
  const oldestFirst = ascending.includes(order) || lower(order).endsWith("ascending");
  found.sort((a, b) => (oldestFirst ? a.id - b.id : b.id - a.id));
  const top = Number(query["$top"] ?? query["top"] ?? 1000);
  const from = Number(query["continuationtoken"] ?? 0);
  const more = from + top < found.length;
  return {
    ...listOf(found.slice(from, from + top).map((run) => buildJson(call.organisation, run))),
    ...(more ? { headers: { "x-ms-continuationtoken": String(from + top) } } : {}),
  };
}

function lower(text: string): string {
  return text.toLowerCase();
}
