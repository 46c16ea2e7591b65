import * as React from "react";
import type { SnapshotWorkload } from "../../core/environment-snapshot.ts";
import { useNow } from "../data/use-live.ts";
import { agoText } from "../view/ago.ts";
import { count } from "../../core/count.ts";

/** Pods, who else changed it, and, where the environment opted in, events and last log lines. */
export function WorkloadDetails(props: {
  readonly workload: SnapshotWorkload;
  /** How old the report is that all of it is of. */
  readonly seen: string;
}) {
  const { workload, seen } = props;
  const { cause, appliedBy, changedBy = [], events = [], logs } = workload;
  const now = useNow();
  return (
    <div className="fg-workload-details">
      {cause !== "" && <p className="fg-cause">{cause}</p>}
      {appliedBy !== undefined && <p className="fg-secondary">Applied by {appliedBy}</p>}
      {changedBy.map(({ manager, at, fields }) => (
        <p key={`${manager}${at ?? ""}`}>
          <b>{manager}</b> wrote {fields.join(", ")}
          {at === undefined ? "" : `, ${agoText(at, now)}`}: git does not have it.
        </p>
      ))}
      <Pods workload={workload} />
      {events.length > 0 && (
        <>
          <h4>Events</h4>
          <ul className="fg-plain-list">
            {events.map(({ reason, message, count: times, at, type }, index) => (
              <li key={index}>
                {type} {reason}: {message}{" "}
                <span className="fg-secondary">
                  {times > 1 ? `${times} times` : ""} {at === undefined ? "" : agoText(at, now)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {logs !== undefined && (
        <>
          <h4>
            Last lines of container {logs.container} ({seen})
          </h4>
          <pre className="fg-lines" tabIndex={0} aria-label={`Last lines of ${logs.container}`}>
            {logs.lines.join("\n")}
          </pre>
        </>
      )}
    </div>
  );
}

function Pods({ workload }: { readonly workload: SnapshotWorkload }) {
  const { pods, podsLeftOut = 0, kind } = workload;
  if (pods === undefined) return <p className="fg-secondary">Its pods are not known here.</p>;
  if (pods.length === 0) {
    // Pods of a CronJob belong to its Jobs, which nobody lists.
    const text = kind === "CronJob" ? "Pods of its jobs are not listed." : "It has no pods.";
    return <p className="fg-secondary">{text}</p>;
  }
  return (
    <>
      <table className="fg-table">
        <thead>
          <tr>
            <th scope="col">Pod</th>
            <th scope="col">Phase</th>
            <th scope="col">Ready</th>
            <th scope="col">Restarts</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {pods.map((pod) => (
            <tr key={pod.name}>
              <th scope="row">{pod.name}</th>
              <td>{pod.phase}</td>
              <td>
                {pod.ready} of {pod.containers} ready
              </td>
              <td>{count(pod.restarts, "restart")}</td>
              <td>
                {pod.reason ?? "nothing reported"}
                {pod.exitCode === undefined ? "" : `, exit code ${pod.exitCode}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {podsLeftOut > 0 && <p className="fg-secondary">{count(podsLeftOut, "pod")} more.</p>}
    </>
  );
}
