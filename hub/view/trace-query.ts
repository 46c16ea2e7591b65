/** What somebody looks for: their words name a commit, a run, a pull request, a work item, an image. */
export type TraceQuery =
  | { readonly kind: "commit"; readonly commit: string }
  | { readonly kind: "run"; readonly build: number }
  | { readonly kind: "pull-request"; readonly id: number }
  | { readonly kind: "work-item"; readonly id: number }
  | { readonly kind: "image"; readonly name: string; readonly version: string | undefined }
  | { readonly kind: "nothing" };

/** `a1b2c3d4`, `run 812`, `!231`, `#42`, `AB#42`, `api:1.5.0`, `1.5.0`, and web addresses of them. */
export function traceQuery(text: string): TraceQuery {
  const words = text.trim();
  if (words === "") return { kind: "nothing" };
  const number = (form: RegExp) => {
    const found = Number(form.exec(words)?.[1] ?? Number.NaN);
    return Number.isSafeInteger(found) && found > 0 ? found : undefined;
  };
  const request = number(/^!(\d+)$/) ?? number(/\/pullrequest\/(\d+)/i);
  if (request !== undefined) return { kind: "pull-request", id: request };
  const build = number(/^(?:run|build)\s*#?(\d+)$/i) ?? number(/[?&]buildId=(\d+)/i);
  if (build !== undefined) return { kind: "run", build };
  const item = number(/^(?:AB)?#(\d+)$/i) ?? number(/\/_workitems\/edit\/(\d+)/i);
  if (item !== undefined) return { kind: "work-item", id: item };
  const [, commit] = /(?:^|\/commit\/)([0-9a-f]{7,40})$/i.exec(words) ?? [];
  if (commit !== undefined) return { kind: "commit", commit: commit.toLowerCase() };
  // A version alone: of any image.
  if (/^v?\d[\w.+-]*$/.test(words)) return { kind: "image", name: "", version: words };
  // A digest as it is on the screen, too: its beginning, without `sha256:`.
  const [, image = words, hex] = /^(.*?)(?:@(?:sha256:)?([0-9a-f]{1,64}))?…?$/i.exec(words) ?? [];
  const [, name = image, tag] = /^(.*?)(?::([^/:@]+))?$/.exec(image) ?? [];
  const digest = hex === undefined ? [] : [`sha256:${hex.toLowerCase()}`];
  const version = [tag ?? "", ...digest].join("@");
  return { kind: "image", name, version: version === "" ? undefined : version };
}
