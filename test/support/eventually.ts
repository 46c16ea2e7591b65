export { eventually } from "../../sandbox/test/support/eventually.ts";
