import { badRequest } from "../api/api-failure.ts";
import { isRecord } from "../api/kube-object.ts";

/** Whoever has a token of this API may do everything; the review only says so. */
export function answerReview(path: string, body: string): object | undefined {
  const [, plural] = /^\/apis\/authorization\.k8s\.io\/v1\/(self\w+)$/.exec(path) ?? [];
  if (plural === undefined) return undefined;
  const spec = specOf(body);
  const apiVersion = "authorization.k8s.io/v1";
  switch (plural) {
    case "selfsubjectaccessreviews":
      return { kind: "SelfSubjectAccessReview", apiVersion, spec, status: { allowed: true } };
    case "selfsubjectrulesreviews":
      return {
        kind: "SelfSubjectRulesReview",
        apiVersion,
        spec,
        status: {
          resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }],
          nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
          incomplete: false,
        },
      };
    default:
      return undefined;
  }
}

function specOf(body: string): unknown {
  try {
    const review: unknown = JSON.parse(body);
    return isRecord(review) ? (review["spec"] ?? {}) : {};
  } catch (cause) {
    throw badRequest(`the body cannot be parsed: ${(cause as Error).message}`);
  }
}
