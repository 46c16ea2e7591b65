// With whose rights pods act, in the cluster and in the cloud.
import { annotationsOf } from "../labels.ts";
import type { ObjectChange } from "../object-change.ts";
import { isKnownType } from "../object-type.ts";
import { mappings, podSpecOf } from "../pod-spec.ts";
import { type Finding, medium } from "../risk.ts";
import { same, textOf, valueAt } from "../values.ts";
import { subjectText } from "./grants.ts";

/** Another account of pods or of a cloud, and who may use what lies in another namespace. */
export function otherRights({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (after === undefined) return [];
  const texts = [
    ...(identity.kind === "ReferenceGrant" ? newReferences(before, after) : []),
    ...(elsewhere.test(identity.kind) && !isKnownType(identity)
      ? rightsElsewhere(before, after)
      : []),
    ...(before === undefined ? [] : otherAccount(before, after)),
    ...(before !== undefined && identity.kind === "ServiceAccount"
      ? otherCloudAccount(before, after)
      : []),
    ...(before !== undefined && /^(Cluster)?RoleBinding$/.test(identity.kind)
      ? unbound(before, after)
      : []),
  ];
  return texts.map(medium);
}

type Side = ObjectChange["after"];

// Of Strimzi, RabbitMQ's operator, Crossplane, Azure Service Operator, ACK and Config Connector.
const elsewhere =
  /^(KafkaUser|(Topic)?Permission|Grant|AccessPolicy|RoleAssignment|IAM(Partial)?Policy(Member)?|(User|Role|Group)?PolicyAttachment)$/;

function rightsElsewhere(before: Side, after: Side): readonly string[] {
  if (before === undefined) return ["gives rights outside of the cluster"];
  return same(before["spec"] ?? null, after?.["spec"] ?? null)
    ? []
    : ["changes who may do what outside of the cluster"];
}

function otherAccount(before: Side, after: Side): readonly string[] {
  const [old, next] = [podSpecOf(before), podSpecOf(after)];
  if (old === undefined || next === undefined) return [];
  // The older name of the field is a copy of the newer (core/v1 conversion).
  const account = (pod: typeof old) =>
    textOf(pod["serviceAccountName"] ?? pod["serviceAccount"] ?? "default");
  const [was, is] = [account(old), account(next)];
  return was === is ? [] : [`its pods act with the rights of ServiceAccount ${is}, before ${was}`];
}

// Azure AD Workload Identity, EKS' IAM roles for service accounts, GKE's Workload Identity.
const cloudAccounts = [
  ...["azure.workload.identity/client-id", "azure.workload.identity/tenant-id"],
  ...["eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account"],
];

function otherCloudAccount(before: Side, after: Side): readonly string[] {
  const [was, is] = [annotationsOf(before), annotationsOf(after)];
  return cloudAccounts
    .filter((name) => textOf(was[name] ?? "") !== textOf(is[name] ?? ""))
    .map((name) => `acts as another identity of the cloud (${name})`);
}

function unbound(before: Side, after: Side): readonly string[] {
  const left = new Set(mappings(valueAt(after, "subjects")).map(subjectText));
  const role = textOf(valueAt(before, "roleRef.name"));
  return mappings(valueAt(before, "subjects"))
    .map(subjectText)
    .filter((subject) => !left.has(subject))
    .map((subject) => `takes the role ${role} from ${subject}`);
}

function newReferences(before: Side, after: Side): readonly string[] {
  const had = new Set(references(before));
  return references(after).filter((text) => !had.has(text));
}

function references(grant: Side): readonly string[] {
  const to = mappings(valueAt(grant, "spec.to")).map(({ kind, name }) =>
    name === undefined ? `every ${textOf(kind)}` : `${textOf(kind)} ${textOf(name)}`,
  );
  return mappings(valueAt(grant, "spec.from")).flatMap(({ kind, namespace }) =>
    to.map((what) => `lets ${textOf(kind)} of namespace ${textOf(namespace)} use ${what} here`),
  );
}
