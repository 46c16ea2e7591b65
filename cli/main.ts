#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { InputError, userMessage } from "../core/errors.ts";
import { harmless } from "../core/harmless.ts";
import { adoptCommand } from "./adopt.ts";
import type { Command, Terminal } from "./command.ts";
import { exitCodes } from "./command.ts";
import { diffCommand } from "./diff.ts";
import { doctorCommand } from "./doctor/command.ts";
import { historyCommand } from "./history.ts";
import { initCommand } from "./init/command.ts";
import { explainCommand } from "./explain.ts";
import { lockCommand } from "./lock.ts";
import { policiesCommand } from "./policies.ts";
import { renderCommand } from "./render.ts";
import { rollbackCommand } from "./rollback.ts";
import { validateCommand } from "./validate.ts";
import { nearestWord } from "../core/nearest-word.ts";
import { UsageError } from "./usage-error.ts";
import { fluxgateVersion } from "../rendering/version.ts";

const commands: Readonly<Record<string, Command>> = {
  init: initCommand,
  render: renderCommand,
  validate: validateCommand,
  diff: diffCommand,
  explain: explainCommand,
  adopt: adoptCommand,
  lock: lockCommand,
  rollback: rollbackCommand,
  history: historyCommand,
  policies: policiesCommand,
  doctor: doctorCommand,
};

const terminal: Terminal = {
  out: (line) => console.log(harmless(line)),
  err: (line) => console.error(harmless(line)),
};
// Who reads may have gone (`fluxgate diff … | head`): there is nobody to tell then.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(exitCodes.failed);
  });
}
// A command lasts a second or two: V8's optimised code would not pay for its making, a sixth of
// the processor's time of a render. What runs long is optimised all the same, later.
setFlagsFromString("--interrupt-budget=1000000");
process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === "help" && args.length > 0) return main([...args.slice(0, 1), "--help"]);
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    terminal.out(usage());
    return name === undefined ? exitCodes.usage : exitCodes.ok;
  }
  if (name === "--version" || name === "version") {
    terminal.out(fluxgateVersion);
    return exitCodes.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const meant = didYouMean(name, Object.keys(commands));
    terminal.err(
      `fluxgate has no command "${name}"${meant === "" ? "." : meant} Run fluxgate --help.`,
    );
    return exitCodes.usage;
  }
  if (args.includes("--help") || args.includes("-h")) {
    terminal.out(command.help);
    return exitCodes.ok;
  }
  try {
    return await command.run(args, terminal);
  } catch (error) {
    if (isUsageError(error)) {
      const [, option] = /^Unknown option '(--[\w-]+)'/.exec(error.message) ?? [];
      const known = command.help.match(/--[a-z][a-z-]+/g) ?? [];
      const meant = option === undefined ? "" : didYouMean(option, known);
      terminal.err(
        `${error.message}${meant}${meant === "" ? "." : ""} Run fluxgate ${name} --help.`,
      );
      return exitCodes.usage;
    }
    terminal.err(userMessage(error));
    return error instanceof InputError ? exitCodes.problems : exitCodes.failed;
  }
}

// Ours, and what node:util's parseArgs throws.
function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return (
    error instanceof TypeError && String(Reflect.get(error, "code")).startsWith("ERR_PARSE_ARGS")
  );
}

function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearestWord(word, known);
  return meant === undefined ? "" : `: did you mean ${meant}?`;
}

function usage(): string {
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(10)}${summary}`,
  );
  return `fluxgate <command> [options]

${lines.join("\n")}

fluxgate <command> --help lists the options of one; fluxgate --version says which this is.
Exit codes: 0 fine; 1 the files have problems, all of them are printed; 2 wrong command line;
3 a tool is missing, a service does not answer, or time ran out.`;
}
