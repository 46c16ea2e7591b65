// Texts of which our reading and that of Flux' build must agree: taken or refused, and as what.
const head = "apiVersion: x.io/v1\nkind: Widget\nmetadata:\n  name: a\n";
const spec = (text: string) => `${head}spec:\n${text}`;

export const yamlTexts: readonly (readonly [what: string, text: string])[] = [
  [
    "a quoted text that goes on at its key's depth",
    spec("  a: 'one\n  two'\n  b: \"three\n  # four\n  five\"\n"),
  ],
  [
    "a quoted text that goes on at the start of the line",
    spec("  a:\n    b: 'it''s\none'\n    c: d\n"),
  ],
  ["a quoted text with an empty line", spec("  a: 'x\n\n  y'\n")],
  [
    "a list in brackets at its key's depth",
    spec("  a: [\n  x, # one ]\n  'y ]',\n  {b: c}\n  ]\n  d: e\n"),
  ],
  ["a mapping in braces at its key's depth", spec("  a: {\n  x: it's,\n  y: [1,\n  2]}\n  b: 2\n")],
  ["a document's end in a quoted text", spec("  a: 'one\n--- two'\n")],
  ["a quoted text that never ends", spec("  a: 'one\n  two\n")],
  ["a comment right after a value", spec('  a: "x"#c\n  b: [x]#c\n  c: x#c\n')],
  ["a single CR", spec("  a: b\r  c: d\n")],
  ["Windows' ends of lines", spec("  a: b\n  c: |\n    d\n").replaceAll("\n", "\r\n")],
  [
    "a mark of byte order before each document",
    `\ufeff${head}---\n\ufeff${head.replace("name: a", "name: b")}`,
  ],
  ["a tab in a line of its own", spec("\t\n  a: b\n")],
  ["a tab before a comment", spec("\t# c\n  a: b\n")],
  ["a tab after a dash", spec("  a:\n  -\tb\n")],
  ["a tab after a colon", spec("  a:\tb\t# c\n")],
  ["tabs in brackets", spec("  a: [\n\tb,\n\tc ]\n")],
  [
    "tabs in JSON",
    '{\n\t"apiVersion": "x.io/v1",\n\t"kind": "Widget",\n\t"metadata": {"name": "a"}\n}',
  ],
  ["a tab in a block of text", spec("  a: |\n    b\tc\n    \t\n  c: d\n")],
  ["a tab in what a plain text goes on with", spec("  a: b\n      \t\n  c: d\n")],
  ["a number as a key", spec("  1: b\n")],
  ["a flag as a key", spec("  a: {true: b}\n")],
  ["a date as a key", spec("  2020-01-01: b\n")],
  ["a number in quotes as a key", spec("  '1': b\n  \"true\": c\n")],
  ["a number that is said to be a text as a key", spec("  !!str 1: b\n")],
  ["words as keys", spec("  on: a\n  y: b\n  No: c\n")],
  ["nothing as a key", spec("  : b\n")],
  ["null as a key", spec("  null: b\n")],
  ["a directive", `%YAML 1.1\n---\n${head}`],
  ["a percent sign in a text", spec("  a: '%x'\n  b: x%\n  c: |\n    %y\n")],
  ["a control character", spec("  a: x\u0007y\n")],
  ["DEL", spec('  a: "x\u007f"\n')],
  ["a control character that is escaped", spec('  a: "x\\a\\x07"\n')],
  ["a slash that is escaped", spec('  a: "\\/"\n')],
  ["a character as two escapes", spec('  a: "\\ud83d\\ude00"\n')],
  ["half of a character", spec('  a: "\\uD83d"\n')],
  ["a character by its number", spec('  a: "\\U0001F600 \\\\ud83d"\n')],
  ["a backslash before a slash", spec("  a: \"\\\\/\"\n  b: '\\/'\n  c: \\/\n")],
  ["an anchor with a point in its name", spec("  a: &x.y z\n  b: *x.y\n")],
  ["an anchor in letters that are not ASCII", spec("  a: &ü z\n  b: *ü\n")],
  [
    "anchors",
    spec("  a: &x-1_Y {z: 1}\n  b: *x-1_Y\n  c:\n    <<: *x-1_Y\n    d: [*x-1_Y, '*.y', a&b]\n"),
  ],
  ["an alias as a key", spec("  a: &x z\n  *x : b\n")],
  ["an alias as a key that is there", spec("  a: &x z\n  z: 1\n  *x : b\n")],
  ["an alias of a mapping as a key", spec("  a: &x {z: 1}\n  *x : b\n")],
  ["a merge as yq writes it", spec("  a: &x {z: 1}\n  b:\n    !!merge <<: *x\n    c: 1\n")],
  ["a merge of a text", spec("  a: {<<: x}\n")],
  ["a merge of nothing", spec("  a: {<<: }\n")],
  ["a merge of a list of texts", spec("  a: {<<: [x]}\n")],
  ["a merge of a list by its alias", spec("  a: &x [{b: 1}]\n  c: {<<: *x}\n")],
  ["base64 that is said to be binary", spec("  a: !!binary aGVsbG8=\n  b: !!binary |\n    aGVs\n")],
  ["no base64 that is said to be binary", spec("  a: !!binary a$\n")],
  [
    "numbers, flags and nothing with their tags",
    spec(
      "  a: !!float 3\n  b: !!float '3.5'\n  c: !!int '0x1F'\n  d: !!bool 'true'\n  e: !!null ''\n",
    ),
  ],
  ["a text that is said to be a whole number", spec("  a: !!int abc\n")],
  ["a decimal that is said to be a whole number", spec("  a: !!int 3.0\n")],
  ["a text that is said to be a number", spec("  a: !!float x\n")],
  ["a text that is said to be a flag", spec("  a: !!bool yes\n")],
  ["a text that is said to be nothing", spec("  a: !!null x\n")],
  [
    "times with their tag",
    spec("  a: !!timestamp 2020-01-01\n  b: !!timestamp '2020-01-01 10:00:00'\n"),
  ],
  ["a text that is said to be a time", spec("  a: !!timestamp x\n")],
  [
    "a set and an ordered mapping",
    spec("  a: !!set\n    ? x\n    ? z\n  b: !!omap [a: 1, b: 2]\n"),
  ],
  ["a list whose items are nothing", `apiVersion: v1\nkind: List\nitems:\n---\n${head}`],
  ["a text after the end of a document, which is left out", spec("  a: b\n...\nc: d\n")],
  [
    "an object after the end of a document, which is left out",
    `${spec("  a: b\n")}...\n${head.replace("name: a", "name: b")}`,
  ],
  [
    "an object after the end of a document and a beginning",
    `${spec("  a: b\n")}...\n---\n${head.replace("name: a", "name: b")}`,
  ],
  ["stars and ampersands in texts", spec('  a: x*.y\n  b: "*.z"\n  c: a & b.c\n')],
];

/** Of these Flux' build says something else, and ours is the answer that we want. */
export const readOtherwise: readonly (readonly [what: string, text: string, why: string])[] = [
  [
    "a name that is a number",
    head.replace("name: a", "name: 1"),
    "it drops the object in silence; we refuse it",
  ],
];
