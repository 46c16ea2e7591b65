/** An object as a message names it; the namespace is absent where the message gives none. */
export type NamedObject = {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
};

// "Deployment/apps/podinfo status: 'Failed'", "Namespace/apps dry-run failed (Invalid): …"
const slashed =
  /(?<![\w/.-])([A-Z][A-Za-z0-9]+)\/(?:([a-z0-9][a-z0-9.-]*)\/)?([a-z0-9][a-z0-9.:_-]*)/g;
// 'Deployment.apps "web" is invalid: …', 'deployments.apps "web" is forbidden: …'
const quoted = /(?<![\w/.-])([A-Za-z]+)(?:\.[a-z0-9.-]+)? "([^"\s]+)" (?:is|not found|already)/g;

/** The Kubernetes objects that a controller's message names, in the forms that Flux uses. */
export function namedObjects(message: string): readonly NamedObject[] {
  const withPath = [...message.matchAll(slashed)].map(([, kind = "", namespace, name = ""]) => ({
    kind,
    ...(namespace === undefined ? {} : { namespace }),
    name: name.replace(/[.:_-]+$/, ""),
  }));
  const withQuotes = [...message.matchAll(quoted)].map(([, kind = "", name = ""]) => ({
    kind: kindOf(kind),
    name,
  }));
  return [...withPath, ...withQuotes];
}

// Resources are named in the plural and small: `deployments` is Deployment, `ingresses` Ingress.
function kindOf(word: string): string {
  return /^[A-Z]/.test(word) ? word : word.replace(/(?<=s)es$|s$/, "");
}

/** Kinds are compared without case: resource names have none. */
export function isNamed(
  named: NamedObject,
  object: { readonly kind: string; readonly namespace: string; readonly name: string },
): boolean {
  return (
    named.kind.toLowerCase() === object.kind.toLowerCase() &&
    named.name === object.name &&
    (named.namespace === undefined || named.namespace === object.namespace)
  );
}
