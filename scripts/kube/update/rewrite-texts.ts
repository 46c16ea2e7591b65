// Versions that stand in our own sources, beside those in go.mod.
import { minorOf } from "./newest-patch.ts";
import { withMinor } from "./with-minor.ts";

export type TextPins = {
  /** `v1.36.3`. */
  readonly kubernetes: string;
  /** `v2.9.4`. */
  readonly flux: string;
  /** `kustomize-controller` → `v1.9.4`. */
  readonly components: ReadonlyMap<string, string>;
  /** `1.26`. */
  readonly goMinor: string;
};

type Pin = { readonly pattern: RegExp; readonly value: (pins: TextPins) => string };
const kubernetesPin = (pattern: RegExp): Pin => ({ pattern, value: (pins) => pins.kubernetes });
const ofMinor = (pattern: RegExp): Pin => ({
  pattern,
  value: ({ kubernetes }) => minorOf(kubernetes).split(".")[1] ?? "",
});

/** File → its pins: what the group `pin` of a pattern finds is replaced. */
const pinned: Readonly<Record<string, readonly Pin[]>> = {
  "sandbox/flux-embedded/http/discovery.ts": [
    ofMinor(/minor: "(?<pin>\d+)"/d),
    kubernetesPin(/gitVersion: "(?<pin>v[\d.]+)"/d),
    { pattern: /goVersion: "(?<pin>go[\d.]+)"/d, value: ({ goMinor }) => `go${goMinor}` },
  ],
  "sandbox/flux-embedded/helm/render-chart.ts": [
    kubernetesPin(/"--kube-version", "(?<pin>v[\d.]+)"/d),
  ],
  "sandbox/test/flux/api-cases.ts": [kubernetesPin(/gitVersion, "(?<pin>v[\d.]+)"/d)],
  "sandbox/flux-embedded/toolkit/definitions.ts": [
    { pattern: /io\/version": "(?<pin>v[\d.]+)"/d, value: ({ flux }) => flux },
  ],
  "rendering/checks/schemas/known-schemas.ts": [ofMinor(/const usual = (?<pin>\d+);/d)],
  "cli/validate.ts": [
    {
      pattern: /--kubernetes-version .*default: (?<pin>[\d.]+)$/dm,
      value: ({ kubernetes }) => minorOf(kubernetes),
    },
  ],
  "scripts/schemas/generate.ts": [
    { pattern: /write\(fluxFile, "(?<pin>[\d.]+)"/d, value: ({ flux }) => minorOf(flux) },
  ],
};
const controllers = /"([a-z]+-[a-z-]*(?:controller|watcher))": "v[\d.]+"/g;

/** Every file that has a pin. */
export const textsWithPins = Object.keys(pinned);

/** @throws Error where a pin is not where it was: its file was changed without this one */
export function rewriteText(file: string, text: string, pins: TextPins): string {
  const moved = (pinned[file] ?? []).reduce((now, pin) => withPin(file, now, { pin, pins }), text);
  const versions = moved.replace(controllers, (at, name: string) => {
    const version = pins.components.get(name);
    return version === undefined ? at : `"${name}": "${version}"`;
  });
  return withMinor(file, versions, Number(minorOf(pins.kubernetes).split(".")[1]));
}

type Given = { readonly pin: Pin; readonly pins: TextPins };

function withPin(file: string, text: string, { pin, pins }: Given): string {
  const place = pin.pattern.exec(text)?.indices?.groups?.["pin"];
  if (place === undefined) throw new Error(`${file} has no ${String(pin.pattern)} any more`);
  return `${text.slice(0, place[0])}${pin.value(pins)}${text.slice(place[1])}`;
}
