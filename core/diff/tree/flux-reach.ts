import {
  type BuildInputs,
  buildInputs,
  type PlacedObject,
  untakenInputs,
} from "../../flux/build-inputs.ts";
import { isRecord, parseManifests } from "../../manifests/parse.ts";
import { canonical } from "../values.ts";
import type { FluxRoot } from "./flux-roots.ts";
import { resolved } from "./paths.ts";
import { type Reach, reachOf, sourceIgnore, type Transform } from "./reach.ts";
import type { Side, SideFile } from "./side-file.ts";
import { onceFor } from "../../once-for.ts";

/** What a Flux Kustomization builds; undefined where its folder is not among the files. */
export function reachOfFlux(
  root: FluxRoot | undefined,
  side: Side,
  other: Side,
): Reach | undefined {
  if (root?.path === undefined) return undefined;
  const reach = withComponents(root, { side, other, reach: reachOf(side, root.path, other) });
  const { file, object } = root;
  // Another object of the same file is another build.
  const key = root.isMade ? `${root.key}\0${canonical(object["spec"])}` : root.key;
  const inputs = buildInputs({ object, file }, givers(side));
  const transforms = [
    ...own(root, reach),
    ...variables(root, { reach, side, given: inputs.variables }),
    ...ignored(root, reach, inputs.ignore),
    ...reach.transforms,
  ];
  const whole = { ...reach, files: inTargetNamespace(root, reach), transforms };
  const ask = { kustomization: object, ...inputs };
  return { ...whole, parts: [{ key, file, ask, reach: whole }] };
}

// Files of components that the Flux Kustomization itself names: all of them go into its build.
function withComponents(
  { path: folder = "", object }: FluxRoot,
  { side, other, reach }: { readonly side: Side; readonly other: Side; readonly reach: Reach },
): Reach {
  const named = isRecord(object["spec"]) ? object["spec"]["components"] : undefined;
  const folders = (Array.isArray(named) ? (named as unknown[]) : []).flatMap((one) =>
    typeof one === "string" ? (resolved(folder, one) ?? []) : [],
  );
  const paths = folders.flatMap((one) => [...allOf(reachOf(side, one, other))]);
  return paths.length === 0 ? reach : { ...reach, inputs: new Set([...reach.inputs, ...paths]) };
}

// What is not read is not known: variables stay open then.
const givers = onceFor((side: Side) => [...side.values()].flatMap(objectsThatGive));

function objectsThatGive({ path, text }: SideFile): readonly PlacedObject[] {
  const gives = /toolkit\.fluxcd\.io\/|kind:\s*['"]?(ConfigMap|Secret)\b/.test(text ?? "");
  if (text === undefined || !gives || !/\.ya?ml$/.test(path)) return [];
  const { documents } = parseManifests(text, path, { as: "flux" });
  return documents.map(({ object }) => ({ object, file: path }));
}

// It is in its own folder where Flux was bootstrapped, and does not move itself.
function inTargetNamespace({ targetNamespace, file }: FluxRoot, { files }: Reach): Reach["files"] {
  if (targetNamespace === undefined) return files;
  return files.map((one) => (one.path === file ? one : { ...one, namespace: targetNamespace }));
}

function own({ changing, file, object }: FluxRoot, reach: Reach): readonly Transform[] {
  if (changing.length === 0) return [];
  const spec = isRecord(object["spec"]) ? object["spec"] : {};
  const value = Object.fromEntries(changing.map((key) => [key, spec[key]]));
  return [{ path: file, does: changing, value, over: allOf(reach) }];
}

// What its source leaves out of the folder, whatever lies there.
function ignored(
  { file }: FluxRoot,
  reach: Reach,
  ignore: string | undefined,
): readonly Transform[] {
  return ignore === undefined
    ? []
    : [{ path: file, does: [sourceIgnore], value: ignore, over: allOf(reach) }];
}

function allOf({ inputs, files }: Reach): ReadonlySet<string> {
  return new Set([...inputs, ...files.map(({ path }) => path)]);
}

// Variables are put into what was built: names of them may stand in files, in what kustomizations
// generate or patch, and in patches of the Flux Kustomization itself; a file that was not read may.
function variables(
  { file, object, changing }: FluxRoot,
  {
    reach,
    side,
    given,
  }: { readonly reach: Reach; readonly side: Side; readonly given: BuildInputs["variables"] },
): readonly Transform[] {
  const spec = isRecord(object["spec"]) ? object["spec"] : {};
  const { postBuild } = spec;
  const ofOwn = changing.some((key) => names(JSON.stringify(spec[key] ?? "")));
  const over = [...allOf(reach)].filter((path) => ofOwn || names(side.get(path)?.text));
  if (!isRecord(postBuild) || over.length === 0) return [];
  const untaken = untakenInputs({ object, file }, givers(side));
  const value = { postBuild, given, untaken };
  return [{ path: file, does: ["postBuild"], value, over: new Set(over) }];
}

function names(text: string | undefined): boolean {
  return text === undefined || /\$(\{|[A-Za-z_])/.test(text);
}
