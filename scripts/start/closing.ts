/** What must be stopped at the end, in the opposite order of how it was started. */
export type Closing = {
  readonly add: (what: string, close: () => Promise<void> | void) => void;
  readonly closeAll: () => Promise<void>;
};

export function createClosing(say: (line: string) => void): Closing {
  const open: { what: string; close: () => Promise<void> | void }[] = [];
  return {
    add: (what, close) => void open.push({ what, close }),
    closeAll: async () => {
      for (const { what, close } of open.splice(0).reverse()) {
        try {
          await close();
        } catch (error) {
          // The rest must still be stopped.
          say(`Failed to stop ${what}: ${String(error)}`);
        }
      }
    },
  };
}
