import * as React from "react";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { commitAddress, runAddress, shortBranch } from "../../addresses.ts";
import { Person } from "../../components/avatar.tsx";
import { Card } from "../../components/card.tsx";
import { Rows } from "../../components/rows.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { Took } from "../../components/took.tsx";
import { When } from "../../components/when.tsx";
import type { Build, TimelineRecord } from "../../rest-types.ts";
import { RunWorkItems } from "../work-items/work-item-links.tsx";
import { below, stageName, stagesOf, stateOf } from "./records.ts";
import type { RunFacts } from "./run-facts.ts";
import { RunStages } from "./run-stages.tsx";

/** Where the run comes from, its stages and what holds them, its jobs, and what went wrong. */
export function RunSummary(
  props: RunFacts & {
    readonly project: string;
    readonly base: string;
    readonly url: string;
    readonly address: string;
    readonly refusal: string | undefined;
    readonly retry: (stage: string) => void;
    readonly refresh: () => void;
  },
) {
  const { build, records, base, address, url } = props;
  const invalid = (build.validationResults ?? []).filter(({ result }) => result === "error");
  return (
    <>
      {invalid.map(({ message }, index) => (
        <MessageCard
          key={index}
          severity={MessageCardSeverity.Error}
          role="alert"
          className="portal-message"
        >
          {message}
        </MessageCard>
      ))}
      <Issues records={records} address={address} />
      <Card title="Where it comes from">
        <Origin build={build} base={base} />
      </Card>
      <RunWorkItems base={base} url={url} />
      {records.length > 0 && (
        <>
          <RunStages {...props} />
          <Card title="Jobs" flush={true}>
            <Jobs records={records} address={address} />
          </Card>
        </>
      )}
    </>
  );
}

function Origin({ build, base }: { readonly build: Build; readonly base: string }) {
  const { repository, sourceBranch, sourceVersion, requestedFor, triggeredByBuild } = build;
  const parameters = Object.entries(build.templateParameters ?? {});
  return (
    <dl className="portal-pairs">
      <div>
        <dt>Source</dt>
        <dd>
          {repository?.name} {shortBranch(sourceBranch)}{" "}
          <a
            className="monospaced-text"
            href={commitAddress(base, repository?.name ?? "", sourceVersion)}
          >
            {sourceVersion.slice(0, 8)}
          </a>
        </dd>
      </div>
      <div>
        <dt>Requested for</dt>
        <dd>{requestedFor ? <Person name={requestedFor.displayName} /> : "-"}</dd>
      </div>
      <div>
        <dt>Started</dt>
        <dd>
          <When date={build.startTime ?? build.queueTime} />
        </dd>
      </div>
      <div>
        <dt>Took</dt>
        <dd>
          <Took from={build.startTime} to={build.finishTime} />
        </dd>
      </div>
      {triggeredByBuild && (
        <div>
          <dt>Triggered by</dt>
          <dd>
            <a href={runAddress(base, triggeredByBuild.id)}>Run {triggeredByBuild.id}</a>
          </dd>
        </div>
      )}
      {parameters.length > 0 && (
        <div>
          <dt>Parameters</dt>
          <dd>{parameters.map(([name, value]) => `${name}: ${String(value)}`).join(", ")}</dd>
        </div>
      )}
    </dl>
  );
}

function Jobs({ records, address }: { records: readonly TimelineRecord[]; address: string }) {
  const jobs = stagesOf(records).flatMap((stage) =>
    below(records, stage, "Job").map((job) => ({ stage, job })),
  );
  return (
    <Rows
      label="Jobs"
      rows={jobs}
      keyOf={({ job }) => job.id}
      empty="No job yet."
      columns={[
        {
          name: "Job",
          cell: ({ job }) => <a href={`${address}&view=logs&j=${job.id}`}>{job.name}</a>,
        },
        { name: "Stage", cell: ({ stage }) => stageName(stage) },
        { name: "State", width: "180px", cell: ({ job }) => <StateMark state={stateOf(job)} /> },
        {
          name: "Took",
          width: "100px",
          cell: ({ job }) => <Took from={job.startTime} to={job.finishTime} />,
        },
      ]}
    />
  );
}

function Issues({ records, address }: { records: readonly TimelineRecord[]; address: string }) {
  const found = records.flatMap((record) =>
    (record.issues ?? []).map((issue) => ({ record, issue })),
  );
  if (found.length === 0) return null;
  const errors = found.filter(({ issue }) => issue.type === "error").length;
  return (
    <Card title={errors > 0 ? `Errors ${errors}` : "Warnings"}>
      <ul className="portal-plain portal-issues">
        {found.map(({ record, issue }, index) => (
          <li key={index}>
            <StateMark
              state={issue.type === "error" ? "failed" : "partiallySucceeded"}
              text={
                <>
                  <span className="portal-issue-text">{issue.message}</span>{" "}
                  <a href={`${address}&view=logs&j=${record.parentId ?? ""}&t=${record.id}`}>
                    {record.name}
                  </a>
                </>
              }
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}
