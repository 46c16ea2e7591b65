// One organisation, put together from what each area owns of it; a function takes the parts that it
// uses, not the whole. Git objects lie on disk; everything else is here.
import type { ServiceEndpoints } from "./endpoint.ts";
import type { Events } from "./events.ts";
import type { Faults } from "./faults.ts";
import type { Host } from "./host.ts";
import type { Identities } from "./identity.ts";
import type { Policies } from "./policies/policy.ts";
import type { Operations } from "./project.ts";
import type { PullRequests } from "./pull-requests/pull-requests-of.ts";
import type { GitCounters, Projects } from "./repository.ts";
import type { Importable } from "./seed.ts";

export type Organisation = Host &
  Identities &
  Operations &
  Projects &
  GitCounters &
  PullRequests &
  Policies &
  ServiceEndpoints &
  Events &
  Faults &
  Importable & {
    /** Requests that met no route: `METHOD path`. */
    readonly unhandled: string[];
    /** Extension data: collection path → document id → document. */
    readonly documents: Map<string, Map<string, Record<string, unknown>>>;
  };
