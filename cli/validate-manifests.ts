import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { checkNames } from "../core/delivery/delivery.ts";
import type { CheckName } from "../core/delivery/delivery.ts";
import { InputError, problemText } from "../core/errors.ts";
import type { Kube } from "../kube/kube.ts";
import { kubeOfProgram } from "../kube/open-node.ts";
import { rootAt } from "../rendering/inputs/contained-files.ts";
import { validateFolder } from "../rendering/checks/validate-folder.ts";
import { checksMade } from "./checks-made.ts";
import { exitCodes } from "./command.ts";
import type { Terminal } from "./command.ts";
import { stillAtWork } from "./still-at-work.ts";
import { UsageError } from "./usage-error.ts";

type Given = {
  readonly manifests: string;
  readonly "kubernetes-version"?: string | undefined;
  readonly schemas: readonly string[];
  readonly off: readonly string[];
  readonly "post-build": readonly string[];
  readonly "allow-secret": readonly string[];
  readonly exclude: readonly string[];
};

/** `fluxgate validate --manifests PATH`: what lies there, whoever rendered it. */
export async function validateManifests(given: Given, { out, err }: Terminal): Promise<number> {
  const { manifests, "kubernetes-version": kubernetesVersion } = given;
  if (
    kubernetesVersion !== undefined &&
    !/^1\.\d+(\.\d+([-+][\w.+-]+)?)?$/.test(kubernetesVersion)
  ) {
    throw new UsageError(`--kubernetes-version ${kubernetesVersion} is not of the form 1.36`);
  }
  const { folder, isOther } = placeOf(resolve(manifests));
  const root = rootAt(folder, "the manifests folder");
  const schemas = given.schemas.map((folder) => rootAt(resolve(folder), "the schemas folder"));
  const off = given.off.map(checkName);
  const idle = new Set(given.exclude);
  const isExcluded = (path: string) => {
    const fitting = given.exclude.filter((text) => pathPattern(text).test(path));
    for (const text of fitting) idle.delete(text);
    return fitting.length > 0;
  };
  const check = (kube: Kube) =>
    validateFolder(root, {
      ...{ kubernetesVersion, schemas, kube },
      isExcluded: (path) => isOther(path) || isExcluded(path),
      validation: {
        off,
        schemas: [],
        postBuild: given["post-build"],
        allowSecrets: given["allow-secret"],
      },
    });
  const found = await stillAtWork(check, { kube: kubeOfProgram(), err });
  const { objects, minor, problems, warnings } = found;
  for (const text of idle) err(`warning: --exclude ${text} leaves nothing out`);
  for (const warning of warnings) err(`warning: ${problemText(warning)}`);
  if (problems.length > 0) throw new InputError(problems);
  // Where nothing was looked at, nothing was found to be right.
  if (objects === 0) {
    const message = `${manifests} holds no manifest that Flux would apply. Name the folder, or the file, that does`;
    throw new InputError([{ message }]);
  }
  out(
    `${objects} ${objects === 1 ? "object" : "objects"} in ${manifests} for Kubernetes 1.${minor}, ${checksMade(off)}`,
  );
  return exitCodes.ok;
}

/** A file is judged alone, as Flux' scan would take it. */
function placeOf(path: string): {
  readonly folder: string;
  readonly isOther: (path: string) => boolean;
} {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
    return { folder: path, isOther: () => false };
  }
  const name = basename(path);
  return { folder: dirname(path), isOther: (each) => each !== name };
}

// `apps/legacy` and all below, `**/charts`, `*.tmp.yaml`.
function pathPattern(text: string): RegExp {
  const parts = text.replace(/^\.\/|\/$/g, "").split(/(\*\*\/|\*\*|\*|\?)/);
  const known: Readonly<Record<string, string>> = {
    "**/": "(?:[^/]+/)*",
    "**": ".*",
    "*": "[^/]*",
    "?": "[^/]",
  };
  const source = parts.map((part) => known[part] ?? part.replace(/[.+^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${source.join("")}(?:/|$)`);
}

function checkName(text: string): CheckName {
  const name = checkNames.find((each) => each === text);
  if (name) return name;
  throw new InputError([
    { message: `there is no check "${text}": known are ${checkNames.join(", ")}` },
  ]);
}
