import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { preferTools } from "../rendering/processes/find-tool.ts";
import { readDelivery } from "../rendering/inputs/read-inputs.ts";
import { lookForTools, readToolLock, thisPlatform } from "../rendering/processes/tool-lock-file.ts";
import { digestUsedTools } from "../rendering/processes/used-tools.ts";
import { lockTools, toolLockFile, writeToolLock } from "../core/render/tool-lock.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./command.ts";

export const lockCommand: Command = {
  summary: "Pin the tools that render a delivery, by version and checksum",
  help: `fluxgate lock [options]

Writes ${toolLockFile} at the top of the checkout: version and sha256 of every tool that some step
uses, as they are on this machine. From then on render, validate and the pipeline task refuse other
ones. Run it on each platform that renders; sums of other platforms stay while the version does.

  --delivery FILE       the delivery file; default fluxgate.yaml
  --tools DIR           folder to take helm, kubectl and jsonnet from before PATH`,
  async run(args, { out }) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        delivery: { type: "string", default: "fluxgate.yaml" },
        tools: { type: "string" },
      },
    });
    if (values.tools !== undefined) await preferTools(values.tools);
    const { delivery, checkout } = await readDelivery(values.delivery);
    const before = (await readToolLock(checkout)) ?? {};
    const scratch = await mkdtemp(join(tmpdir(), "fluxgate-lock-"));
    try {
      const versions = await digestUsedTools(delivery, delivery.environments, { scratch });
      const found = await lookForTools(versions);
      const lock = lockTools(before, found, thisPlatform);
      await writeFile(join(checkout.path, toolLockFile), writeToolLock(lock));
      for (const { tool, version } of found)
        out(`${tool} ${version} is locked for ${thisPlatform}`);
      if (found.length === 0) out("No step uses a tool: the lock is empty");
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    return exitCodes.ok;
  },
};
