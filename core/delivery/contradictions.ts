import type { AppFile, DeliveryFile } from "./delivery-file.ts";
import type { PlacedProblem } from "./schema-problem.ts";
import { fullImageName } from "../images/image-name.ts";
import { appFolder, environmentFolder } from "./expand-path.ts";
import { folderProblems } from "./folder-problems.ts";
import { engineNames, kindOf, stepKinds } from "./steps/registry.ts";

/** What a schema cannot say: names that repeat or lead nowhere, empty chains. */
export function contradictions(file: DeliveryFile): readonly PlacedProblem[] {
  const environments = new Set(file.environments.map(({ name }) => name));
  return [
    ...takenName(file.metadata.name),
    ...repeated(file.images ?? [], { list: "images", key: "name" }),
    ...sameImages((file.images ?? []).map(({ name }) => name)),
    ...repeated(file.apps, { list: "apps", key: "name" }),
    ...repeated(
      file.apps.map((app) => ({ path: appFolder(app, file.metadata.name) })),
      { list: "apps", key: "path" },
    ),
    ...repeated(file.environments, { list: "environments", key: "name" }),
    ...repeated(
      file.environments.map((one) => ({ path: environmentFolder(one, file.metadata.name) })),
      { list: "environments", key: "path" },
    ),
    ...file.apps.flatMap((app, index) => appProblems(app, { index, environments })),
    ...file.environments.flatMap(unreviewed),
    ...folderProblems(file),
  ];
}

// Commit statuses of others begin with these: a delivery's own are `<delivery>/<environment>`.
const taken: readonly string[] = ["wait", "deployed"];

function takenName(name: string): readonly PlacedProblem[] {
  if (!taken.includes(name)) return [];
  const message = `"${name}" is how other commit statuses of Fluxgate begin (${name}/…): take another name`;
  return [{ path: ["metadata", "name"], message }];
}

function unreviewed(
  { pullRequest = {} }: DeliveryFile["environments"][number],
  index: number,
): readonly PlacedProblem[] {
  const { mode, reviewers, autoComplete, title } = pullRequest;
  if (mode !== "direct") return [];
  const given = Object.entries({ reviewers, autoComplete, title });
  return given.flatMap(([key, value]) =>
    value === undefined || value === false
      ? []
      : [
          {
            path: ["environments", index, "pullRequest", key],
            message: `${key} has no meaning with mode: direct, which opens no pull request`,
          },
        ],
  );
}

function repeated<Key extends string>(
  entries: readonly Readonly<Record<Key, string>>[],
  { list, key }: { readonly list: string; readonly key: Key },
): readonly PlacedProblem[] {
  const first = new Map<string, number>();
  return entries.flatMap((entry, index) => {
    // Checkouts on Windows and macOS know one folder where git knows two.
    const folded = entry[key].toLowerCase();
    const before = first.get(folded);
    if (before === undefined) {
      first.set(folded, index);
      return [];
    }
    const other = entries[before]?.[key] ?? "";
    const message =
      other === entry[key]
        ? `${list}[${index}] has the same ${key} "${entry[key]}" as ${list}[${before}]`
        : `${list}[${index}] has the ${key} "${entry[key]}", and ${list}[${before}] "${other}": where upper and lower case are one, they are the same`;
    return [{ path: [list, index, key], message }];
  });
}

/** Names that differ, and mean one image. */
function sameImages(names: readonly string[]): readonly PlacedProblem[] {
  return names.flatMap((name, index) => {
    const full = fullImageName(name);
    const before = names.findIndex((each) => fullImageName(each) === full);
    if (before === index || names[before] === name) return [];
    const message = `images[${index}] and images[${before}] are one image, ${full}`;
    return [{ path: ["images", index, "name"], message }];
  });
}

function appProblems(
  app: AppFile,
  { index, environments }: { readonly index: number; readonly environments: ReadonlySet<string> },
): readonly PlacedProblem[] {
  const unknown = (app.environments ?? []).flatMap((name, at) =>
    environments.has(name)
      ? []
      : [{ path: ["apps", index, "environments", at], message: `no environment "${name}"` }],
  );
  const steps = app.render.flatMap((step, at) => {
    const next = app.render[at + 1];
    const path = ["apps", index, "render", at];
    if (step.as === "values" && (next === undefined || !kindOf(next).kind.takesValues)) {
      const takers = engineNames.filter((name) => stepKinds[name].takesValues).join(" or ");
      return [{ path: [...path, "as"], message: `values need a ${takers} step after them` }];
    }
    const { engine, kind, file } = kindOf(step);
    return (kind.problems?.(file, { isFirst: at === 0 }) ?? []).map(({ keys, message }) => ({
      path: [...path, engine, ...keys],
      message,
    }));
  });
  return [...unknown, ...steps];
}
