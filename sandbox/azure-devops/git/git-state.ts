import type { Events } from "../events.ts";
import type { Host } from "../host.ts";
import type { Policies } from "../policies/policy.ts";
import type { GitCounters } from "../repository.ts";

/** What a push takes: policies judge it, it is counted, and told to whoever listens. */
export type GitState = Host & GitCounters & Policies & Events;
