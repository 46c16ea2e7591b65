import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { Failure, Warning } from "../components/note.tsx";
import { commitUrl } from "../../core/azure-devops/urls.ts";
import { type RuleList, ruleKey, ruleLists } from "../../core/team-rules/team-rule.ts";
import type { RepositorySettings } from "../data/load-settings.ts";
import type { SetRule } from "../data/load-team-rules.ts";
import { useNow } from "../data/use-live.ts";
import { count } from "../../core/count.ts";
import { ruleAbout, setByText } from "../view/rule-view.ts";
import { ChangeRule } from "./change-rule.tsx";

const words = {
  expected: {
    title: "Expected differences",
    none: "every difference between environments is shown",
    what: "differences that fit are left out and counted where environments are compared, never in a review",
  },
  noise: {
    title: "Noise rules",
    none: "only what is minor for everybody is folded",
    what: "edits that fit are folded and counted with the minor ones; never of an object with a risk, of a Secret, or what restarts pods",
  },
} as const;

/** One list of a team's rules: what each says, why, and who brought it when. */
export function RuleListPart(props: {
  readonly list: RuleList;
  readonly settings: RepositorySettings;
  /** The repository in Azure Repos. */
  readonly home: string;
  /** Why the viewer can change none of them; empty where he can. */
  readonly cannot: string;
}) {
  const { list, settings, home } = props;
  const { file } = ruleLists[list];
  const { title, none, what } = words[list];
  const read = settings.rules[list];
  const query = new URLSearchParams({ path: `/${file}`, version: `GB${settings.branch}` });
  return (
    <section className="fg-rule-list" aria-label={title}>
      <h3>{title}</h3>
      {"error" in read ? (
        <>
          <p className="fg-secondary">{file} could not be read, so no rule of it counts here.</p>
          <Failure error={read.error} />
        </>
      ) : read.rules === undefined ? (
        <p className="fg-secondary">
          The branch has no <span className="fg-code">{file}</span>: {none}.
        </p>
      ) : (
        <>
          <p>
            <HostLink url={`${home}?${query.toString()}`}>{file}</HostLink> has{" "}
            {count(read.rules.length, "rule")}; {what}.
          </p>
          {read.problems.length > 0 && <Warning>{read.problems.join("; ")}</Warning>}
          <ul className="fg-plain-list fg-rules">
            {read.rules.map((one) => (
              <Rule
                key={ruleKey(one.rule)}
                of={one}
                {...{ list, settings, cannot: props.cannot }}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Rule(props: {
  readonly of: SetRule;
  readonly list: RuleList;
  readonly settings: RepositorySettings;
  readonly cannot: string;
}) {
  const { ado } = useHost();
  const now = useNow();
  const { of, list, settings } = props;
  const { rule, setBy } = of;
  const { repository, branch } = settings;
  const address = {
    organisationUrl: ado.organisationUrl,
    project: repository.project.name,
    repository: repository.name,
  };
  return (
    <li>
      <span className="fg-code">{rule.path}</span> of {ruleAbout(rule)}: {rule.reason}{" "}
      <span className="fg-secondary">
        {setByText(setBy, now)}
        {setBy !== undefined && (
          <>
            {" "}
            <HostLink url={commitUrl(address, setBy.commitId)}>
              {setBy.commitId.slice(0, 8)}
            </HostLink>
          </>
        )}
      </span>{" "}
      <ChangeRule
        repository={repository}
        branch={branch}
        change={{ list, rule, change: "remove" }}
        text="Propose to take it away"
        disabled={props.cannot !== ""}
        subtle={true}
        label={`Propose to take it away: the rule for ${rule.path}`}
      />
    </li>
  );
}
