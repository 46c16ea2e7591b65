import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium } from "../risk.ts";
import { labelsOf } from "../labels.ts";
import { valueAt } from "../values.ts";

/** Rights that somebody did not have before: rules that became wider, and new bindings. */
export function grants({ before, after }: ObjectChange): readonly Finding[] {
  if (after === undefined) return [];
  const had = before === undefined ? [] : granted(before);
  return granted(after)
    .filter((one) => !had.some((other) => covers(other, one)))
    .map(({ severity, text, names }) => ({
      severity,
      text: names === undefined ? text : `${text}, of these names: ${names.join(", ")}`,
    }));
}

/** @property names of the only objects that it is for; all of them without */
type Grant = Finding & { readonly names?: readonly string[] };

function covers(wide: Grant, narrow: Grant): boolean {
  const { names } = wide;
  if (wide.text !== narrow.text) return false;
  return names === undefined || (narrow.names ?? [""]).every((name) => names.includes(name));
}

function granted(object: Mapping): readonly Grant[] {
  switch (object["kind"]) {
    case "Role":
    case "ClusterRole":
      return [...mappings(object["rules"]).flatMap(withNames), ...aggregated(object)];
    case "RoleBinding":
    case "ClusterRoleBinding":
      return mappings(object["subjects"]).map((subject) => bound(object, subject));
    default:
      return [];
  }
}

const climbing = ["escalate", "bind", "impersonate"];
/** Ways to the rights of others, by whatever verb. */
const ways: Readonly<Record<string, string>> = {
  "pods/exec": "run commands in pods (pods/exec)",
  "pods/attach": "attach to pods (pods/attach)",
  "pods/portforward": "reach into pods (pods/portforward)",
  "pods/ephemeralcontainers": "put containers into pods (pods/ephemeralcontainers)",
  "pods/proxy": "call pods through the API server (pods/proxy)",
  "services/proxy": "call services through the API server (services/proxy)",
  "nodes/proxy": "call every kubelet (nodes/proxy)",
  "serviceaccounts/token": "make tokens of service accounts (serviceaccounts/token)",
  "certificatesigningrequests/approval":
    "approve certificates (certificatesigningrequests/approval)",
};
/** Whose controller acts for them with rights of its own, which may be all. */
const deputies =
  /^(kustomizations|helmreleases|helmcharts|gitrepositories|ocirepositories|applications|applicationsets|appprojects)$/;
const deputyGroups = /(toolkit\.fluxcd\.io|^argoproj\.io)$/;
const writing = ["create", "update", "patch", "delete", "deletecollection"];
/** What rights themselves, and the checks of every call, are made of. */
const steering =
  /^(roles|rolebindings|clusterroles|clusterrolebindings|(mutating|validating)webhookconfigurations|validatingadmissionpolic(ies|ybindings)|customresourcedefinitions|namespaces|nodes)$/;

function withNames(rule: Mapping): readonly Grant[] {
  const names = texts(rule["resourceNames"]);
  const found = dangerousRule(rule);
  return names.length === 0 ? found : found.map((one) => ({ ...one, names }));
}

function dangerousRule(rule: Mapping): readonly Finding[] {
  const [verbs, resources] = [texts(rule["verbs"]), texts(rule["resources"])];
  const on = resources.join(", ") || texts(rule["nonResourceURLs"]).join(", ");
  const writes = verbs.filter((verb) => writing.includes(verb));
  const every = resources.some((one) => one === "*" || one === "*/*");
  const subresources = resources.filter((one) => one.endsWith("/*") && one !== "*/*");
  return [
    ...(verbs.includes("*") ? [high(`may do everything (verb *) with ${on}`)] : []),
    ...(every ? [high(`may ${verbs.join(", ")} every kind of object`)] : []),
    ...subresources.map((one) => high(`may ${verbs.join(", ")} everything below (${one})`)),
    ...verbs
      .filter((verb) => climbing.includes(verb))
      .map((verb) => high(`may ${verb} ${on}, and so gain further rights`)),
    ...resources
      .filter((one) => Object.hasOwn(ways, one))
      .map((one) => high(`may ${ways[one] ?? one}, and so act with the rights of others`)),
    ...(resources.includes("secrets")
      ? verbs
          .filter((verb) => ["get", "list", "watch"].includes(verb))
          .map((verb) => medium(`may ${verb} secrets`))
      : []),
    ...resources
      .filter((one) => steering.test(one) && writes.length > 0)
      .map((one) => medium(`may ${writes.join(", ")} ${one}`)),
    ...resources
      .filter(
        (one) => deputies.test(one) && writes.some((verb) => /^(create|update|patch)$/.test(verb)),
      )
      .filter(() => texts(rule["apiGroups"]).some((group) => deputyGroups.test(group)))
      .map((one) =>
        high(`may ${writes.join(", ")} ${one}, and so act with the rights of their controller`),
      ),
    ...(resources.includes("pods") && verbs.includes("create")
      ? [medium("may create pods, which run with any service account of the namespace")]
      : []),
  ];
}

/** Labels by which a ClusterRole's rules become part of roles that everybody has. */
function aggregated(role: Mapping): readonly Finding[] {
  return Object.entries(labelsOf(role))
    .filter(([name, value]) => /\/aggregate-to-/.test(name) && String(value) === "true")
    .map(([name]) => medium(`adds its rules to the role ${name.replace(/^.*aggregate-to-/, "")}`));
}

const everybody = /^system:(authenticated|unauthenticated|anonymous|serviceaccounts|masters)$/;

function bound(binding: Mapping, subject: Mapping): Finding {
  const role = String(valueAt(binding, "roleRef.name"));
  const name = String(subject["name"]);
  const grave = role === "cluster-admin" || role === "admin" || everybody.test(name);
  const where = binding["kind"] === "ClusterRoleBinding" ? " in the whole cluster" : "";
  return {
    severity: grave ? "high" : "medium",
    text: `gives ${subjectText(subject)} the role ${role}${where}`,
  };
}

/** Who gets rights: `ServiceAccount shop/api`. */
export function subjectText({ kind, namespace, name }: Mapping): string {
  return `${String(kind)} ${[namespace, name].filter(Boolean).map(String).join("/")}`;
}

function texts(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
