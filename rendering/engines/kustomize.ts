import type { StepOf } from "../../core/delivery/steps/registry.ts";
import { InputError } from "../../core/errors.ts";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";
import { inputFile, kustomizationInputs } from "../kustomize/kustomization-inputs.ts";
import { placeChart } from "../charts/placed-chart.ts";
import { refuseLostPlaceholders } from "../checks/refuse-lost-placeholders.ts";
import type { StepContext } from "../step-context.ts";
import { templatesAmong, warnOfLookups } from "../charts/warn-of-lookups.ts";
import type { RenderEngine } from "./engine.ts";
import { kustomizationNames } from "../../core/manifests/kustomization-file.ts";

/** `kubectl kustomize` of an overlay; what the step before wrote lies beside it as input.yaml. */
export const kustomizeEngine: RenderEngine<StepOf<"kustomize">> = {
  inputs: (step, context) => inputsOf(step, context).files,
  run: async (step, { files, documents }, context) => {
    const { copy, expand, run, warn, app } = context;
    const path = expand(step.path);
    const input = `${path === "." ? "" : `${path}/`}${inputFile}`;
    const kustomization = files.find((file) => isKustomizationOf(path, file));
    const listed = kustomization !== undefined && lists(copy.read(kustomization), inputFile);
    if (documents.length > 0 && !listed) {
      const message = `the steps before wrote ${documents.length} objects, which this overlay would drop: list ${inputFile} under resources`;
      throw new InputError([{ file: kustomization ?? path, message }]);
    }
    if (listed) {
      const text = documents.map(({ object }) => toYaml(object)).join("---\n");
      copy.write(input, text);
    }
    refuseLostPlaceholders(files, context);
    const all = [...files, ...(await placeCharts(step, context))];
    const cwd = listed ? copy.ownRootFor(all) : copy.rootFor(all);
    const args = [
      "kustomize",
      ...(step.enableHelm ? ["--enable-helm"] : []),
      ...(step.loadRestrictor === "none" ? ["--load-restrictor", "LoadRestrictionsNone"] : []),
      // Without ./ a folder named like an address would be one.
      ...["--", path === "." ? path : `./${path}`],
    ];
    const text = await run("kubectl", args, { cwd });
    if (step.enableHelm) warnOfLookups(templatesAmong(all, copy), { chart: path, context });
    for (const name of kustomization ? unusedImages(copy.read(kustomization), text) : []) {
      warn(`app ${app.name}: images of ${kustomization ?? path} name ${name}, which nothing uses`);
    }
    return { texts: [{ file: kustomization ?? path, text, sameLines: false }], keepsInput: false };
  },
};

function inputsOf({ path, enableHelm }: StepOf<"kustomize">, context: StepContext) {
  const sources = enableHelm ? context : undefined;
  return kustomizationInputs(context.checkout, { path: context.expand(path), sources });
}

async function placeCharts(
  step: StepOf<"kustomize">,
  context: StepContext,
): Promise<readonly string[]> {
  if (!step.enableHelm) return [];
  const { charts } = inputsOf(step, context);
  const placed = [];
  for (const chart of charts) placed.push(...(await placeChart(chart, context)));
  return placed;
}

/** Names under `images` whose change shows nowhere in the output: kustomize does not tell. */
function unusedImages(kustomization: string, output: string): readonly string[] {
  const value = parseYaml(kustomization, "").documents[0]?.value;
  const images: unknown = isRecord(value) ? value["images"] : undefined;
  return (Array.isArray(images) ? images.filter(isRecord) : []).flatMap(({ name, newName }) => {
    const written = typeof newName === "string" ? newName : name;
    if (typeof name !== "string" || typeof written !== "string") return [];
    const escaped = written.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`[:-] ["']?${escaped}(?=[:@"'\\s]|$)`, "m").test(output) ? [] : [name];
  });
}

function isKustomizationOf(folder: string, file: string): boolean {
  const prefix = folder === "." ? "" : `${folder}/`;
  return kustomizationNames.some((name) => file === prefix + name);
}

function lists(kustomization: string, entry: string): boolean {
  return new RegExp(`(^|[\\s\\[,"'/-])${entry.replace(".", "\\.")}(["'\\s,\\]]|$)`, "m").test(
    kustomization,
  );
}
