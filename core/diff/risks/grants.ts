import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import type { Finding } from "../risk.ts";
import { valueAt } from "../values.ts";

/** Rights that somebody did not have before: rules that became wider, and new bindings. */
export function grants({ before, after }: ObjectChange): readonly Finding[] {
  if (after === undefined) return [];
  const had = new Set(before === undefined ? [] : granted(before).map(({ text }) => text));
  return granted(after).filter(({ text }) => !had.has(text));
}

function granted(object: Mapping): readonly Finding[] {
  switch (object["kind"]) {
    case "Role":
    case "ClusterRole":
      return mappings(object["rules"]).flatMap(dangerousRule);
    case "RoleBinding":
    case "ClusterRoleBinding":
      return mappings(object["subjects"]).map((subject) => bound(object, subject));
    default:
      return [];
  }
}

const climbing = ["escalate", "bind", "impersonate"];

function dangerousRule(rule: Mapping): readonly Finding[] {
  const [verbs, resources] = [texts(rule["verbs"]), texts(rule["resources"])];
  const on = resources.join(", ") || texts(rule["nonResourceURLs"]).join(", ");
  const high = (text: string): Finding => ({ severity: "high", text });
  return [
    ...(verbs.includes("*") ? [high(`may do everything (verb *) with ${on}`)] : []),
    ...(resources.includes("*") ? [high(`may ${verbs.join(", ")} every kind of object`)] : []),
    ...verbs
      .filter((verb) => climbing.includes(verb))
      .map((verb) => high(`may ${verb} ${on}, and so gain further rights`)),
    ...(resources.includes("secrets")
      ? verbs
          .filter((verb) => ["get", "list", "watch"].includes(verb))
          .map((verb) => ({ severity: "medium" as const, text: `may ${verb} secrets` }))
      : []),
  ];
}

function bound(binding: Mapping, subject: Mapping): Finding {
  const role = String(valueAt(binding, "roleRef.name"));
  const admin = role === "cluster-admin" || role === "admin";
  const where = binding["kind"] === "ClusterRoleBinding" ? " in the whole cluster" : "";
  const who = [subject["namespace"], subject["name"]].filter(Boolean).map(String).join("/");
  return {
    severity: admin ? "high" : "medium",
    text: `gives ${String(subject["kind"])} ${who} the role ${role}${where}`,
  };
}

function texts(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
