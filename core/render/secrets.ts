import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";

// Forms that are secrets beyond doubt; guesses would teach people to switch the check off. Repetitions
// are bounded: an open one takes minutes for a text that is made for it.
const forms: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----/, "a private key"],
  [/\bAKIA[0-9A-Z]{16}\b/, "an AWS access key"],
  [/\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_\w{60}/, "a GitHub token"],
  [/\bglpat-[\w-]{20}/, "a GitLab token"],
  [/\bxox[abprs]-[\w-]{10}/, "a Slack token"],
  [/AccountKey=[A-Za-z0-9+/]{86}==/, "an Azure storage key"],
  [/SharedAccessKey=[A-Za-z0-9+/]{43}=/, "an Azure shared access key"],
  [/\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b/, "an Azure DevOps token"],
  [/\beyJ[\w-]{10,500}\.eyJ[\w-]{10,4000}\.[\w-]{20}/, "a signed token (JWT)"],
  [
    /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{1,100}:(?![$<{*]|xxx)[^\s:/@]{3,200}@\w/i,
    "a password in an address",
  ],
];

// All of a value: where the secret lies, and not the secret. A variable of Flux, 1Password, Bank-Vaults,
// vals, Argo CD's Vault plugin.
const reference =
  /^\s*(?:\$\{\w+\}|op:\/\/[^\s/]+\/\S+|vault:[^\s#]+#\S+|ref\+\w+:\/\/\S+|<path:[^\s>#]+#[^>]+>)\s*$/;

/** Whether a Secret is one of those that hold no secret: `name`, or `namespace/name`. */
export function isAllowedSecret(
  { object, app }: { readonly object: KubernetesObject; readonly app: { namespace?: string } },
  allowed: readonly string[],
): boolean {
  const { name, namespace = app.namespace ?? "" } = object.metadata;
  return isSecret(object) && (allowed.includes(name) || allowed.includes(`${namespace}/${name}`));
}

/**
 * Secrets in plain text, each with its field; never their values. A Secret that is `allowed` may
 * hold anything but what is a secret beyond doubt.
 */
export function secretsIn(object: KubernetesObject, allowed = false): readonly string[] {
  if (isSecret(object) && !allowed) return plainSecret(object);
  const found: string[] = [];
  visit(isSecret(object) ? decoded(object) : object, "");
  return found;

  function visit(value: unknown, path: string): void {
    if (typeof value === "string") {
      const match = forms.find(([form]) => form.test(value));
      if (match) found.push(`${path} holds ${match[1]}: reference a secret store instead`);
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => visit(item, `${path}[${index}]`));
    } else if (isRecord(value)) {
      for (const [key, child] of Object.entries(value))
        visit(child, path === "" ? key : `${path}.${key}`);
    }
  }
}

/** Whether an object's values are nobody's business. */
export function isSecret({ apiVersion, kind }: KubernetesObject): boolean {
  return apiVersion === "v1" && kind === "Secret";
}

function decoded(secret: KubernetesObject): Record<string, unknown> {
  const data = Object.entries(isRecord(secret["data"]) ? secret["data"] : {});
  return {
    ...secret,
    data: Object.fromEntries(data.map(([key, value]) => [key, plainText(value)])),
  };
}

function plainText(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return atob(value.replace(/\s/g, ""));
  } catch {
    return value;
  }
}

function plainSecret(object: KubernetesObject): readonly string[] {
  // SOPS adds its own top-level key and encrypts each value.
  const encrypted = isRecord(object["sops"]);
  const fields = ["data", "stringData"].flatMap((key) => {
    const values = object[key];
    return isRecord(values)
      ? Object.entries(values).map(([name, value]) => ({ path: `${key}.${name}`, value }))
      : [];
  });
  return fields
    .filter(({ value }) => typeof value === "string" && value !== "")
    .filter(({ value }) => ![value, plainText(value)].some((text) => reference.test(String(text))))
    .filter(({ value }) => !(encrypted && String(value as string).startsWith("ENC[")))
    .map(
      ({ path }) =>
        `${path} is a secret in plain text: encrypt it (SOPS) or let the cluster read it from a secret store`,
    );
}
