import type { EnvironmentSnapshot, SnapshotWorkload } from "../../core/environment-snapshot.ts";
import type { OwnedFile } from "../../core/render/ownership-index.ts";
import { isOwned } from "./apps-view.ts";
import { clusterView } from "./cluster-view.ts";
import type { Tone } from "./tone.ts";
import type { Verdict } from "./verdict.ts";

export type CellState = {
  readonly tone: Tone;
  readonly state: string;
  /** Phase and cause in plain words; empty when there is nothing to add. */
  readonly cause: string;
};

/**
 * How a delivery is in an environment. The commit status decides; a snapshot can only make it
 * unconfirmed, since anybody may have written it, or stale, when nobody writes it any more.
 */
export function cellState(of: {
  readonly verdict: Verdict | undefined;
  /** Of this environment. */
  readonly snapshots: readonly EnvironmentSnapshot[];
  /** What the delivery consists of. */
  readonly files: readonly OwnedFile[];
  readonly now: number;
  /** False: whose statuses count is not known. */
  readonly reportsRead: boolean;
}): CellState {
  const { verdict, snapshots, files, now } = of;
  if (!of.reportsRead) return unread(verdict);
  const active = snapshots.filter((snapshot) => snapshot.active);
  const current = active.filter((snapshot) => clusterView(snapshot, now).current);
  if (verdict === undefined) return unsaid(snapshots.length > 0);
  const workloads = current.flatMap((snapshot) => ownWorkloads(snapshot, files));
  const broken = workloads.find(({ health }) => health === "failed" || health === "missing");
  switch (verdict.state) {
    case "pending":
      return { tone: "running", state: "In progress", cause: verdict.text };
    case "failed":
      return workloads.length > 0 && workloads.every(({ health }) => health === "current")
        ? unconfirmed(`Its delivery failed (${verdict.text}), and its cluster calls it healthy now`)
        : { tone: "bad", state: "Failed", cause: verdict.text };
    case "succeeded":
      if (broken !== undefined) {
        const { kind, name, health, cause } = broken;
        return unconfirmed(`Healthy, and its cluster says ${kind} ${name} is ${health}: ${cause}`);
      }
      return active.length > current.length
        ? { tone: "warning", state: "Healthy when last seen", cause: "A cluster is silent." }
        : { tone: "good", state: "Healthy", cause: "" };
  }
}

// Anybody who may read the repository can post under the names of a connector.
function unread(verdict: Verdict | undefined): CellState {
  if (verdict === undefined) {
    const cause = "Reports of connectors could not be read.";
    return { tone: "warning", state: "Not known", cause };
  }
  const said = verdict.text === "" ? verdict.state : verdict.text;
  return unconfirmed(`Reports could not be read; a status says: ${said}`);
}

function unsaid(told: boolean): CellState {
  return told
    ? unconfirmed("Its cluster is reported on, this commit is not yet")
    : { tone: "plain", state: "No connector", cause: "Nobody reports on it." };
}

function unconfirmed(cause: string): CellState {
  return { tone: "warning", state: "Unconfirmed", cause: `${cause}.` };
}

function ownWorkloads(
  { workloads }: EnvironmentSnapshot,
  files: readonly OwnedFile[],
): readonly SnapshotWorkload[] {
  return workloads.filter((workload) => isOwned(workload, files));
}
