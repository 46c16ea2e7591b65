import type { Identity } from "../manifests/identity.ts";
import { fullImageName } from "../images/image-name.ts";
import { parseImage } from "../manifests/images.ts";

/** One image that differs; `from` is absent where it is new, `to` where it is gone. */
export type ImageChange = {
  /** The new name, or the old one of an image that is gone. */
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  /** The name before, where that is another one: another registry or repository. */
  readonly renamedFrom?: string;
  readonly objects: readonly Identity[];
};

export type ImageVersions = Omit<ImageChange, "objects">;

/** What becomes of an image reference, or of none. */
export function between(from: string | undefined, to: string | undefined): ImageVersions {
  const [old, next] = [from, to].map((text) => (text === undefined ? undefined : parseImage(text)));
  const name = next?.name ?? old?.name ?? "";
  return {
    name,
    ...(old === undefined ? {} : { from: versionOf(old) }),
    ...(next === undefined ? {} : { to: versionOf(next) }),
    ...(old !== undefined && fullImageName(old.name) !== fullImageName(name)
      ? { renamedFrom: old.name }
      : {}),
  };
}

function versionOf({ tag, digest }: { readonly tag?: string; readonly digest?: string }): string {
  return `${tag ?? ""}${digest === undefined ? "" : `@${digest}`}`;
}
