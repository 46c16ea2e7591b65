// Only texts that are versions (`1.2.3`, `v1.2.3-rc.1`) have an order.

// Dates and numbers of builds have no major version.
const highestMajor = 200;

/** Whether one version is of a later major than another. */
export function isMajor(to: string, from: string): boolean {
  const [next = 0, old = 0] = [to, from].map((text) => version(text)?.numbers[0]);
  return next > old && old > 0 && next <= highestMajor;
}

/** Whether one version comes before another. */
export function isOlder(to: string, from: string): boolean {
  const [a, b] = [version(to), version(from)];
  if (a === undefined || b === undefined) return false;
  const at = [0, 1, 2].find((index) => a.numbers[index] !== b.numbers[index]);
  if (at !== undefined) return (a.numbers[at] ?? 0) < (b.numbers[at] ?? 0);
  if (a.pre === undefined || b.pre === undefined) return a.pre !== undefined;
  const words = [a.pre.word, b.pre.word];
  const isOrdered = words[0] === words[1] || words.every((word) => inOrder.test(word));
  return isOrdered && a.pre.text.localeCompare(b.pre.text, "en", { numeric: true }) < 0;
}

const inOrder = /^(alpha|beta|rc)$/;

function version(text: string) {
  const match = /^v?(\d{1,8})(?:\.(\d+))?(?:\.(\d+))?(-[0-9A-Za-z.-]+)?(?:@.*)?$/.exec(text);
  if (match === null) return undefined;
  const numbers = [match[1], match[2] ?? "0", match[3] ?? "0"].map(Number);
  const word = /^-(rc|alpha|beta|pre|dev|snapshot)/i.exec(match[4] ?? "")?.[1]?.toLowerCase();
  return {
    numbers,
    pre: word === undefined ? undefined : { word, text: (match[4] ?? "").toLowerCase() },
  };
}
