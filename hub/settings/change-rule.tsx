import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { Failure } from "../components/note.tsx";
import { useLinkFocus } from "../components/use-link-focus.ts";
import { useOpening } from "../components/use-opening.ts";
import { pullRequestUrl } from "../../core/azure-devops/urls.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import type { RuleChange } from "../../core/team-rules/change-rules.ts";
import { openRuleChange } from "../data/open-rule-change.ts";

/** A button that opens the pull request for one change of the rules, then the link to it. */
export function ChangeRule(props: {
  readonly repository: Repository;
  readonly branch: string;
  readonly change: RuleChange;
  readonly text: string;
  readonly label?: string;
  /** One of many on the page. */
  readonly subtle?: boolean;
  readonly disabled?: boolean;
}) {
  const { ado } = useHost();
  const { repository, branch, change, text, label, disabled = false } = props;
  const repo = { project: repository.project.id, repository: repository.id };
  const { made, press } = useOpening(() => openRuleChange(ado, { ...change, repo, branch }));
  const link = useLinkFocus<HTMLSpanElement>(made.state === "open");
  const address = {
    organisationUrl: ado.organisationUrl,
    project: repository.project.name,
    repository: repository.name,
  };
  if (made.state === "open") {
    return (
      <span role="status" ref={link}>
        <HostLink url={pullRequestUrl(address, made.id)}>!{made.id} proposes it</HostLink>: it
        counts once that is merged.
      </span>
    );
  }
  return (
    <>
      <Button
        subtle={props.subtle === true}
        {...(label === undefined ? {} : { ariaLabel: label })}
        disabled={disabled}
        text={made.state === "opening" ? "Opening a pull request …" : text}
        onClick={press}
      />
      {made.state === "failed" && <Failure error={made.error} />}
    </>
  );
}
