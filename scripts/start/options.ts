import { InputError } from "../../core/errors.ts";

export type StartOptions = {
  /** 0 takes a free port. */
  readonly port: number;
  readonly cluster: boolean;
  readonly reset: boolean;
  readonly demo: boolean;
  /** Without the demo: a manifests repository with these, Flux and a connector for them. */
  readonly environments: readonly string[];
  readonly help: boolean;
};

export const usage = `Usage: npm start -- [options]
  --port N     port of the portal, 0 for a free one (default 8420)
  --cluster    a real Kubernetes API and Flux instead of the embedded ones (needs Go; 10 min once)
  --reset      build everything anew instead of using what an earlier start built
  --no-demo    an empty project: no pipelines, no manifests, and so no connector
  --environment NAME
               without the demo: a repository "manifests" with a folder of that name, Flux that
               applies it, and a connector; may be repeated
  --help       this text`;

/** @throws InputError naming every argument that is wrong. */
export function parseOptions(args: readonly string[]): StartOptions {
  const problems: { message: string }[] = [];
  let options: StartOptions = {
    ...{ port: 8420, cluster: false, reset: false, demo: true, help: false },
    environments: [],
  };
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] ?? "";
    const [name, inline] = argument.split("=", 2);
    if (name === "--port") {
      const text = inline ?? args[(at += 1)] ?? "";
      const port = Number(text);
      if (/^\d+$/.test(text) && port <= 65_535) options = { ...options, port };
      else problems.push({ message: `--port needs a number from 0 to 65535, not "${text}"` });
    } else if (name === "--environment") {
      const text = inline ?? args[(at += 1)] ?? "";
      const environments = [...options.environments, text];
      if (/^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/.test(text)) options = { ...options, environments };
      else problems.push({ message: `--environment needs a name, not "${text}"` });
    } else if (argument === "--cluster") options = { ...options, cluster: true };
    else if (argument === "--reset") options = { ...options, reset: true };
    else if (argument === "--no-demo") options = { ...options, demo: false };
    else if (argument === "--help") options = { ...options, help: true };
    else problems.push({ message: `${argument} is not an option` });
  }
  if (options.demo && options.environments.length > 0) {
    problems.push({ message: "--environment is for --no-demo: the demo has its own" });
  }
  if (problems.length > 0) throw new InputError(problems, { hint: `\n${usage}` });
  return options;
}
