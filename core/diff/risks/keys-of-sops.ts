// For whom SOPS encrypts: the lists of keys that it writes beside the values (getsops.io/docs).
import { isRecord } from "../../manifests/parse.ts";
import { type Mapping, mappings } from "../pod-spec.ts";
import { bothOf, textOf, valueAt } from "../values.ts";

/** What names a key, of each kind of them. */
const kinds: readonly (readonly [list: string, ...names: readonly string[]])[] = [
  ["age", "recipient"],
  ["pgp", "fp"],
  ["kms", "arn"],
  ["gcp_kms", "resource_id"],
  ["azure_kv", "vault_url", "name"],
  ["hc_vault", "vault_address", "engine_path", "key_name"],
];

/** Keys that decrypt a file from now on, or no longer do; in sentences. */
export function otherKeys(before: unknown, after: unknown): readonly string[] {
  const [was, is] = bothOf(before, after, keysOf);
  if (was === undefined || is === undefined) return [];
  const isOther = (all: readonly string[]) => (one: string) => !all.includes(one);
  return [
    ...is.filter(isOther(was)).map((key) => `can be decrypted with ${key} too (SOPS)`),
    ...was
      .filter(isOther(is))
      .map(
        (key) => `is no longer encrypted for ${key} (SOPS): Flux reads it with another key only`,
      ),
  ];
}

/** None where nothing is encrypted. */
function keysOf(object: unknown): readonly string[] | undefined {
  const sops = valueAt(object, "sops");
  if (!isRecord(sops)) return undefined;
  return [sops, ...mappings(sops["key_groups"])].flatMap((group: Mapping) =>
    kinds.flatMap(([list, ...names]) =>
      mappings(group[list]).map(
        (key) => `${list} ${names.map((one) => textOf(key[one])).join(" ")}`,
      ),
    ),
  );
}
