// Which template, values and variables an object of a change comes from, as its render recorded it.
import { fileUrl } from "../../core/azure-devops/file-url.ts";
import type { Place } from "../../core/render/origins.ts";
import type { ObjectChange } from "../../core/diff/object-change.ts";
import type { RenderedSide, RenderedSides } from "../data/load-origins.ts";

/** A piece of a sentence; with an address where there is a page of it. */
export type OriginPart = { readonly text: string; readonly url?: string };

/** `From`, `Values`, `Variables`, each with what it names. */
export type OriginLine = { readonly label: string; readonly parts: readonly OriginPart[] };

const most = 8;

/** @returns nothing where no render of ours recorded it. */
export function originLines(
  { change, file }: Pick<ObjectChange, "change" | "file">,
  { sides, organisationUrl }: { readonly sides: RenderedSides; readonly organisationUrl: string },
): readonly OriginLine[] {
  const side = change === "removed" ? sides.before : sides.after;
  const prefix = side === undefined || side.folder === "" ? "" : `${side.folder}/`;
  if (side === undefined || !file.startsWith(prefix)) return [];
  const path = file.slice(prefix.length);
  const { origins } = side.index.provenance;
  const own = origins?.objects[path];
  if (own === undefined) return [];
  const app = origins?.apps[side.index.files[path]?.app ?? ""];
  const { reads = [], patches = [] } = own;
  const at = (place: Place) => partOf(place, { side, organisationUrl });
  const line = (label: string, parts: readonly OriginPart[]): readonly OriginLine[] =>
    parts.length === 0 ? [] : [{ label, parts: bounded(parts) }];
  const steps = app === undefined || app.steps.length < 2 ? "" : ` (${app.steps.join(", ")})`;
  const named = reads.map((read): OriginPart => {
    if ("variable" in read) return { text: `${read.name}: variable ${read.variable}` };
    const { text, url } = at(read);
    return { text: `${read.name}: ${text}`, ...(url === undefined ? {} : { url }) };
  });
  const known = named.length > 0;
  return [
    ...line(`From${steps}`, own.files.map(at)),
    ...line("Patched by", patches.map(at)),
    ...line(`Its ${isProgram(own.files[0]) ? "program" : "template"} names`, named),
    // Which of them an engine has used it does not tell.
    ...(known ? [] : line("Its app has values of", (app?.values ?? []).map(at))),
    ...(known
      ? []
      : line(
          "Its app has variables",
          (app?.variables ?? []).map((text) => ({ text })),
        )),
  ];
}

// One program makes many objects: it does not tell which of them a name is for.
function isProgram(place: Place | undefined): boolean {
  return /\.(?:jsonnet|libsonnet)(?:#|$)/.test(place?.file ?? "");
}

function partOf(
  { file, line, in: where }: Place,
  of: { readonly side: RenderedSide; readonly organisationUrl: string },
): OriginPart {
  const { side, organisationUrl } = of;
  const at = where === "configuration" ? side.configuration : side.code;
  const text = line === undefined ? file : `${file}:${line}`;
  if (at === undefined) return { text };
  const { repository, commit } = at;
  const address = {
    organisationUrl,
    project: repository.project.name,
    repository: repository.name,
  };
  // What lies in a packed chart has no page; the chart has.
  const [, archive] = /^(.+?\.tgz)\//.exec(file) ?? [];
  const page = { path: (archive ?? file).replace(/#.*$/, ""), commit };
  const inPage = line === undefined || archive !== undefined ? {} : { line };
  return { text, url: fileUrl(address, { ...page, ...inPage }) };
}

function bounded(parts: readonly OriginPart[]): readonly OriginPart[] {
  const left = parts.length - most;
  return left > 0 ? [...parts.slice(0, most), { text: `and ${left} more` }] : parts;
}
