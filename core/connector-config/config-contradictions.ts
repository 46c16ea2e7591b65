import type { PlacedProblem } from "../delivery/schema-problem.ts";
import { parseDuration } from "../flux/duration.ts";
import { observerProblems } from "./observer-problems.ts";
import { isTimeZone } from "./schedule.ts";

type Entry = { readonly [key: string]: unknown };

// Oftener than this the connector would only burden the services that it asks.
const shortestLookMs = 100;

/**
 * What no schema says: names that nothing bears or that are used twice, times of nothing. Looks at
 * any value, so that these are reported beside what the schema finds.
 */
export function contradictions(file: unknown): readonly PlacedProblem[] {
  const of = (key: string) => entries(isEntry(file) ? file[key] : undefined);
  const [repositories, clusters, environments] = [
    of("repositories"),
    of("clusters"),
    of("environments"),
  ];
  return [
    ...repeated(repositories, ["repositories"]),
    ...repeated(clusters, ["clusters"]),
    ...repeated(environments, ["environments"]),
    ...sameBranch(repositories),
    ...environments.flatMap((environment, index) => {
      const at = ["environments", index];
      const used = entries(environment["clusters"]);
      return [
        ...unknownName(environment["repository"], [...at, "repository"], repositories),
        ...used.flatMap(({ name }, place) =>
          unknownName(name, [...at, "clusters", place, "name"], clusters),
        ),
        ...repeated(used, [...at, "clusters"]),
        ...used.flatMap((one, place) => unclearPlan(one, [...at, "clusters", place])),
      ];
    }),
    ...unclearElection(isEntry(file) ? file["leaderElection"] : undefined, clusters),
    ...observerProblems({
      clusters,
      environments,
      electedIn:
        isEntry(file) && isEntry(file["leaderElection"])
          ? file["leaderElection"]["cluster"]
          : undefined,
    }),
    ...userInAddress(isEntry(file) ? file["azureDevOps"] : undefined),
    ...shortTimings(isEntry(file) ? file["timings"] : undefined),
  ];
}

function repeated(list: readonly Entry[], path: PlacedProblem["path"]): readonly PlacedProblem[] {
  const key = path.findLast((part) => typeof part === "string") ?? "";
  return list.flatMap(({ name }, index) =>
    typeof name === "string" && list.findIndex((other) => other["name"] === name) < index
      ? [{ path: [...path, index, "name"], message: `${key} names ${name} twice` }]
      : [],
  );
}

// Every letter would be read twice.
function sameBranch(repositories: readonly Entry[]): readonly PlacedProblem[] {
  const keyOf = ({ project, repository, branch }: Entry) =>
    JSON.stringify([project, repository, branch ?? "main"]).toLowerCase();
  return repositories.flatMap((one, index) => {
    const first = repositories.findIndex((other) => keyOf(other) === keyOf(one));
    const { project, repository } = one;
    if (first === index || typeof project !== "string" || typeof repository !== "string") return [];
    return [
      {
        path: ["repositories", index, "repository"],
        message: `${project}/${repository} stands twice: use repositories[${first}] for both`,
      },
    ];
  });
}

function unknownName(
  name: unknown,
  path: PlacedProblem["path"],
  known: readonly Entry[],
): readonly PlacedProblem[] {
  const names = known.flatMap((one) => (typeof one["name"] === "string" ? one["name"] : []));
  if (typeof name !== "string" || names.length === 0 || names.includes(name)) return [];
  const what = path.at(-1) === "repository" ? "repository" : "cluster";
  return [{ path, message: `there is no ${what} ${name}: known are ${names.join(", ")}` }];
}

function unclearPlan(cluster: Entry, path: PlacedProblem["path"]): readonly PlacedProblem[] {
  const { active, state, schedule } = cluster;
  const problems: PlacedProblem[] = [];
  if (typeof active === "boolean" && state !== undefined && active !== (state === "active")) {
    problems.push({ path: [...path, "active"], message: `active: ${active} and state disagree` });
  }
  const zone = isEntry(schedule) ? schedule["timeZone"] : undefined;
  if (typeof zone === "string" && !isTimeZone(zone)) {
    const message = `there is no time zone ${zone}: it looks like Europe/Berlin`;
    problems.push({ path: [...path, "schedule", "timeZone"], message });
  }
  if (isEntry(schedule) && schedule["from"] === schedule["to"]) {
    problems.push({ path: [...path, "schedule", "to"], message: "from and to are the same" });
  }
  return problems;
}

// A leader that has said nothing for so short a time may be busy.
const shortestLeaseMs = 1_000;

function unclearElection(election: unknown, clusters: readonly Entry[]): readonly PlacedProblem[] {
  if (!isEntry(election)) return [];
  const { cluster, duration } = election;
  const ms = typeof duration === "string" ? parseDuration(duration) : undefined;
  const short = `leaderElection.duration must be at least ${shortestLeaseMs / 1000}s`;
  return [
    ...unknownName(cluster, ["leaderElection", "cluster"], clusters),
    ...(ms !== undefined && ms < shortestLeaseMs
      ? [{ path: ["leaderElection", "duration"], message: short }]
      : []),
  ];
}

// Whatever stands there is not repeated: it may be a password.
function userInAddress(azureDevOps: unknown): readonly PlacedProblem[] {
  const address = isEntry(azureDevOps) ? azureDevOps["organisationUrl"] : undefined;
  if (typeof address !== "string" || !/^https?:\/\/[^/]*@/.test(address)) return [];
  return [
    {
      path: ["azureDevOps", "organisationUrl"],
      message: "azureDevOps.organisationUrl must not hold a user or password",
    },
  ];
}

function shortTimings(timings: unknown): readonly PlacedProblem[] {
  return Object.entries(isEntry(timings) ? timings : {}).flatMap(([key, text]) => {
    const ms = typeof text === "string" ? parseDuration(text) : undefined;
    // A failure may count at once.
    if (ms === undefined || ms >= shortestLookMs || key === "grace") return [];
    const message = `timings.${key} must be at least ${shortestLookMs}ms`;
    return [{ path: ["timings", key], message }];
  });
}

function entries(list: unknown): readonly Entry[] {
  return Array.isArray(list) ? list.map((one) => (isEntry(one) ? one : {})) : [];
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
