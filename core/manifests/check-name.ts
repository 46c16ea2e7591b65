import { ownEntry } from "../own-entry.ts";
import { splitApiVersion } from "./identity.ts";
import type { KubernetesObject } from "./identity.ts";
import { isRecord } from "./parse.ts";

type Form = "subdomain" | "label" | "label beginning with a letter" | "path segment";

// From kubernetes/pkg/apis/*/validation; every other kind, custom resources too, has the name of a
// DNS subdomain.
const otherForms: Readonly<Record<string, Form>> = {
  Namespace: "label",
  Event: "path segment",
  "StatefulSet.apps": "label",
  "Role.rbac.authorization.k8s.io": "path segment",
  "ClusterRole.rbac.authorization.k8s.io": "path segment",
  "RoleBinding.rbac.authorization.k8s.io": "path segment",
  "ClusterRoleBinding.rbac.authorization.k8s.io": "path segment",
  "CertificateSigningRequest.certificates.k8s.io": "path segment",
  "ClusterTrustBundle.certificates.k8s.io": "path segment",
  "APIService.apiregistration.k8s.io": "path segment",
  "IPAddress.networking.k8s.io": "path segment",
  "Event.events.k8s.io": "path segment",
};
const longest: Readonly<Record<string, number>> = {
  // The names of its jobs are 11 characters longer.
  "CronJob.batch": 52,
  "CSIDriver.storage.k8s.io": 63,
};
const label = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
const forms: Readonly<Record<Form, readonly [pattern: RegExp, length: number, said: string]>> = {
  subdomain: [
    new RegExp(`^${label}(?:\\.${label})*$`),
    253,
    'a-z, 0-9, "-" and ".", each part beginning and ending with a letter or digit',
  ],
  label: [
    new RegExp(`^${label}$`),
    63,
    'a-z, 0-9 and "-", beginning and ending with a letter or digit',
  ],
  "label beginning with a letter": [
    /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/,
    63,
    'a-z, 0-9 and "-", beginning with a letter and ending with a letter or digit',
  ],
  "path segment": [/^(?!\.{1,2}$)[^/%]+$/, Infinity, 'not "." or "..", nor hold "/" or "%"'],
};

/** What is wrong with an object's name for its kind; as it follows the name. */
export function nameProblem(object: KubernetesObject, minor: number): string | undefined {
  const { name } = object.metadata;
  const [group] = splitApiVersion(object.apiVersion);
  const type = group === "" ? object.kind : `${object.kind}.${group}`;
  const [pattern, length, said] = forms[formOf(type, minor)];
  const most = Math.min(length, ownEntry(longest, type) ?? Infinity);
  if (!pattern.test(name)) {
    return said.startsWith("not ") ? `may not be ${said.slice(4)}` : `must be ${said}`;
  }
  if (name.length > most) return `has ${name.length} characters, at most ${most} are taken`;
  return type === "CustomResourceDefinition.apiextensions.k8s.io" ? notItsOwn(object) : undefined;
}

function formOf(type: string, minor: number): Form {
  // Kubernetes' feature RelaxedServiceNameValidation, on since 1.36.
  if (type === "Service") return minor < 36 ? "label beginning with a letter" : "label";
  return ownEntry(otherForms, type) ?? "subdomain";
}

function notItsOwn({ metadata, spec }: KubernetesObject): string | undefined {
  if (!isRecord(spec) || !isRecord(spec["names"])) return undefined;
  const wanted = `${String(spec["names"]["plural"])}.${String(spec["group"])}`;
  return metadata.name === wanted ? undefined : `must be ${wanted}, its plural and its group`;
}
