import { HttpError } from "../../core/errors.ts";
import { flagAt, textAt } from "../../core/flux/read-json.ts";
import type { Kubernetes } from "./connect.ts";

export type ResourceAction = {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  /** Absent: in all namespaces. */
  readonly namespace?: string;
};

export type Access = { readonly allowed: boolean; readonly reason?: string };

const reviews = "/apis/authorization.k8s.io/v1";

/**
 * Asks the API server's authorizer, of whoever asks or of somebody else (who then needs `create` on
 * subjectaccessreviews). @throws HttpError
 */
export async function askAccess(
  kubernetes: Kubernetes,
  { verb, group, resource, namespace }: ResourceAction,
  as?: string,
): Promise<Access> {
  const where = namespace === undefined ? {} : { namespace };
  const resourceAttributes = { verb, group, resource, ...where };
  const kind = as === undefined ? "SelfSubjectAccessReview" : "SubjectAccessReview";
  const whom = as === undefined ? {} : { user: as, groups: groupsOf(as) };
  const answer = await kubernetes.call(`${reviews}/${kind.toLowerCase()}s`, {
    method: "POST",
    body: {
      apiVersion: "authorization.k8s.io/v1",
      kind,
      spec: { ...whom, resourceAttributes },
    },
  });
  const reason = textAt(answer, "status", "reason");
  return {
    allowed: flagAt(answer, "status", "allowed"),
    ...(reason === undefined || reason === "" ? {} : { reason }),
  };
}

/** Whom the API server takes the caller for. @returns undefined where it does not say (before 1.28). */
export async function askWhoAmI(kubernetes: Kubernetes): Promise<string | undefined> {
  try {
    const answer = await kubernetes.call("/apis/authentication.k8s.io/v1/selfsubjectreviews", {
      method: "POST",
      body: { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" },
    });
    return textAt(answer, "status", "userInfo", "username");
  } catch (error) {
    if (error instanceof HttpError) return undefined;
    throw error;
  }
}

// What the API server itself adds to a service account's token.
function groupsOf(user: string): readonly string[] {
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(user) ?? [];
  const everybody = ["system:authenticated"];
  if (namespace === undefined) return everybody;
  return ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, ...everybody];
}
