type Details = {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly causes?: readonly { reason: string; message: string; field: string }[];
};

/** A refusal as the Kubernetes API words it; `status()` is the body that goes over the wire. */
export class ApiFailure extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: Details | undefined;

  constructor(code: number, reason: string, options: { message: string; details?: Details }) {
    super(options.message);
    this.code = code;
    this.reason = reason;
    this.details = options.details;
  }

  status() {
    return {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: this.message,
      reason: this.reason,
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

type Named = { readonly group: string; readonly plural: string };

/** `deployments.apps`, as messages name a kind. */
function qualified({ group, plural }: Named): string {
  return group ? `${plural}.${group}` : plural;
}

export function notFound(kind: Named, name: string): ApiFailure {
  return new ApiFailure(404, "NotFound", {
    message: `${qualified(kind)} "${name}" not found`,
    details: { group: kind.group, kind: kind.plural, name },
  });
}

export function alreadyExists(kind: Named, name: string): ApiFailure {
  return new ApiFailure(409, "AlreadyExists", {
    message: `${qualified(kind)} "${name}" already exists`,
    details: { group: kind.group, kind: kind.plural, name },
  });
}

export function conflict(kind: Named, name: string): ApiFailure {
  return new ApiFailure(409, "Conflict", {
    message: `Operation cannot be fulfilled on ${qualified(kind)} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
    details: { group: kind.group, kind: kind.plural, name },
  });
}

export function badRequest(message: string): ApiFailure {
  return new ApiFailure(400, "BadRequest", { message });
}

export type FieldProblem = { readonly field: string; readonly message: string };

/** 422, all problems in one message, as `field.ErrorList` aggregates them. */
export function invalid(
  kind: { readonly group: string; readonly kind: string },
  name: string,
  problems: readonly FieldProblem[],
): ApiFailure {
  const lines = problems.map(({ field, message }) => `${field}: ${message}`);
  const text = lines.length === 1 ? (lines[0] ?? "") : `[${lines.join(", ")}]`;
  const subject = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
  return new ApiFailure(422, "Invalid", {
    message: `${subject} "${name}" is invalid: ${text}`,
    details: {
      group: kind.group,
      kind: kind.kind,
      name,
      causes: problems.map(({ field, message }) => ({
        reason: "FieldValueInvalid",
        message,
        field,
      })),
    },
  });
}
