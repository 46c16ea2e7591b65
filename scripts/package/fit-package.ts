import { statSync } from "node:fs";
import { TerminalError } from "../../core/errors.ts";
import { createPackage } from "./create-package.ts";
import { hubWithout } from "./place-kube.ts";

/**
 * Writes the package. Where it would be too large the hub goes without the API server's own code, then
 * without Flux' own, and its pages then say what they cannot tell.
 * @throws TerminalError with code "package-too-large" where it is too large even so
 */
export function createFittingPackage(of: {
  readonly folder: string;
  readonly file: string;
  readonly maxMegabytes: number;
  readonly hubHasKube: boolean;
  readonly say: (line: string) => void;
}): { readonly megabytes: number } {
  const { folder, file, maxMegabytes, hubHasKube, say } = of;
  createPackage(folder, file);
  for (const { what, leave } of hubHasKube ? hubWithout : []) {
    if (megabytesOf(file) <= maxMegabytes) break;
    say(`The hub goes without ${what}: with it the package has ${shown(file)} MB.`);
    leave(folder);
    createPackage(folder, file);
  }
  if (megabytesOf(file) > maxMegabytes) {
    throw new TerminalError(
      `Failed to package the extension: ${file} has ${shown(file)} MB, at most ${maxMegabytes}`,
      {
        code: "package-too-large",
        hint: "Look at what each part weighs (npm run package prints it), and leave out the largest.",
      },
    );
  }
  return { megabytes: megabytesOf(file) };
}

function megabytesOf(file: string): number {
  return statSync(file).size / 1024 / 1024;
}

function shown(file: string): string {
  return megabytesOf(file).toFixed(1);
}
