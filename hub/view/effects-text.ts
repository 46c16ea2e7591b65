import { requestedMore, restartsPods } from "../../core/diff/effects.ts";
import type { ObjectChange } from "../../core/diff/object-change.ts";
import { count } from "../../core/count.ts";

/** `Pods of 2 workloads restart`, `requests cpu +200m`: what the objects together come to. */
export function effectsText(objects: readonly ObjectChange[]): readonly string[] {
  const restarting = objects.filter(restartsPods).length;
  const { cpu, memory } = requestedMore(objects);
  const asked = [
    ...(cpu === 0n ? [] : [`cpu ${signed(cpu, cpuText)}`]),
    ...(memory === 0n ? [] : [`memory ${signed(memory, memoryText)}`]),
  ];
  return [
    ...(restarting === 0 ? [] : [`Pods of ${count(restarting, "workload")} restart`]),
    ...(asked.length === 0
      ? []
      : [`Pods request ${asked.join(" and ")}, by their replicas in git`]),
  ];
}

function signed(amount: bigint, text: (amount: bigint) => string): string {
  return amount < 0n ? `−${text(-amount)}` : `+${text(amount)}`;
}

const milli = 1_000_000n;
const mebi = 1_048_576n * 1_000_000_000n;

function cpuText(amount: bigint): string {
  const millis = Number(amount / milli);
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

function memoryText(amount: bigint): string {
  const mebis = Number((amount * 10n) / mebi) / 10;
  return mebis >= 1024 ? `${Math.round(mebis / 102.4) / 10} Gi` : `${mebis} Mi`;
}
