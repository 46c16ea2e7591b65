import type { Identity } from "./identity.ts";

/** A project itself; its repositories name it, see `GitProject`. */
export type Project = {
  readonly id: string;
  name: string;
  description: string | undefined;
  visibility: string;
  revision: number;
  lastUpdateTime: string;
  readonly processId: string;
  readonly buildService: Identity;
  /** The first one is the default team. */
  readonly teams: Team[];
};

export type Team = { readonly id: string; name: string; description: string };

/** Something that goes on after its answer: making and removing a project. */
export type Operation = {
  readonly id: string;
  status: "notSet" | "queued" | "inProgress" | "succeeded" | "failed";
};

export type Operations = {
  readonly operations: Map<string, Operation>;
  readonly counters: { projectRevision: number };
};
