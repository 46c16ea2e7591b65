// Folders that could not hold what is rendered into them. Flux takes a folder with a
// kustomization.yaml as that file says: what lies below it and is not listed is not applied, and each
// app's folder gets such a file.
import { isUnder } from "../flux/folder.ts";
import { indexFolder } from "../render/ownership-index.ts";
import type { DeliveryFile } from "./delivery-file.ts";
import { appFolder, environmentFolder } from "./expand-path.ts";
import type { PlacedProblem } from "./schema-problem.ts";

type Folder = { readonly name: string; readonly written: string; readonly folder: string };

/** Environments and apps in folders of their own, neither in one another nor the root. */
export function folderProblems(file: DeliveryFile): readonly PlacedProblem[] {
  const delivery = file.metadata.name;
  const environments = file.environments.map((one) => ({
    name: one.name,
    written: one.path ?? one.name,
    folder: environmentFolder(one, delivery),
  }));
  const apps = file.apps.map((one) => ({
    name: one.name,
    written: one.path ?? one.name,
    folder: appFolder(one, delivery),
  }));
  const at = (list: "apps" | "environments", index: number, message: string | undefined) =>
    message === undefined ? [] : [{ path: [list, index, "path"], message }];
  return [
    ...environments.flatMap((one, index) =>
      at("environments", index, environmentProblem(one, environments)),
    ),
    ...apps.flatMap((one, index) => at("apps", index, appProblem(one, apps))),
  ];
}

function environmentProblem(one: Folder, all: readonly Folder[]): string | undefined {
  const { written, folder } = one;
  if (written.includes("${app}")) return "${app} has no meaning here: all apps lie in this folder";
  if (folder === ".") {
    return `"${written}" is the manifests repository itself: give the environment a folder of its own`;
  }
  if (isInIndexFolder(folder)) return `"${written}" lies in ${indexFolder}, which holds indexes`;
  const outer = outerOf(one, all);
  // It would be pruned and applied twice.
  return outer && `"${written}" lies inside the folder of environment ${outer.name}`;
}

function appProblem(one: Folder, all: readonly Folder[]): string | undefined {
  const { written, folder } = one;
  if (written.includes("${environment}")) {
    return "${environment} has no meaning here: the folder lies in the environment's";
  }
  if (folder === ".") {
    return `"${written}" is the environment's folder itself: its kustomization.yaml would hide all other apps from Flux`;
  }
  if (isInIndexFolder(folder)) return `"${written}" lies in ${indexFolder}, which holds indexes`;
  const outer = outerOf(one, all);
  return (
    outer &&
    `"${written}" lies inside the folder of app ${outer.name}, whose kustomization.yaml would hide it from Flux`
  );
}

function outerOf(one: Folder, all: readonly Folder[]): Folder | undefined {
  const inner = one.folder.toLowerCase();
  return all.find(({ folder }) => {
    const outer = folder.toLowerCase();
    return outer !== inner && isUnder(inner, outer);
  });
}

function isInIndexFolder(folder: string): boolean {
  return folder.split("/").includes(indexFolder);
}
