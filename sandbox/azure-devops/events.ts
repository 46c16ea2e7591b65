import { EventEmitter } from "node:events";
import type { PullRequest } from "./pull-requests/pull-request.ts";
import type { Identity } from "./identity.ts";
import type { Repository } from "./repository.ts";

export type RefUpdate = {
  readonly repository: Repository;
  readonly ref: string;
  /** Zeros where the ref was made or removed. */
  readonly oldId: string;
  readonly newId: string;
  readonly by: Identity;
};

type EventMap = {
  refUpdated: [RefUpdate];
  pullRequestChanged: [PullRequest];
  buildChanged: [{ readonly id: number }];
};

/** What changed in the organisation, told once it is visible to everybody. */
export type EventBus = EventEmitter<EventMap>;

export type Events = { readonly events: EventBus };

export function createEventBus(): EventBus {
  const bus = new EventEmitter<EventMap>();
  bus.setMaxListeners(0);
  return bus;
}

export const zeros = "0".repeat(40);
