import type { App, CheckName, Validation } from "../delivery/delivery.ts";
import type { Matches } from "../manifests/check-scalar.ts";
import { metadataProblems } from "../manifests/check-metadata.ts";
import { checkSchema } from "../manifests/check-schema.ts";
import { identityKey, identityOf } from "../manifests/identity.ts";
import type { Identity, KubernetesObject } from "../manifests/identity.ts";
import { joinedSchemas, schemasOfCrds, typeKey } from "../manifests/object-schemas.ts";
import type { SchemaBundle } from "../manifests/object-schemas.ts";
import { withSchemaDefaults } from "../manifests/schema-defaults.ts";
import { nodePortsOutside } from "../manifests/node-ports.ts";
import { ofOneMoment } from "../manifests/of-one-moment.ts";
import { rulesFor } from "../manifests/schema-rules.ts";
import type { JudgeRules, RuleUse } from "../manifests/schema-rules.ts";
import { isRecord } from "../manifests/parse.ts";
import { scopeFinder } from "../manifests/scope.ts";
import type { Finding, Said } from "./finding.ts";
import { joinedFindings } from "./joined-findings.ts";
import { goesLater, lifecycleFindings, type KnownLifecycles } from "./lifecycle.ts";
import { lostCharacters } from "./lost-characters.ts";
import { openText } from "./open-text.ts";
import { placeholdersIn } from "./placeholders.ts";
import { ruleFindings } from "./rule-findings.ts";
import { substitutionsIn } from "./flux-substitution.ts";
import { isAllowedSecret, isSecret, secretsIn } from "./secrets.ts";
import { unservedVersionText } from "./unserved-version.ts";
import { withoutSchema } from "./without-schema.ts";
import { serverFindings } from "./server-judge.ts";
import type { ServerJudge, ServerVerdict } from "./server-judge.ts";

export type CheckedObject = {
  readonly app: Pick<App, "name" | "namespace" | "clusterScoped">;
  readonly object: KubernetesObject;
  /** The template it came from. */
  readonly file?: string;
  readonly line?: number;
  /** Variables that stay open after Flux' own build has substituted; absent where it has not. */
  readonly open?: readonly string[];
};

/** What the cluster knows. */
export type Cluster = KnownLifecycles & {
  /** Kubernetes' own kinds and those of CRDs that are installed. */
  readonly schemas: SchemaBundle;
  /** In bounded time: the pattern may be a CustomResourceDefinition's of the same render. */
  readonly matches: Matches;
  /** Asked for only where a custom resource has CEL rules. */
  readonly loadRules: () => Promise<JudgeRules>;
  /** The API server's own code, where it can be had. */
  readonly server?: ServerJudge;
  /** CustomResourceDefinitions that are installed, for it. */
  readonly definitions?: readonly KubernetesObject[];
  /** How a person names further CustomResourceDefinitions: `under validate.schemas`. */
  readonly moreSchemas: string;
};

/** Checks all objects of one environment; custom resources also by the CRDs among them. */
export async function checkObjects(
  objects: readonly CheckedObject[],
  cluster: Cluster,
  validation: Validation,
): Promise<readonly Finding[]> {
  const all = objects.map(({ object }) => object);
  const schemas = joinedSchemas(cluster.schemas, schemasOfCrds(all));
  const scopeOf = scopeFinder(all);
  const found: Finding[] = [];
  const { verdicts, unavailable } = await askServer(objects, cluster, validation);
  if (unavailable !== undefined) found.push(unavailable);
  else if (verdicts.length > 0) found.push(...olderRules(cluster));
  for (const [index, checked] of objects.entries()) {
    const { app, object, file, line } = checked;
    const identity = identityOf(object);
    const name = identityKey(identity);
    const postBuild = checked.open ?? validation.postBuild;
    const scope = schemas.kinds[typeKey(identity)]?.scope ?? scopeOf(identity);
    const add = (check: CheckName, said: readonly Said[]) => {
      if (validation.off.includes(check)) return;
      const place = { ...(file ? { file } : {}), ...(line === undefined ? {} : { line }) };
      for (const { severity, message } of said) {
        found.push({ ...place, app: app.name, check, severity, message: `${name}: ${message}` });
      }
    };
    const ended = lifecycleFindings(object, cluster);
    add("lifecycle", ended);
    const unserved = unservedVersionText(identity, schemas);
    if (unserved !== undefined) add("schema", errors([unserved]));
    const isKnown =
      unserved !== undefined || typeKey(identity) in schemas.kinds || goesLater(object, cluster);
    const verdict = usable(verdicts[index], { ended, isKnown });
    const { problems, unread, rules } = bySchema(object, schemas, { ...cluster, postBuild });
    const names = metadataProblems(object, cluster.minor);
    if (verdict && cluster.server) {
      const said = serverFindings(verdict, {
        minor: isOfKubernetes(identity, cluster) ? cluster.minor : cluster.server.minor,
        serverMinor: cluster.server.minor,
        otherwise: { schema: problems, names },
      });
      add("schema", said.schema);
      add("names", said.names);
    } else {
      add("schema", [...errors(problems), ...warnings(unread)]);
      add("names", errors(names));
    }
    // As the API server does: rules speak of objects that fit their schema.
    if (
      !verdict &&
      rules.length > 0 &&
      problems.length === 0 &&
      !validation.off.includes("rules")
    ) {
      add("rules", ruleFindings(object, rules, { judge: await cluster.loadRules(), postBuild }));
    }
    add("schema", warnings([...ofOneMoment(object), ...nodePortsOutside(object)]));
    const lost = lostCharacters(object);
    add("schema", [...errors(lost.refused), ...warnings(lost.changed)]);
    const isSubstituted = checked.open !== undefined || postBuild.length > 0;
    add("placeholders", errors(placeholdersIn(object, isSubstituted)));
    if (checked.open === undefined) {
      const substituted = substitutionsIn(object, postBuild);
      add("placeholders", [...errors(substituted.errors), ...warnings(substituted.warnings)]);
    }
    add("secrets", errors(secretsIn(object, isAllowedSecret(checked, validation.allowSecrets))));
    add("scope", warnings(scopeSurprises(checked, scope)));
  }
  if (!validation.off.includes("schema")) found.push(...withoutSchema(objects, schemas, cluster));
  return joinedFindings(found);
}

function olderRules({ minor, server }: Cluster): readonly Finding[] {
  if (server === undefined || minor >= server.minor) return [];
  const message = `objects were judged by the rules of Kubernetes 1.${server.minor}, as no other ones are known here: those of 1.${minor} may be stricter`;
  return [{ check: "schema", severity: "warning", message }];
}

// Which versions of an API are there is for the lists of the cluster's own version to say.
function usable(
  verdict: ServerVerdict | undefined,
  of: { readonly ended: readonly Said[]; readonly isKnown: boolean },
): ServerVerdict | undefined {
  if (of.ended.some(({ severity }) => severity === "error")) return undefined;
  if (of.isKnown && verdict?.errors.some(({ type }) => type === "NoMatch")) return undefined;
  if (of.ended.length === 0 || verdict === undefined) return verdict;
  const warnings = verdict.warnings.filter(({ text }) => !/ is deprecated in v/.test(text));
  return { ...verdict, warnings };
}

// A custom resource is judged by its definition, whatever the version of Kubernetes.
function isOfKubernetes(identity: Identity, { schemas }: Cluster): boolean {
  const { group } = identity;
  const isOwnGroup = !group.includes(".") || group.endsWith(".k8s.io");
  return isOwnGroup && schemas.kinds[typeKey(identity)] !== undefined;
}

// What is encrypted is decrypted before the API server sees it, so its word on that means nothing.
async function askServer(
  objects: readonly CheckedObject[],
  { server, definitions = [] }: Cluster,
  { off, postBuild }: Validation,
): Promise<{
  readonly verdicts: readonly (ServerVerdict | undefined)[];
  readonly unavailable?: Finding;
}> {
  if (server === undefined || off.includes("schema")) return { verdicts: [] };
  const asked = objects
    .filter(({ object }) => !isRecord(object["sops"]))
    .map(({ object, open = postBuild }) => ({ object, open }));
  const brought = objects
    .map(({ object }) => object)
    .filter(({ kind }) => kind === "CustomResourceDefinition");
  const answer = await server.judge(asked, [...definitions, ...brought]);
  if ("unavailable" in answer) {
    const message = `the API server's own rules were not checked, only schemas: ${answer.unavailable}`;
    return { verdicts: [], unavailable: { check: "schema", severity: "warning", message } };
  }
  const verdicts = new Map(asked.map(({ object }, index) => [object, answer[index]]));
  return { verdicts: objects.map(({ object }) => verdicts.get(object)) };
}

function errors(messages: readonly string[]): readonly Said[] {
  return messages.map((message) => ({ severity: "error", message }));
}

function warnings(messages: readonly string[]): readonly Said[] {
  return messages.map((message) => ({ severity: "warning", message }));
}

function bySchema(
  object: KubernetesObject,
  schemas: SchemaBundle,
  { matches, postBuild }: Pick<Cluster, "matches"> & Pick<Validation, "postBuild">,
): {
  readonly problems: readonly string[];
  readonly unread: readonly string[];
  readonly rules: readonly RuleUse[];
} {
  const kind = schemas.kinds[typeKey(identityOf(object))];
  const schema = kind && schemas.definitions[kind.definition];
  if (!schema) return { problems: [], unread: [], rules: [] };
  // SOPS puts a key of its own there, and Flux takes it away before applying.
  const applied = Object.fromEntries(Object.entries(object).filter(([key]) => key !== "sops"));
  const completed = withSchemaDefaults(applied, schema);
  const unread = new Set<string>();
  const problems = checkSchema(completed, schema, {
    definitions: schemas.definitions,
    matches,
    isOpen: openText(postBuild),
    encrypted: isRecord(object["sops"]),
    secret: isSecret(object),
    onUnread: (message) => unread.add(message.replace(/\[\d+\]/g, "[]")),
  });
  return { problems, unread: [...unread], rules: rulesFor(completed, schema) };
}

function scopeSurprises(
  { app, object }: CheckedObject,
  scope: "cluster" | "namespace",
): readonly string[] {
  const { namespace } = identityOf(object);
  if (app.namespace === undefined) return [];
  if (scope === "cluster") {
    if (namespace !== "") return [`it is cluster-scoped and must not name a namespace`];
    return app.clusterScoped.includes(object.kind)
      ? []
      : [
          `it lives in the whole cluster, outside of the app; name the kind under clusterScoped if that is meant`,
        ];
  }
  return namespace === app.namespace || namespace === ""
    ? []
    : [`it is in namespace ${namespace}, the app's is ${app.namespace}`];
}
