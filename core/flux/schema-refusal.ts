// The API server's own refusals, which no retry changes: an object that its kind's schema and
// validation do not allow, an immutable field. What others answer at admission may be an outage.

// Their words follow theirs: what stands before is the API server's.
const admission =
  /(?:admission|calling|conversion) webhook|denied (?:the )?request|(?:Validat|Mutat)ingAdmissionPolicy '/;

const refusals = [
  // apimachinery api/errors NewInvalid, with the field errors of util/validation/field.
  /\b[A-Za-z]\w*(?:\.[\w.-]+)? "[^"\n]+" is invalid:[^\n]*\b(?:Invalid value|Required value|Unsupported value|Forbidden|Duplicate value|Too long|Too many)\b/,
  /\bfield is immutable\b|\bimmutable field detected\b/,
  // Server-side apply: structured-merge-diff's typed errors.
  /failed to create typed patch object|field not declared in schema/,
  /strict decoding error/,
  /in version "[^"\n]+" cannot be handled as an? \w+/,
];

// Field errors that speak of the cluster as it is just now.
const passing = /already allocated|failed to allocate|resourceVersion/;

// As kustomize-controller gives the answer's reason; admission gives the same one.
const invalid = /\(Invalid\): /;

export function isSchemaRefusal(message: string): boolean {
  const asked = admission.exec(message);
  const own = message.slice(0, asked?.index);
  const refused = refusals.some((one) => one.test(own)) || (!asked && invalid.test(own));
  return refused && !passing.test(own);
}
