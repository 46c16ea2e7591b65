/** One thing that may happen in a simulated cluster now. */
export type FluxStep = {
  /** Of which object, as `nameOf`. */
  readonly of: string;
  readonly does: string;
  /** How it should go, once all is over. */
  readonly isGood: boolean;
  readonly run: () => Promise<void>;
};

export function step(of: string, does: string, run: () => void): FluxStep {
  return { of, does, isGood: true, run: async () => run() };
}
