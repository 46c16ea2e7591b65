// Which wanted policies a branch has. What others set is theirs: one that asks for less is said, and
// neither changed nor doubled.
import { isOfType, type Policy, type WantedPolicy } from "./policy.ts";

export type PolicyFinding =
  | { readonly state: "there"; readonly wanted: WantedPolicy; readonly id: number }
  | {
      readonly state: "weaker";
      readonly wanted: WantedPolicy;
      readonly id: number;
      readonly differs: readonly string[];
    }
  | { readonly state: "missing"; readonly wanted: WantedPolicy };

/** @param inForce those of the branch that are enabled */
export function comparePolicies(
  wanted: readonly WantedPolicy[],
  inForce: readonly Policy[],
): readonly PolicyFinding[] {
  return wanted.map((one) => {
    const about = inForce.filter((policy) => isAbout(policy, one));
    const judged = about.map(({ id, ...policy }) => ({ id, differs: lacks(policy, one) }));
    const good = judged.find(({ differs }) => differs.length === 0);
    if (good) return { state: "there", wanted: one, id: good.id };
    const [first] = judged;
    return first ? { state: "weaker", wanted: one, ...first } : { state: "missing", wanted: one };
  });
}

/** Whether a policy is about the same thing, however strict it is. */
function isAbout(policy: Policy, { kind, settings: wanted }: WantedPolicy): boolean {
  const { settings = {} } = policy;
  if (!isOfType(policy, kind)) return false;
  const same = (name: string) => lower(settings[name]) === lower(wanted[name]);
  switch (kind) {
    case "minimumReviewers":
    case "mergeStrategy":
      return true;
    case "build":
      return same("buildDefinitionId");
    case "status":
      return same("statusGenre") && same("statusName");
    case "requiredReviewers":
      return (
        listOf(wanted["requiredReviewerIds"]).every((id) =>
          listOf(settings["requiredReviewerIds"]).includes(id),
        ) && covers(settings, wanted)
      );
  }
}

type Judged = Pick<Policy, "isBlocking" | "settings">;

function lacks({ isBlocking, settings = {} }: Judged, { settings: wanted }: WantedPolicy) {
  const differs: string[] = [];
  if (isBlocking === false) differs.push("it is optional");
  if (!covers(settings, wanted)) {
    differs.push(`it looks only at ${listOf(settings["filenamePatterns"]).join(", ")}`);
  }
  for (const [name, value] of Object.entries(wanted)) {
    if (isAsStrict(name, { has: settings[name], wants: value })) continue;
    differs.push(`${name} is ${shown(settings[name])} instead of ${shown(value)}`);
  }
  return differs;
}

const notCompared = new Set([
  ...["displayName", "defaultDisplayName", "message", "filenamePatterns"],
  "requiredReviewerIds",
]);
const stricterWhenTrue = new Set([
  ...["resetOnSourcePush", "blockLastPusherVote", "invalidateOnSourceUpdate"],
]);

function isAsStrict(
  name: string,
  { has, wants }: { readonly has: unknown; readonly wants: unknown },
): boolean {
  if (notCompared.has(name)) return true;
  if (name === "minimumApproverCount") return Number(has ?? 1) >= Number(wants);
  if (stricterWhenTrue.has(name)) return wants !== true || has === true;
  // What grants something: absent is not granted.
  if (wants === false) return has !== true;
  if (name === "validDuration") return Number(has ?? 0) === Number(wants);
  return lower(has) === lower(wants);
}

// Without a filter it looks at everything; what a filter leaves out (`!/prod/x/*`) may be what counts.
function covers(
  { filenamePatterns: has }: Readonly<Record<string, unknown>>,
  { filenamePatterns: wants }: Readonly<Record<string, unknown>>,
): boolean {
  const patterns = listOf(has);
  if (patterns.some((pattern) => pattern.startsWith("!"))) return false;
  if (patterns.length === 0 || patterns.includes("*") || patterns.includes("/*")) return true;
  const isWithin = (one: string) => patterns.some((pattern) => isBelow(one, pattern));
  return listOf(wants).length > 0 && listOf(wants).every(isWithin);
}

/** `/env/*` looks at all that lies below the folder, `/env/prod/*` with it. */
function isBelow(pattern: string, other: string): boolean {
  const folder = /^(\/[^*]+\/)\*$/.exec(other)?.[1];
  return pattern === other || (folder !== undefined && pattern.startsWith(folder));
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as unknown[]).map(lower).filter((one) => one !== "") : [];
}

function lower(value: unknown): string {
  return ["string", "number", "boolean"].includes(typeof value) ? String(value).toLowerCase() : "";
}

function shown(value: unknown): string {
  return lower(value) === "" ? "not set" : lower(value);
}
