import { ownEntry } from "../../own-entry.ts";
import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, high, medium } from "../risk.ts";
import { labelsOf } from "../labels.ts";
import { same, textsOf, valueAt } from "../values.ts";
import { isAllowed } from "./rules-of-roles.ts";
import { constraints, isOfConstraints, usedConstraints } from "./security-contexts.ts";

/** Rights that somebody did not have before: rules that became wider, and new bindings. */
export function grants({ before, after }: ObjectChange): readonly Finding[] {
  if (after === undefined) return [];
  switch (after["kind"]) {
    case "Role":
    case "ClusterRole":
      return [
        ...gained(before, after),
        ...fresh(before, after, aggregated),
        ...aggregating(before, after),
      ];
    case "RoleBinding":
    case "ClusterRoleBinding":
      return fresh(before, after, (binding) =>
        mappings(binding["subjects"]).map((subject) => bound(binding, subject)),
      );
    default:
      return [];
  }
}

function fresh(
  before: Mapping | undefined,
  after: Mapping,
  find: (object: Mapping) => readonly Finding[],
): readonly Finding[] {
  const had = new Set(find(before ?? {}).map(({ text }) => text));
  return find(after).filter(({ text }) => !had.has(text));
}

/** What the rules of a role let somebody do that those before, all together, did not. */
function gained(before: Mapping | undefined, after: Mapping): readonly Finding[] {
  const old = mappings(before?.["rules"]);
  return mappings(after["rules"]).flatMap((whole) => {
    const rule = withoutKnown(whole, old);
    const names = textsOf(rule["resourceNames"]);
    const only = names.length === 0 ? "" : `, of these names: ${names.join(", ")}`;
    return dangerousRule(rule)
      .filter(({ asks }) => !isAllowed(old, { ...rule, ...asks }))
      .map(({ severity, text }) => ({ severity, text: `${text}${only}` }));
  });
}

/** A rule without the resources for which the others allow all of it already. */
function withoutKnown(rule: Mapping, others: readonly Mapping[]): Mapping {
  const resources = textsOf(rule["resources"]);
  const fresh = resources.filter((one) => !isAllowed(others, { ...rule, resources: [one] }));
  return { ...rule, resources: fresh };
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
const running = "whose pods run with any service account of the namespace";
/** By what is written into them somebody gets onto nodes, or to the rights of others. */
const placing: Readonly<Record<string, string>> = {
  ...{ deployments: running, statefulsets: running, daemonsets: running, replicasets: running },
  ...{ replicationcontrollers: running, jobs: running, cronjobs: running },
  persistentvolumes: "which may be folders of nodes",
};
const bringing = new Set(["create", "update", "patch"]);
const writing = ["create", "update", "patch", "delete", "deletecollection"];
/** What rights themselves, and the checks of every call, are made of. */
const steering =
  /^(roles|rolebindings|clusterroles|clusterrolebindings|(mutating|validating)webhookconfigurations|validatingadmissionpolic(ies|ybindings)|customresourcedefinitions|namespaces|nodes)$/;

/** @property asks the part of its rule that is dangerous, where it is not all of one resource */
type Danger = Finding & { readonly asks: Mapping };

function dangerousRule(rule: Mapping): readonly Danger[] {
  const verbs = textsOf(rule["verbs"]);
  const named = textsOf(rule["resources"]);
  const resources = named.filter((one) => !one.endsWith("/*"));
  const addresses = textsOf(rule["nonResourceURLs"]);
  const groups = textsOf(rule["apiGroups"]);
  const isOfOthers = groups.length > 0 && !groups.some((group) => group === "" || group === "*");
  const within = isOfOthers ? ` of ${groups.join(", ")}` : "";
  const on = resources.join(", ") || addresses.join(", ");
  const writes = verbs.filter((verb) => writing.includes(verb));
  const danger = (finding: Finding, asks: Mapping) => ({ ...finding, asks });
  const mistaken = named
    .filter((one) => one.endsWith("/*"))
    .map((one) =>
      danger(medium(`names ${one}, which allows nothing: RBAC takes it for no pattern`), {}),
    );
  if (resources.length === 0 && named.length > 0) return mistaken;
  const acting = writes.filter((verb) => bringing.has(verb));
  const isDeputy = groups.some((group) => deputyGroups.test(group));
  return [
    ...mistaken,
    ...(verbs.includes("*")
      ? [
          danger(high(`may do everything (verb *) with ${on === "*" ? `*${within}` : on}`), {
            verbs: ["*"],
          }),
        ]
      : []),
    // With every verb that is said already.
    ...(resources.includes("*") && !verbs.includes("*")
      ? [danger(high(`may ${verbs.join(", ")} every kind of object${within}`), {})]
      : []),
    ...addresses
      .filter((one) => /^(\*|\/\*|\/(debug|logs)(\/.*|\*)?)$/.test(one) && !verbs.includes("*"))
      .map((one) =>
        danger(medium(`may ${verbs.join(", ")} ${one} of the API server: its profiles and logs`), {
          nonResourceURLs: [one],
        }),
      ),
    ...verbs
      .filter((verb) => climbing.includes(verb))
      .map((verb) =>
        danger(high(`may ${verb} ${on}, and so gain further rights`), { verbs: [verb] }),
      ),
    ...resources.flatMap((one) => {
      // `*/exec` is that of everything.
      const names = Object.entries(ways).filter(
        ([way]) => way === one || way.replace(/.*(?=\/)/, "*") === one,
      );
      return names.map(([name, way]) =>
        danger(high(`may ${way}, and so act with the rights of others`), { resources: [name] }),
      );
    }),
    ...(resources.includes("secrets")
      ? verbs
          .filter((verb) => ["get", "list", "watch"].includes(verb))
          .map((verb) =>
            danger(medium(`may ${verb} secrets`), { verbs: [verb], resources: ["secrets"] }),
          )
      : []),
    ...resources
      .filter((one) => steering.test(one) && writes.length > 0)
      .map((one) =>
        danger(medium(`may ${writes.join(", ")} ${one}`), { verbs: writes, resources: [one] }),
      ),
    ...resources
      .filter((one) => deputies.test(one) && acting.length > 0 && isDeputy)
      .map((one) =>
        danger(
          high(`may ${writes.join(", ")} ${one}, and so act with the rights of their controller`),
          { verbs: writes, resources: [one] },
        ),
      ),
    ...(resources.includes(constraints) && verbs.includes("use")
      ? [danger(usedConstraints(rule), { verbs: ["use"], resources: [constraints] })]
      : []),
    ...resources.flatMap((one) => {
      const why = ownEntry(placing, one);
      if (why === undefined || acting.length === 0) return [];
      const text = `may ${acting.join(", ")} ${one}, ${why}`;
      return danger(medium(text), { verbs: acting, resources: [one] });
    }),
    ...(resources.includes("secrets") && acting.length > 0
      ? [
          danger(medium(`may ${acting.join(", ")} secrets`), {
            verbs: acting,
            resources: ["secrets"],
          }),
        ]
      : []),
    ...(resources.includes("pods") && verbs.includes("create")
      ? [
          danger(medium("may create pods, which run with any service account of the namespace"), {
            verbs: ["create"],
            resources: ["pods"],
          }),
        ]
      : []),
  ];
}

/** Rules that others bring, now and later. */
function aggregating(before: Mapping | undefined, after: Mapping): readonly Finding[] {
  const [was, is] = [before, after].map((side) => valueAt(side, "aggregationRule") ?? null);
  return is === null || same(was, is)
    ? []
    : [medium("takes over the rules of other roles (aggregationRule)")];
}

/** Labels by which a ClusterRole's rules become part of roles that everybody has. */
function aggregated(role: Mapping): readonly Finding[] {
  return Object.entries(labelsOf(role))
    .filter(([name, value]) => /\/aggregate-to-/.test(name) && String(value) === "true")
    .map(([name]) => medium(`adds its rules to the role ${name.replace(/.*aggregate-to-/, "")}`));
}

const everybody = /^system:(authenticated|unauthenticated|anonymous|serviceaccounts|masters)$/;

function bound(binding: Mapping, subject: Mapping): Finding {
  const role = String(valueAt(binding, "roleRef.name"));
  const name = String(subject["name"]);
  const grave = /^(cluster-)?admin$/.test(role) || isOfConstraints(role) || everybody.test(name);
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
