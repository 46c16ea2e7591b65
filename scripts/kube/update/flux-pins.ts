import type { Mod } from "./read-mod.ts";

const component = /^github\.com\/fluxcd\/([a-z-]+-(?:controller|watcher))\/api(?:\/v\d+)?$/;
/** Of what kustomize-controller requires and pins: what decides what it builds and applies. */
const followed =
  /^(github\.com\/fluxcd\/(cli-utils|pkg\/.*)|sigs\.k8s\.io\/kustomize\/.*|gopkg\.in\/yaml\.v3)$/;

/** Flux's controllers → version, as a release of Flux names them in its own go.mod. */
export function componentsOf(flux: Mod): ReadonlyMap<string, string> {
  return new Map(
    [...flux.requires].flatMap(([name, version]) => {
      const found = component.exec(name)?.[1];
      return found === undefined ? [] : [[found, version] as const];
    }),
  );
}

/** Module → version of the controllers, their APIs, and what kustomize-controller is made of. */
export function fluxPins(
  components: ReadonlyMap<string, string>,
  kustomizeController: Mod,
): ReadonlyMap<string, string> {
  const own = [...components].flatMap(([name, version]) =>
    ["", "/api"].map((part) => [`github.com/fluxcd/${name}${part}`, version] as const),
  );
  const theirs = [...kustomizeController.requires, ...kustomizeController.replaces].filter(
    ([name]) => followed.test(name),
  );
  return new Map([...theirs, ...own]);
}
