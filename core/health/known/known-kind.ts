/**
 * How the health of a custom resource is told, by CEL over the object as the API gives it.
 * UNVERIFIED: rows follow their kinds' documents, none was run against its controller
 * (docs/unverified.md, 18).
 */
export type KnownKind = {
  /** `Kind.group`; `*` stands for every kind of a group, `*.` before a group for all below it. */
  readonly type: string;
  readonly current: string;
  readonly inProgress?: string;
  readonly failed?: string;
  /** Where its status is described. */
  readonly source: string;
};

/** A condition has this status. */
export function condition(type: string, status: "True" | "False"): string {
  return `has(status.conditions) && status.conditions.exists(c, c.type == '${type}' && c.status == '${status}')`;
}

/** A kind with one condition that says all: True is well, False is not. */
export function byCondition(type: string, source: string, name = "Ready"): KnownKind {
  return { type, current: condition(name, "True"), failed: condition(name, "False"), source };
}

/** A kind that nothing makes ready: it is well once it is there. */
export function withoutStatus(type: string, source: string): KnownKind {
  return { type, current: "true", source };
}
