// What the Marketplace shows of the extension: found wrong before a package is written.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ExtensionManifest, root } from "./extension-manifest.ts";

const categories = [
  ...["Azure Repos", "Azure Boards", "Azure Pipelines", "Azure Test Plans", "Azure Artifacts"],
];
const links = ["home", "getstarted", "learn", "support", "issues", "license"] as const;

/** Overview, pictures, links, categories and badges. */
export function marketplaceProblems(manifest: ExtensionManifest): readonly string[] {
  const { content, files, screenshots = [], badges = [] } = manifest;
  const details = content["details"]?.path ?? "";
  const text = existsSync(join(root, details)) ? readFileSync(join(root, details), "utf8") : "";
  const isPacked = (path: string) =>
    existsSync(join(root, path)) &&
    files.some((file) => path === file.path || path.startsWith(`${file.path}/`));
  const pictures = [...text.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, path = ""]) => path);
  const targets = [...text.matchAll(/(?<!!)\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, path = ""]) => path);
  return [
    ...(details === "" || details === "README.md"
      ? ["content.details is no overview of its own"]
      : []),
    ...(pictures.length === 0 ? [`${details} shows no picture`] : []),
    ...(/^1\. [^]*^2\. [^]*^3\. /m.test(text) ? [] : [`${details} does not lead in three steps`]),
    ...pictures
      .filter((path) => !isPacked(path))
      .map((path) => `${details} shows ${path}, which is not packaged`),
    // The Marketplace has no folder that a relative link could lead to.
    ...targets
      .filter((to) => !isWeb(to))
      .map((to) => `${details} links to ${to}, which is no https address`),
    ...targets
      .filter((to) => !isThere(to))
      .map((to) => `${details} links to ${to}, which is not in the repository`),
    ...(screenshots.length === 0 ? ["there are no screenshots"] : []),
    ...screenshots
      .filter(({ path }) => !isPacked(path))
      .map(({ path }) => `screenshot ${path} is not packaged`),
    ...(badges.length === 0 ? ["there are no badges"] : []),
    ...badges
      .filter(({ href, uri, description }) => !isWeb(href) || !isWeb(uri) || description === "")
      .map(({ description }) => `badge "${description}" needs https addresses and a description`),
    ...(isWeb(manifest.repository?.uri ?? "") ? [] : ["repository has no https address"]),
    ...links.flatMap((name) => {
      const uri = manifest.links?.[name]?.uri ?? "";
      if (!isWeb(uri)) return [`links.${name} has no https address`];
      return isThere(uri) ? [] : [`links.${name} leads to ${uri}, which is not in the repository`];
    }),
    ...((manifest.categories ?? []).length === 0 ? ["there are no categories"] : []),
    ...(manifest.categories ?? [])
      .filter((each) => !categories.includes(each))
      .map((each) => `"${each}" is no category of the Marketplace`),
  ];
}

function isWeb(uri: string): boolean {
  return /^https:\/\/[^/\s]+/.test(uri);
}

// What leads into our own repository has to be in this checkout.
function isThere(uri: string): boolean {
  const path = /\/blob\/main\/([^#?]+)/.exec(uri)?.[1];
  return path === undefined || existsSync(join(root, path));
}
