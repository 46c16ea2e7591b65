import assert from "node:assert/strict";
import { replaceTokens } from "../../../core/render/tokens.ts";

const values: Readonly<Record<string, unknown>> = {
  REPLICAS: 3,
  VERSION: "1.10",
  HOST: "shop.example.com",
  FLAG: "yes",
  QUOTE: `say "hi" it's`,
  LINES: "a\nb",
  EMPTY: "",
  ZERO: 0,
  OFF: false,
  "api.limits": { cpu: "1", memory: "64Mi" },
  LIST: "a, b",
  PATH: "C:\\temp",
  NOTE: "a #b",
  PAIR: "a: b",
  STAR: "*x",
  LEAD: " x",
};

const spelled = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

function replace(source: string, patterns: readonly string[] = ["#{name}#"], file = "web.yaml") {
  return replaceTokens(source, {
    patterns,
    escape: "\\",
    lookup: (name) => {
      const value = values[name];
      return value === undefined
        ? undefined
        : { value, text: typeof value === "object" ? undefined : spelled(value) };
    },
    file,
  });
}
const textOf = (source: string, ...patterns: string[]) =>
  replace(source, patterns.length > 0 ? patterns : undefined).text;

describe("replacing tokens", () => {
  it("keeps the type of a token that is a whole value", () => {
    assert.equal(textOf("replicas: #{REPLICAS}#"), "replicas: 3");
    assert.equal(textOf("version: #{VERSION}#"), 'version: "1.10"');
    assert.equal(textOf("- #{FLAG}#"), '- "yes"');
    assert.equal(textOf("  - name: #{EMPTY}# # why"), '  - name: "" # why');
    assert.equal(textOf("a: { b: #{VERSION}#, c: #{LIST}# }"), 'a: { b: "1.10", c: "a, b" }');
    assert.equal(textOf("a: #{ZERO}#\nb: #{OFF}#"), "a: 0\nb: false");
    assert.equal(textOf("limits: #{api.limits}#"), 'limits: {"cpu":"1","memory":"64Mi"}');
    assert.equal(textOf("text: #{LINES}#"), 'text: "a\\nb"');
  });

  it("takes time by the length of a line, however many tokens it has", () => {
    const many = 100_000;
    const { text } = replace(`a: "${"#{REPLICAS}# ".repeat(many)}"`);
    assert.equal(text, `a: "${"3 ".repeat(many)}"`);
    assert.equal(replace(`# ${"#{NONE}# ".repeat(20_000)}`).problems.length, 0);
  }).timeout(20_000);

  it("leaves $${x} to those who read it as an escaped ${x}", () => {
    assert.equal(textOf("a: $${HOST} ${HOST}", "${name}"), "a: $${HOST} shop.example.com");
  });

  it("escapes inside quotes and inserts inside words", () => {
    assert.equal(textOf('a: "#{QUOTE}#"'), 'a: "say \\"hi\\" it\'s"');
    assert.equal(textOf("a: '#{QUOTE}#'"), `a: 'say "hi" it''s'`);
    assert.equal(textOf("url: https://#{HOST}#/x"), "url: https://shop.example.com/x");
    assert.equal(textOf('count: "#{REPLICAS}#"'), 'count: "3"');
    assert.equal(textOf('a: "#{LINES}#"'), 'a: "a\\nb"');
  });

  it("knows the usual forms", () => {
    assert.equal(textOf("a: __HOST__", "__name__"), "a: shop.example.com");
    assert.equal(textOf("a: ${HOST}", "${name}"), "a: shop.example.com");
    assert.equal(textOf("a: {{ HOST }}", "{{name}}"), "a: shop.example.com");
    assert.equal(textOf("a: <%HOST%>", "<%name%>"), "a: shop.example.com");
    assert.equal(textOf("a: $(HOST)", "$(name)"), "a: shop.example.com");
    assert.equal(textOf("a: #{{HOST}}", "#{{name}}"), "a: shop.example.com");
    assert.equal(
      textOf('a: "{{ HOST:-none }} {{ NONE:-none }}"', "{{name}}"),
      'a: "shop.example.com none"',
    );
    assert.equal(textOf("a: ${HOST}-__REPLICAS__", "${name}", "__name__"), "a: shop.example.com-3");
  });

  it("leaves alone what only looks like a token", () => {
    assert.equal(
      textOf("a: {{ .Values.x }} $(HOST) $HOST", "{{name}}", "${name}"),
      "a: {{ .Values.x }} $(HOST) $HOST",
    );
  });

  it("keeps an escaped token without its escape", () => {
    assert.equal(textOf("a: \\#{HOST}# #{HOST}#"), "a: #{HOST}# shop.example.com");
  });

  it("takes a default that the token gives", () => {
    assert.equal(textOf("a: #{NONE:-x y}#"), "a: x y");
    assert.equal(textOf("a: ${NONE:=5}", "${name}"), 'a: "5"');
    assert.equal(textOf("a: #{HOST:-other}#"), "a: shop.example.com");
  });

  it("reads a long line of unfinished tokens without trying every pair of places", () => {
    const line = "#{A:-".repeat(40_000);
    const begin = process.cpuUsage().user;
    assert.equal(textOf(line), line);
    assert.ok(process.cpuUsage().user - begin < 5_000_000);
  });

  it("reports every token without a value, with line and column, comments excepted", () => {
    const { problems } = replace("# #{NONE}#\na: #{NONE}#\nb: #{HOST}# #{ALSO}#\n");
    assert.deepEqual(
      problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
      ["2:4 no value for token #{NONE}#", "3:13 no value for token #{ALSO}#"],
    );
  });

  it("refuses a value that would change the structure around it", () => {
    const [problem] = replace("a: x#{LINES}#").problems;
    assert.match(problem?.message ?? "", /several lines or parts/);
  });

  it("puts a text into a block of text as it is, further lines with the block's indentation", () => {
    const block = (line: string) => `a: |\n  it's # "\n  ${line}\nb: '#{QUOTE}#'`;
    const end = `\nb: 'say "hi" it''s'`;
    const written = (line: string) => `a: |\n  it's # "\n  ${line}${end}`;
    assert.equal(textOf(block('x = "#{PATH}#"')), written('x = "C:\\temp"'));
    assert.equal(textOf(block("#{VERSION}#")), written("1.10"));
    assert.equal(textOf(block("x '#{QUOTE}#'")), written(`x 'say "hi" it's'`));
    assert.equal(textOf(block("x #{LINES}# y")), written("x a\n  b y"));
    assert.equal(
      textOf("- a: |2\n      #{FLAG}#\n  b: #{FLAG}#"),
      '- a: |2\n      yes\n  b: "yes"',
    );
    assert.match(replace("a: >-\n  #{LINES}#").problems[0]?.message ?? "", /write \| instead/);
    assert.match(replace("a: |\n  #{LEAD}#").problems[0]?.message ?? "", /begins with a blank/);
  });

  it("puts no quotes into a text that began lines before", () => {
    assert.equal(
      textOf("a: line\n  #{VERSION}#\nb: #{VERSION}#\nc: { d: x\n  #{VERSION}# }\n"),
      'a: line\n  1.10\nb: "1.10"\nc: { d: x\n  1.10 }\n',
    );
    assert.equal(
      textOf("- a: #{HOST}#\n  b: #{VERSION}#\n- #{VERSION}#\n"),
      '- a: shop.example.com\n  b: "1.10"\n- "1.10"\n',
    );
  });

  it("escapes in quotes that began lines before", () => {
    assert.equal(textOf('a: "x\n  #{PATH}#\n  y"'), 'a: "x\n  C:\\\\temp\n  y"');
    assert.equal(textOf("a: 'x\n  y #{QUOTE}#'"), `a: 'x\n  y say "hi" it''s'`);
    assert.equal(textOf("a: 'it''s\n  x'\nb: #{FLAG}#"), `a: 'it''s\n  x'\nb: "yes"`);
  });

  it("tells brackets and braces from those of a text, whatever lines they are on", () => {
    assert.equal(textOf("a: b, #{FLAG}#, c"), "a: b, yes, c");
    assert.equal(textOf("a: b [#{FLAG}#] c"), "a: b [yes] c");
    assert.equal(
      textOf('{"a":#{VERSION}#,\n "b": #{FLAG}#,\n "c": 1}'),
      '{"a":"1.10",\n "b": "yes",\n "c": 1}',
    );
    assert.equal(textOf("a: [\n  #{LIST}#,\n  #{VERSION}#\n]"), 'a: [\n  "a, b",\n  "1.10"\n]');
    assert.equal(
      textOf("--- { a: #{FLAG}# }\n---\n#{HOST}#: #{FLAG}#"),
      '--- { a: "yes" }\n---\nshop.example.com: "yes"',
    );
  });

  it("refuses a value that YAML would read as something else beside what is around it", () => {
    const refused = (source: string) => replace(source).problems[0]?.message ?? "";
    for (const source of [
      ...["a: x #{NOTE}#", "a: x #{PAIR}#", "#{PAIR}#: x", "a: #{STAR}#.com", "a: #{LEAD}#x"],
      ...["a: [x #{LIST}#]", "a: { x#{LIST}#: 1 }"],
    ]) {
      assert.match(refused(source), /would change what stands around it/, source);
    }
    assert.equal(textOf("a: http://#{HOST}#:#{REPLICAS}#/#x"), "a: http://shop.example.com:3/#x");
    assert.equal(refused("# x #{LINES}# #{NONE}#\na: 1 # #{LINES}#"), "");
    assert.match(refused('a: "x # #{NONE}#"'), /no value for token #\{NONE\}#/);
  });

  it("writes JSON into JSON, and texts as they are into other files", () => {
    const into = (file: string, source: string) => replace(source, ["#{name}#"], file).text;
    assert.equal(
      into("a.json", '{"a": #{HOST}#, "b": #{REPLICAS}#}'),
      '{"a": "shop.example.com", "b": 3}',
    );
    assert.equal(into("a.sh", "X=#{VERSION}# Y='#{QUOTE}#'\n"), `X=1.10 Y='say "hi" it's'\n`);
    assert.equal(into("a.env", "A=x #{NOTE}#\nB=#{LINES}#\n"), "A=x a #b\nB=a\nb\n");
  });
});
