import { execFileSync } from "node:child_process";

/** TypeScript files that git knows or would add, relative to the root of the checkout. */
export function sourceFiles(): readonly string[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate", "*.ts", "*.tsx"],
    { encoding: "utf8" },
  );
  const deleted = execFileSync("git", ["ls-files", "--deleted"], { encoding: "utf8" });
  const gone = new Set(deleted.split("\n"));
  return listed.split("\n").filter((path) => path !== "" && !gone.has(path));
}
