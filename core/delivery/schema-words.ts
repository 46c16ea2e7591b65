// The words that the schema of fluxgate.yaml is made of.

/** A path that stays in the checkout: not absolute, not remote, no "..", only our three names in it. */
export const pathPattern =
  "^(?![/\\\\]|[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]*://)(?!(.*[/\\\\])?\\.\\.([/\\\\]|$))([^$\\x00-\\x1f\\x7f]|\\$(?!\\{)|\\$\\{(environment|app|delivery)\\})+$";
export const path = {
  type: "string",
  minLength: 1,
  pattern: pathPattern,
  description: "Relative to the checkout; ${environment}, ${app} and ${delivery} may stand in it.",
};
export const text = { type: "string" };
export const flag = { type: "boolean" };
export const texts = { type: "array", items: text };
export const paths = { type: "array", items: path };
/** A namespace of Kubernetes. */
export const namespace = {
  type: "string",
  pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
  description: "Lower-case letters, digits and hyphens, at most 63.",
};
/** The name of a declared variable; it becomes a token and an external variable. */
export const variableName = {
  pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$",
  description: "A variable's name: letters, digits, _ . and -, the first a letter or _.",
};

type ObjectOptions = { readonly required?: readonly string[]; readonly description?: string };

export function object(properties: Readonly<Record<string, unknown>>, options: ObjectOptions = {}) {
  return { type: "object", properties, additionalProperties: false, ...options };
}

export function mapOf(values: unknown, description: string, keys?: object) {
  const names = keys === undefined ? {} : { propertyNames: keys };
  return { type: "object", additionalProperties: values, description, ...names };
}
