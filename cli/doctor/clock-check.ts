import { Failure, type Check } from "./check.ts";

// The connector compares times by each host's own clock; tokens and certificates do not.
const harmlessMs = 60_000;

/** Whether this machine and a host agree on the time. */
export function clockCheck(
  name: string,
  {
    theirs,
    ours,
  }: { readonly theirs: () => Promise<number | undefined>; readonly ours: () => number },
): Check {
  return {
    name,
    lost: "tokens and certificates may be taken for expired or not yet valid",
    remedy: "Set this machine's clock; the connector itself goes by the host's.",
    test: async () => {
      const there = await theirs();
      if (there === undefined) throw new Failure("not checked", "the host does not tell its time");
      const off = ours() - there;
      const seconds = Math.round(Math.abs(off) / 1000);
      if (Math.abs(off) < harmlessMs) return `agrees within ${seconds + 1} s`;
      throw new Failure(
        "wrong",
        `this machine's clock is ${seconds} s ${off > 0 ? "ahead" : "behind"}`,
      );
    },
  };
}
