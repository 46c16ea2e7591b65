import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findNewestPatch, findToolchain, readModOf } from "./ask-go.ts";
import { componentsOf, fluxPins } from "./flux-pins.ts";
import { newestOf } from "./newest-patch.ts";
import type { UpdateOptions } from "./options.ts";
import { readMod } from "./read-mod.ts";
import type { ModPins } from "./rewrite-mod.ts";
import type { TextPins } from "./rewrite-texts.ts";

export type Pins = { readonly mod: ModPins; readonly text: TextPins };
export type Standing = { readonly kubernetes: string; readonly flux: string };

/** The versions that the sources name now. */
export function readStanding(root: string): Standing {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const definitions = read("sandbox/flux-embedded/toolkit/definitions.ts");
  return {
    kubernetes: readMod(read("kube/go/go.mod")).requires.get("k8s.io/kubernetes") ?? "",
    flux: /io\/version": "(v[\d.]+)"/.exec(definitions)?.[1] ?? "",
  };
}

/**
 * What a minor of each comes to: Flux's release names its controllers, kustomize-controller what it
 * is made of, Kubernetes its staging modules and its Go.
 * @throws TerminalError with code "kube-update-failed"
 */
export function findPins(root: string, options: UpdateOptions, standing: Standing): Pins {
  const kubernetes = findNewestPatch("k8s.io/kubernetes", options.kubernetes, standing.kubernetes);
  const flux = findNewestPatch("github.com/fluxcd/flux2/v2", options.flux, standing.flux);
  const components = componentsOf(readModOf("github.com/fluxcd/flux2/v2", flux));
  const controller = readModOf(
    "github.com/fluxcd/kustomize-controller",
    components.get("kustomize-controller") ?? "",
  );
  const server = readModOf("k8s.io/kubernetes", kubernetes);
  const own = readMod(readFileSync(join(root, "kube/go/go.mod"), "utf8"));
  const go = newestOf([own.go, server.go, controller.go]);
  const goMinor = go.split(".").slice(0, 2).join(".");
  return {
    mod: {
      kubernetes: { from: standing.kubernetes, to: kubernetes },
      staging: server.local,
      flux: fluxPins(components, controller),
      go,
      toolchain: findToolchain(goMinor),
    },
    text: { kubernetes, flux, components, goMinor },
  };
}
