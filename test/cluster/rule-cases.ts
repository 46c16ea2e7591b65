/** One field of a custom resource with one CEL rule, and values to judge by it. */
export type RuleCase = {
  readonly rule: string;
  /** Schema of the field besides the rule, YAML. */
  readonly schema: string;
  /** YAML. */
  readonly values: readonly string[];
  /** Why we cannot judge it; such a rule must never count as broken. */
  readonly notChecked?: true;
  readonly more?: Readonly<Record<string, unknown>>;
};

const text = "{ type: string, maxLength: 100 }";
const texts = "{ type: array, maxItems: 10, items: { type: string, maxLength: 60 } }";
const numbers = "{ type: array, maxItems: 10, items: { type: integer } }";
const record =
  "{ type: object, properties: { a: { type: string, maxLength: 40 }, b: { type: string, maxLength: 40 }, n: { type: integer, default: 3 }, d: { type: number }, x-y: { type: string }, namespace: { type: string }, on: { type: boolean }, no: { type: string, nullable: true } } }";
const records =
  "{ type: array, maxItems: 10, items: { type: object, properties: { name: { type: string, maxLength: 40 }, port: { type: integer }, inner: { type: object, properties: { v: { type: string } } } } } }";
const map =
  "{ type: object, maxProperties: 10, additionalProperties: { type: string, maxLength: 40 } }";

export const ruleCases: readonly RuleCase[] = [
  { rule: "self == 'a'", schema: text, values: ["a", "b"] },
  { rule: "self.size() > 1 && self.startsWith('a')", schema: text, values: ["ab", "a", "ba"] },
  { rule: "self.matches('^[a-z]+$')", schema: text, values: ["ab", "a1"] },
  { rule: "self.matches('(?i)^A[[:digit:]]+\\\\z')", schema: text, values: ["a1", "b1", "A22"] },
  { rule: "self.find('[0-9]+') == '12'", schema: text, values: ["a12b", "ab"] },
  { rule: "self.findAll('[0-9]').size() == 2", schema: text, values: ["a12b", "a1"] },
  { rule: "self.split(',').size() == 2", schema: text, values: ['"a,b"', "a"] },
  { rule: "self.replace('a', 'b') == 'bb'", schema: text, values: ["ab", "ac"] },
  {
    rule: "self.lowerAscii() == 'ab' && self.upperAscii() == 'AB'",
    schema: text,
    values: ["Ab", "ac"],
  },
  { rule: "self.charAt(1) == 'b' && self.indexOf('b') == 1", schema: text, values: ["ab", "ac"] },
  { rule: "self.substring(1) == 'b' && self.trim() == self", schema: text, values: ["ab", "ac"] },
  {
    rule: "isURL(self) && url(self).getScheme() in ['file', 'oci']",
    schema: text,
    values: ['"file:///a/b.c"', '"oci://a.b/c:d"', '"http://a"', '"a"'],
  },
  {
    rule: 'self.matches(r"^(?i)\\.?[a-z_]+$")',
    schema: text,
    values: ['".Ab"', '"a1"'],
  },
  {
    rule: "isURL(self) && url(self).getScheme() == 'https'",
    schema: text,
    values: ['"https://a.b/c?d=e"', '"http://a.b"', "a"],
  },
  {
    rule: "url(self).getHost() == 'a.b:80' && url(self).getPort() == '80'",
    schema: text,
    values: ['"https://a.b:80/c"', '"https://a.b/c"'],
  },
  {
    rule: "isIP(self) && ip(self).family() == 4",
    schema: text,
    values: ["10.0.0.1", '"::1"', "x", "010.0.0.1"],
  },
  {
    rule: "isIP(self)",
    schema: text,
    values: ['"::ffff:1.2.3.4"', '"fe80::1%eth0"', '"2001:db8::5"', '"1::2::3"'],
  },
  {
    rule: "isCIDR(self) && cidr(self).containsIP('10.1.2.3')",
    schema: text,
    values: ["10.0.0.0/8", "11.0.0.0/8", "10.0.0.0/33"],
  },
  {
    rule: "cidr('10.0.0.0/8').containsCIDR(self)",
    schema: text,
    values: ["10.1.0.0/16", "10.0.0.0/7"],
  },
  {
    rule: "isQuantity(self) && quantity(self).isLessThan(quantity('1Gi'))",
    schema: text,
    values: ["500Mi", "2Gi", "1e3", "x"],
  },
  {
    rule: "quantity(self).compareTo(quantity('1')) == 0",
    schema: text,
    values: ["1000m", '"1"', "1001m"],
  },
  {
    rule: "self == duration('90m')",
    schema: "{ type: string, format: duration }",
    values: ["1h30m", "1h"],
  },
  {
    rule: "self < timestamp('2030-01-01T00:00:00Z')",
    schema: "{ type: string, format: date-time }",
    values: ['"2026-01-01T00:00:00Z"', '"2031-01-01T00:00:00Z"'],
  },
  { rule: "self.all(x, x.size() < 3)", schema: texts, values: ["[a, bb]", "[aaa]", "[]"] },
  { rule: "self.exists_one(x, x == 'a')", schema: texts, values: ["[a, b]", "[a, a]", "[b]"] },
  { rule: "self.isSorted() && 'a' in self", schema: texts, values: ["[a, b]", "[b, a]"] },
  {
    rule: "self.indexOf('b') == 1 && self.lastIndexOf('b') == 2",
    schema: texts,
    values: ["[a, b, b]", "[b]"],
  },
  { rule: "sets.contains(['a', 'b'], self)", schema: texts, values: ["[a]", "[c]"] },
  { rule: "self.join('-') == 'a-b'", schema: texts, values: ["[a, b]", "[a]"] },
  { rule: "self.all(ip, isIP(ip))", schema: texts, values: ["[10.0.0.1]", "[x]"] },
  { rule: "self == ['a', 'b']", schema: texts, values: ["[a, b]", "[b, a]"] },
  {
    rule: "self.sum() == 6 && self.max() == 3 && self.min() == 1",
    schema: numbers,
    values: ["[1, 2, 3]", "[6]"],
  },
  {
    rule: "self.map(x, x * 2).exists(x, x == 4) && self.filter(x, x > 1).size() == 1",
    schema: numbers,
    values: ["[1, 2]", "[1, 3]"],
  },
  { rule: "self % 2 == 0 && self > -4", schema: "{ type: integer }", values: ["2", "3", "-6"] },
  { rule: "self > 1 && self < 2.5", schema: "{ type: number }", values: ["2", "1.5", "3"] },
  {
    rule: "has(self.a) != has(self.b)",
    schema: record,
    values: ["{ a: x }", "{ a: x, b: y }", "{}"],
  },
  { rule: "self.n == 3", schema: record, values: ["{}", "{ n: 4 }", "{ n: 3 }"] },
  {
    rule: "!has(self.d) || self.d >= 1.0",
    schema: record,
    values: ["{ d: 1 }", "{ d: 0.5 }", "{}"],
  },
  {
    rule: "self.x__dash__y == 'a' && self.__namespace__ == 'b'",
    schema: record,
    values: ["{ x-y: a, namespace: b }", "{ x-y: a, namespace: c }"],
  },
  {
    rule: "has(self.on) && self.on ? has(self.a) : true",
    schema: record,
    values: ["{ on: true }", "{ on: true, a: x }", "{ on: false }"],
  },
  {
    rule: "!has(self.a) || self.a in ['x', 'y']",
    schema: record,
    values: ["{ a: x }", "{ a: z }", "{}"],
  },
  { rule: "self.?a.orValue('x') == 'x'", schema: record, values: ["{}", "{ a: y }"] },
  {
    rule: "!has(self.no) || self.no != 'a'",
    schema: record,
    values: ["{ no: null }", "{ no: a }", "{}"],
  },
  {
    rule: "self.a == self.b || self.n > 5",
    schema: record,
    values: ["{ a: x, b: x }", "{ a: x, b: y }", "{ a: x, b: y, n: 6 }"],
  },
  {
    rule: "self.all(x, self.exists_one(y, x.name == y.name))",
    schema: records,
    values: ["[{ name: a }, { name: b }]", "[{ name: a }, { name: a }]"],
  },
  {
    rule: "self.size() == 1 && has(self[0].inner) && has(self[0].inner.v)",
    schema: records,
    values: ["[{ inner: { v: a } }]", "[{ inner: {} }]", "[{}]"],
  },
  {
    rule: "self.all(x, !has(x.port) || (x.port >= 1 && x.port <= 65535))",
    schema: records,
    values: ["[{ port: 1 }]", "[{ port: 0 }]", "[{}]"],
  },
  {
    rule: "self.all(k, k.startsWith('a') && self[k] != '')",
    schema: map,
    values: ["{ a1: x }", "{ b: x }", '{ a: "" }'],
  },
  {
    rule: "!('a' in self) || self.a == 'x'",
    schema: map,
    values: ["{ a: x }", "{ a: y }", "{ b: y }"],
  },
  {
    rule: "type(self) == int ? self > 0 : self.endsWith('%')",
    schema: "{ x-kubernetes-int-or-string: true }",
    values: ["1", "0", '"5%"', '"x"'],
  },
  {
    rule: "oldSelf.hasValue() || self == 'new'",
    schema: text,
    values: ["new", "old"],
    more: { optionalOldSelf: true },
  },
  { rule: "self == oldSelf", schema: text, values: ["a"] },
  {
    rule: "self.existsOne(i, x, x == 'a')",
    schema: texts,
    values: ["[a]", "[b]"],
    notChecked: true,
  },
  {
    rule: "format.dns1123Label().validate(self).hasValue() == false",
    schema: text,
    values: ["a", "A_"],
    notChecked: true,
  },
];
