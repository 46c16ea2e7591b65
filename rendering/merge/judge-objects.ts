import type { Kube } from "../../kube/kube.ts";
import { findingText } from "../../kube/validate.ts";
import { isDefinition, kindOf, redefinedKinds } from "../../core/merge/definitions.ts";
import type { CommitFiles } from "../../core/merge/flux-roots.ts";
import {
  type AppliedObject,
  type MergeFinding,
  objectKey,
} from "../../core/merge/merge-finding.ts";
import { parseManifests } from "../../core/manifests/parse.ts";
import { refusalText } from "../../core/diff/server/server-word.ts";
import { isForced } from "../../core/diff/forced.ts";
import { openVariables } from "../../core/manifests/open-variables.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";

type Judging = {
  readonly after: readonly AppliedObject[];
  readonly before: readonly AppliedObject[];
  readonly files: CommitFiles;
  readonly kube: Kube;
  /** Further objects, whose definitions count. */
  readonly beside?: readonly AppliedObject[];
  /** Whether this is what the API server gets: Flux decrypts and completes nothing of it. */
  readonly isFinal?: boolean;
};

/** What the API server would say to every object that the merge makes or changes. */
export async function judgeObjects(judging: Judging): Promise<{
  readonly findings: readonly MergeFinding[];
  readonly notChecked: readonly string[];
}> {
  const { after, before, files, kube, beside = [], isFinal = false } = judging;
  const earlier = new Map(before.map(({ object }) => [objectKey(object), object]));
  const notChecked: string[] = [];
  const redefined = redefinedKinds(judging);
  const changed = after.filter(({ object, file }) => {
    const was = earlier.get(objectKey(object));
    const text = toYaml(object);
    const isSame = was !== undefined && toYaml(was) === text;
    if (isSame && !redefined.has(kindOf(object))) return false;
    // What Flux decrypts is another object than the one that stands here.
    const isOpen = !isFinal && "sops" in object;
    if (isOpen) notChecked.push(`${objectKey(object)} (${file}): Flux decrypts it`);
    return !isOpen;
  });
  if (changed.length === 0) return { findings: [], notChecked };
  const definitions = [...after, ...beside].map(({ object }) => object).filter(isDefinition);
  const result = await kube.validate({
    objects: changed.map(({ object, open }) => {
      const was = earlier.get(objectKey(object));
      const isUpdate = was !== undefined && !("sops" in was);
      return { object, open: open ?? openVariables(object), ...(isUpdate ? { before: was } : {}) };
    }),
    definitions,
    namespaces: [...after, ...beside].map(({ object }) => object),
  });
  if (result.kind !== "validated") {
    const why = `${changed.length} objects were not judged by the API server's own code`;
    return { findings: [], notChecked: [...notChecked, `${why}: ${result.text}`] };
  }
  const isUpdated = ({ object }: AppliedObject) => earlier.has(objectKey(object));
  const forced = changed.filter(
    (one, at) => isUpdated(one) && isForcedUpdate(one) && result.objects[at]?.errors.length !== 0,
  );
  const made = await kube.validate({
    objects: forced.map(({ object, open }) => ({ object, open: open ?? openVariables(object) })),
    definitions,
  });
  const findings = result.objects.flatMap((judged, at): readonly MergeFinding[] => {
    const one = changed[at];
    if (one === undefined) return [];
    const { object, file } = one;
    const key = objectKey(object);
    if (judged.kind === "unknown-kind") {
      notChecked.push(
        `${key} (${file}): no definition of its kind and version is in this repository`,
      );
      return [];
    }
    if (judged.open) {
      const names = judged.open.map((name) => `\${${name}}`).join(", ");
      notChecked.push(`${key} (${file}): what hangs on ${names}, which Flux substitutes`);
    }
    const line = lineOf(key, file, files);
    const place = { file, ...(line === undefined ? {} : { line }) };
    const alone = made.kind === "validated" ? made.objects[forced.indexOf(one)]?.errors : undefined;
    return [
      ...judged.errors.map((each) => {
        const said = findingText(each);
        // Only the update is refused, and Flux is told what to do then.
        const isAnew = alone?.some((other) => findingText(other) === said) === false;
        const rule = isAnew ? ("immutable-field" as const) : ("refused-value" as const);
        const refused = refusalText({ rule, texts: [said], isForced: isAnew });
        const severity = isAnew ? ("warning" as const) : ("error" as const);
        return { severity, message: `${key}: ${refused}`, ...place };
      }),
      ...judged.warnings.map((each) => ({
        severity: "warning" as const,
        message: `${key}: ${findingText(each)}`,
        ...place,
      })),
    ];
  });
  return { findings, notChecked };
}

function isForcedUpdate({ object, forced }: AppliedObject): boolean {
  return isForced({ after: object, ...(forced && { forced }) });
}

function lineOf(key: string, file: string, files: CommitFiles): number | undefined {
  const text = files.get(file);
  if (text === undefined) return undefined;
  const { documents } = parseManifests(text, file);
  const named = documents.find(({ object }) => objectKey(object) === key) ?? documents[0];
  return named?.line;
}
