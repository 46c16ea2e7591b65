import type { PullRequestStatus } from "../../clients/azure-devops/pull-request-statuses.ts";
import type { PolicyEvaluation } from "../../clients/azure-devops/policy-evaluations.ts";

// "Policy types" of the documents: the same ids in every organisation.
const minimumReviewers = "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd";
const requiredReviewers = "fd2167ab-b0be-447a-8ec8-39368250530e";
const build = "0609b952-1397-4640-95ec-e00a01b2c241";
const status = "cbdc66da-9728-4af8-aada-9a5a32e4a226";
const comments = "c6a1889d-b943-4856-b76f-9e46bb6b0df2";
const workItems = "40e92b44-2fe1-4dd6-b3d8-74a9c21d0c6e";

/** Whether it wants a status, whose words say why it waits. */
export function wantsStatus({ configuration }: PolicyEvaluation): boolean {
  return configuration.type.id.toLowerCase() === status;
}

/** What an unmet policy still wants, in words: "1 approval, not by its creator". */
export function policyText(
  { configuration, status: state }: PolicyEvaluation,
  said: readonly PullRequestStatus[] = [],
): string {
  const { type, settings = {} } = configuration;
  const text = (key: string) => (typeof settings[key] === "string" ? settings[key] : "");
  switch (type.id.toLowerCase()) {
    case minimumReviewers: {
      const count = Number(settings["minimumApproverCount"] ?? 1);
      const approvals = `${count} ${count === 1 ? "approval" : "approvals"}`;
      const limits = [
        ...(settings["creatorVoteCounts"] === true ? [] : ["its creator's does not count"]),
        ...(settings["blockLastPusherVote"] === true ? ["nor that of who pushed last"] : []),
      ];
      return limits.length === 0 ? approvals : `${approvals} (${limits.join(", ")})`;
    }
    case requiredReviewers:
      return text("message") === ""
        ? "a required reviewer"
        : `required reviewer: ${text("message")}`;
    case build: {
      const name = text("displayName") === "" ? "a build" : `build ${text("displayName")}`;
      return `${name} ${state === "running" || state === "queued" ? "is still to pass" : "has not passed"}`;
    }
    case status: {
      const [genre, name] = [text("statusGenre"), text("statusName")];
      const own = said.find(
        ({ context }) => (context.genre ?? "") === genre && context.name === name,
      );
      const why = own?.description ? ` (“${own.description}”)` : "";
      return `status ${[genre, name].filter(Boolean).join("/")}${why}`;
    }
    case comments:
      return "every comment resolved";
    case workItems:
      return "a linked work item";
    default:
      return type.displayName ?? "a policy of the branch";
  }
}
