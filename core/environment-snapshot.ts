// The document that the connector writes and the hub reads; its parts lie in core/snapshot/.
export * from "./snapshot/snapshot.ts";
export { parseSnapshot } from "./snapshot/parse-snapshot.ts";
