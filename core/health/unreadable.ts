import { isRecord } from "../manifests/parse.ts";

/**
 * Why Flux' kstatus can make nothing of an object: what it looks at in all kinds has another form than
 * the API's. Until that is mended it waits, whatever else stands there.
 * @param countsInTexts Argo Rollouts write what they have observed as a text, whatever Flux makes of it
 */
export function unreadable(object: unknown, countsInTexts = false): string | undefined {
  const { metadata, status } = isRecord(object) ? object : {};
  const { generation, deletionTimestamp } = isRecord(metadata) ? metadata : {};
  // That it goes is all that counts then.
  if (typeof deletionTimestamp === "string") return undefined;
  if (deletionTimestamp !== undefined) return "its metadata.deletionTimestamp is no time";
  if (status !== undefined && status !== null && !isRecord(status))
    return "its status is no mapping";
  const { conditions, observedGeneration } = isRecord(status) ? status : {};
  if (conditions !== undefined && conditions !== null && !Array.isArray(conditions)) {
    return "its conditions are no list";
  }
  const odd = (conditions ?? []).findIndex((one: unknown) => one !== null && !isCondition(one));
  if (odd >= 0) return `its condition ${odd + 1} is none`;
  if (!isWhole(generation)) return "its metadata.generation is no whole number";
  if (generation !== undefined && !countsInTexts && !isWhole(observedGeneration)) {
    return "its status.observedGeneration is no whole number";
  }
  return undefined;
}

function isCondition(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const texts = [value["type"], value["status"], value["reason"], value["message"]];
  return texts.every((text) => text === undefined || text === null || typeof text === "string");
}

function isWhole(value: unknown): boolean {
  return value === undefined || Number.isInteger(value);
}
