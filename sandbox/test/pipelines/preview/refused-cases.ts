// What the service refuses: ../shared/cases/pipelines/2-refused.md and its kind.
import type { PreviewCase } from "./preview-case.ts";

const echo = "steps: [{ script: echo }]\n";
const inSteps = (expression: string) =>
  `steps:\n  - \${{ if ${expression} }}:\n      - script: echo never\n`;
const refused = (it: string, yaml: string, message: RegExp): PreviewCase => ({
  ...{ it, yaml, refused: message },
});
const place = (line: number, column: number, text: string) =>
  new RegExp(`/ci\\.yml \\(Line: ${line}, Col: ${column}\\): ${text}`);
const noExpression = "A template expression is not allowed in this context";
const declared = (more: string) => `parameters:\n  - { name: p, type: string, ${more} }\n${echo}`;

export const refusedCases: readonly PreviewCase[] = [
  refused(
    "14 a parameter that is not declared",
    inSteps("parameters.absent"),
    place(2, 5, "Key not found 'absent'"),
  ),
  refused(
    "14 one in a text",
    'steps: [{ script: "a ${{ parameters.absent }}" }]\n',
    place(1, 19, "Key not found 'absent'"),
  ),
  refused(
    "15 keys that differ in case",
    `variables:\n  region: north\n  REGION: south\n${echo}`,
    place(3, 3, "'REGION' is already defined"),
  ),
  refused(
    "15 keys that insert brings a second time",
    `parameters: [{ name: p, type: object, default: { A: 1 } }]\nvariables:\n  a: 2\n  \${{ insert }}: \${{ parameters.p }}\n${echo}`,
    /'A' is already defined/,
  ),
  refused(
    "16 a function in a default",
    declared(`default: "\${{ format('v{0}', 1) }}"`),
    place(2, 39, noExpression),
  ),
  refused(
    "16 a variable in a default",
    declared('default: "${{ variables.x }}"'),
    new RegExp(noExpression),
  ),
  refused("16 a number in a default", declared('default: "${{ 42 }}"'), new RegExp(noExpression)),
  refused(
    "16 text around an expression in a default",
    declared(`default: "a\${{ 'b' }}"`),
    new RegExp(noExpression),
  ),
  refused(
    "17 a list inside a text",
    'parameters: [{ name: h, type: object, default: [a] }]\nsteps: [{ script: "x-${{ parameters.h }}" }]\n',
    place(2, 19, "Unable to convert from Array to String. Value: Array"),
  ),
  refused(
    "17 a mapping inside a text",
    'parameters: [{ name: h, type: object, default: { a: 1 } }]\nsteps: [{ script: "x-${{ parameters.h }}" }]\n',
    /Unable to convert from Object to String. Value: Object/,
  ),
  refused(
    "18 the order of a number and a text",
    inSteps("lt(3, 'three')"),
    place(2, 5, "Unable to convert from String to Number. Value: 'three'"),
  ),
  refused(
    "18 the branch of iif that is not taken",
    inSteps("iif(true, true, gt(1, 'x'))"),
    /Unable to convert from String to Number/,
  ),
  refused(
    "19 in with one argument",
    inSteps("in('prod')"),
    place(
      2,
      5,
      "Unexpected symbol: '\\)'. Located at position 10 within expression: in\\('prod'\\)",
    ),
  ),
  refused("19 notIn with one argument", inSteps("notIn('prod')"), /Unexpected symbol: '\)'/),
  refused("19 too many arguments", inSteps("not(1, 2)"), /Unexpected symbol: ','/),
  refused(
    "20 an if in trigger",
    "trigger:\n  - ${{ if eq(1, 1) }}:\n      - main\n" + echo,
    place(2, 5, "A mapping was not expected"),
  ),
  refused(
    "20 an expression in trigger",
    'trigger: ["${{ variables.x }}"]\n' + echo,
    new RegExp(noExpression),
  ),
  refused(
    "20 an if in resources",
    `resources:\n  repositories:\n    - \${{ if true }}:\n        - repository: x\n${echo}`,
    new RegExp(noExpression),
  ),
  refused(
    "21 one name twice",
    `parameters:\n  - { name: tier, default: a }\n  - { name: tier, default: b }\n${echo}`,
    /The 'tier' parameter is declared more than once in the parameter list\./,
  ),
  refused(
    "21 else if in two words",
    `steps:\n  - \${{ if true }}:\n      - script: a\n  - \${{ else if true }}:\n      - script: b\n`,
    /Exactly 0 parameter\(s\) were expected following the directive 'else'/,
  ),
  refused(
    "21 a loop over what is called parameters",
    "steps:\n  - ${{ each parameters in split('a', ',') }}:\n      - script: a\n",
    /'parameters' is already defined/,
  ),
  refused(
    "21 a loop variable called like a function",
    "steps:\n  - ${{ each join in split('a', ',') }}:\n      - script: a\n",
    /The identifier 'join' is invalid/,
  ),
  refused(
    "21 insert without a mapping",
    `variables:\n  \${{ insert }}: \${{ split('a', ',') }}\n${echo}`,
    /Expected a mapping/,
  ),
  refused(
    "21 a form that is not closed",
    inSteps("format('{0', 'x')"),
    /The following format string is invalid: \{0/,
  ),
  refused(
    "21 contains of a list",
    inSteps("contains(split('a', ','), 'a')"),
    /Unable to convert from Array to String/,
  ),
  refused(
    "a function that there is not",
    inSteps("or(true, invent())"),
    /Unrecognized value: 'invent'\. Located at position 10/,
  ),
  refused(
    "a function that there is not, where nobody comes",
    `steps:\n  - \${{ if false }}:\n      - script: \${{ invent() }}\n  - script: a\n`,
    /Unrecognized value: 'invent'/,
  ),
  refused(
    "a name that there is not",
    inSteps("nothing"),
    /Unrecognized value: 'nothing'\. Located at position 1/,
  ),
  refused("null as a word", inSteps("eq(variables.x, null)"), /Unrecognized value: 'null'/),
  refused("operators", inSteps("true && false"), /parameter\(s\) were expected|Unrecognized value/),
  refused(
    "an expression without an end",
    'steps: [{ script: "${{ true" }]\n',
    /The expression is not closed/,
  ),
  refused("an empty expression", 'steps: [{ script: "${{ }}" }]\n', /An expression was expected/),
  refused(
    "a directive inside a text",
    'steps: [{ script: "a ${{ if true }}" }]\n',
    /The directive 'if' is not allowed in this context\. Directives are not supported/,
  ),
  refused("an else without an if", "steps:\n  - ${{ else }}:\n      - script: a\n", /'else'/),
  refused(
    "an if without a condition",
    "steps:\n  - ${{ if }}:\n      - script: a\n",
    /Exactly 1 parameter\(s\)/,
  ),
  refused(
    "a key that there is not",
    `steps2: []\n${echo}`,
    place(1, 1, "Unexpected value 'steps2'"),
  ),
  refused(
    "a key in another case",
    "Steps:\n  - script: a\n",
    place(1, 1, "Unexpected value 'Steps'"),
  ),
  refused(
    "a key of another kind of job",
    "jobs:\n  - job: a\n    environment: dev\n",
    place(3, 5, "Unexpected value 'environment'"),
  ),
  refused(
    "a step that does not begin with what it is",
    "steps:\n  - displayName: a\n    script: b\n",
    place(2, 5, "Unexpected value 'displayName'"),
  ),
  refused(
    "a list in the place of a text",
    "steps:\n  - script: [a]\n",
    place(2, 13, "A sequence was not expected"),
  ),
  refused(
    "a mapping in the place of a list",
    "steps:\n  script: a\n",
    place(2, 3, "A mapping was not expected"),
  ),
  refused("stages beside steps", `stages: []\n${echo}`, place(2, 1, "Unexpected value 'steps'")),
  refused(
    "an anchor",
    `variables: &a { b: c }\n${echo}`,
    /Anchors are not currently supported\. Remove the anchor 'a'/,
  ),
  refused(
    "a flag that is none",
    "steps: [{ script: a, enabled: maybe }]\n",
    /Unexpected value 'maybe'/,
  ),
  refused(
    "a dependency that is not there",
    "jobs:\n  - { job: a, dependsOn: b, steps: [] }\n",
    /Job a depends on unknown job b\./,
  ),
  refused(
    "a job's name with a dash",
    "jobs:\n  - { job: a-b, steps: [] }\n",
    /Job a-b has an invalid name\. Valid names may only contain/,
  ),
  refused(
    "a condition that asks for what a job has not",
    "jobs: [{ job: a, condition: 'eq(parameters.a, 1)', steps: [] }]\n",
    /Unrecognized value: 'parameters'/,
  ),
  refused(
    "a condition that cannot be read",
    "steps: [{ script: a, condition: 'eq(variables.a)' }]\n",
    /Unexpected symbol: '\)'/,
  ),
  refused(
    "a runtime expression that cannot be read",
    `variables: { a: "$[ invent() ]" }\n${echo}`,
    /Unrecognized value: 'invent'/,
  ),
  refused(
    "a task without its version",
    "steps: [{ task: Bash }]\n",
    /The following task reference format is invalid: 'Bash'/,
  ),
  refused(
    "a task that nobody has",
    "steps: [{ task: Absent@1 }]\n",
    /A task is missing\. The pipeline references a task called 'Absent'.*\(Task version 1, job 'Job', step ''\.\)/,
  ),
  refused(
    "a default that is not among the values",
    declared("default: a, values: [b]"),
    /'p' parameter value 'a' is not a valid value/,
  ),
  refused(
    "a type that there is not",
    `parameters: [{ name: p, type: text }]\n${echo}`,
    /Unexpected value 'text'/,
  ),
  refused(
    "a loop over an empty text",
    `parameters: [{ name: p, type: object, default: { b: "" } }]\nsteps:\n  - \${{ each x in parameters.p.b }}:\n      - script: a\n`,
    place(3, 5, "Expected a sequence or mapping. Actual value ''"),
  ),
  refused(
    "a stage without jobs",
    "stages:\n  - stage: a\n",
    /Stage a must contain at least one job with no dependencies/,
  ),
  refused("no stage, job or step", "trigger: none\n", /at least one/),
  refused("a list that does not end", "steps: [\n", /ci\.yml \(Line: 1, Col: 8\)/),
  refused(
    "the length of what has none",
    inSteps("length(5)"),
    /Kind 'Number' not supported\. Only arrays, strings, dictionaries, or collections/,
  ),
];
