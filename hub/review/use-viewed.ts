import * as React from "react";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { patchProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { viewedMark, viewedProperty, writeViewed } from "../../core/run/viewed-record.ts";
import { useHost } from "../components/host-context.tsx";
import type { PullRequestFacts } from "../data/load-pull-request.ts";

export type Viewed = {
  readonly has: (digest: string) => boolean;
  readonly toggle: (digest: string) => void;
};

const afterMs = 1_000;

/**
 * Which objects the viewer has ticked. The ticks are kept with the pull request, for this user alone;
 * who may not write there keeps them while the page is open.
 */
export function useViewed(of: {
  readonly repo: RepositoryRef;
  readonly facts: PullRequestFacts;
}): Viewed {
  const { ado } = useHost();
  const { repo, facts } = of;
  const { me, pullRequest } = facts;
  const [marks, setMarks] = React.useState<readonly string[]>([...(facts.viewed ?? [])]);
  const isRead = React.useRef(facts.viewed !== undefined);
  React.useEffect(() => {
    if (isRead.current || facts.viewed === undefined) return;
    isRead.current = true;
    const kept = [...facts.viewed];
    setMarks((own) => [...new Set([...kept, ...own])]);
  }, [facts.viewed]);
  const timer = React.useRef(0);
  const toggle = (digest: string) => {
    const mark = viewedMark(digest);
    const others = marks.filter((one) => one !== mark);
    const next = others.length < marks.length ? others : [...marks, mark];
    setMarks(next);
    // Writing would drop those that were not read.
    if (!isRead.current || me === undefined) return;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      const properties = { [viewedProperty(me.id)]: writeViewed(next) };
      patchProperties(ado, { repo, id: pullRequest.pullRequestId, properties }).catch(
        () => undefined,
      );
    }, afterMs);
  };
  return { has: (digest) => marks.includes(viewedMark(digest)), toggle };
}
