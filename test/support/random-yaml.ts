// Texts of YAML made by chance: usual ones, and ones with whatever YAML has that is hard to read.
const scalars =
  `a|b c|1|1.10|true|null|~|"q"|'s'|"q\\n\\"x"|'it''s'|http://x/y|a#b|-x|--f=1|a:b|yes|0o17|2020-01-01
  |x: y|"a: b"|[a, b]|{a: 1}|[]|{}|{"a":1,"b":[1,2]}|# c|v # c|$(X)|*.x|&b c|a,b|a]|😀|"\\ud83d\\ude00"|'a' # c|"\\/"`
    .split("|")
    .map((each) => each.trim());
const longOnes = [
  ...["a\n      more", '"a\n      b"', "'a\n\n      b '", "a\n\n      b", '"a\\\n      b"'],
  ...[
    "|\n      t\n       u\n",
    "|-\n      t\n\n",
    "|+\n      t\n\n",
    "|2\n      x",
    "|\n\n     \n     t",
  ],
  ...[
    ">\n      t\n      u\n\n        v\n      w",
    ">-\n      t\n\n\n      u",
    ">\n       t\n      u",
  ],
  ...["{a: b,\n      c: d}", "[\n      a,\n      b\n     ]", "[\n  a ]", "a  ", ""],
];
const keys = `a b c d-e x.io/y "q\\tk" 's' metadata labels annotations items spec 1 true << a:b __proto__ 2020-01-01`;
const odd = [
  ..."\n|  |    | |- |-|: |:|#| # c|\"|'||-|>|[|]|{|}|,|\t|\\|\\n|&a |*a|!!str |<<: |? |%|@|`|~".split(
    "|",
  ),
  ...["|", "|+\n", ">-\n  ", "---\n", "...\n", "--- # c\n", "key: v\n", "\r\n", "\n \n", "\u00a0"],
  ...[
    "__proto__: x\n",
    "toString: y\n",
    "labels:\n",
    "metadata:\n",
    "annotations: {a: 1}\n",
    "items:\n",
  ],
  ...[
    "\\u00e9",
    "\\x41",
    "''",
    '""',
    "[a, b]",
    '{a: b, "c":1}',
    "- - a\n",
    "- a: b\n  c: d\n",
    "\ufeff",
  ],
];

/** Makes texts from numbers between 0 and 1. */
export function randomYaml(random: () => number) {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <Value>(all: readonly Value[]) => all[below(all.length)] as Value;
  const scalar = () => (random() < 0.3 ? pick(longOnes) : pick(scalars));
  const key = () => pick(keys.split(" "));

  /** A mapping or list so far indented. */
  function block(indent: number, levels: number): string {
    const pad = " ".repeat(indent);
    const amount = 1 + below(3);
    if (random() < 0.7) {
      const entry = () => {
        const gap = random() < 0.05 ? pick(["\n", "# c\n", "   \n", `${pad}# c\n`]) : "";
        if (levels === 0 || random() < 0.5) return `${pad}${key()}: ${scalar()}\n${gap}`;
        const deeper = random() < 0.15 ? indent : indent + pick([1, 2, 2, 3]);
        return `${pad}${key()}:${pick(["", " ", " # c"])}\n${block(deeper, levels - 1)}${gap}`;
      };
      return Array.from({ length: amount }, entry).join("");
    }
    const item = () =>
      levels === 0 || random() < 0.5
        ? `${pad}- ${scalar()}\n`
        : `${pad}-${pick([" ", "   "])}${block(indent + 2, levels - 1).trimStart()}`;
    return Array.from({ length: amount }, item).join("");
  }

  /** The text with something taken, put in or moved. */
  function meddled(text: string): string {
    const at = below(text.length + 1);
    const lines = text.split("\n");
    const line = below(lines.length);
    switch (below(6)) {
      case 0:
        return text.slice(0, at) + text.slice(at + 1 + below(4));
      case 1:
        return lines.toSpliced(line, 1).join("\n");
      case 2:
        return lines.toSpliced(line, 0, pick(lines)).join("\n");
      case 3:
        return lines.with(line, ` ${lines[line]}`).join("\n");
      default:
        return text.slice(0, at) + pick(odd) + text.slice(at);
    }
  }

  /** A text, and what meddles with it now and then. */
  return (of?: string): string => {
    let text = of ?? block(0, 3);
    while (random() < 0.5) text = meddled(text);
    return text;
  };
}
