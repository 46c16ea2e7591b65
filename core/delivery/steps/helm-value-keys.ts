// helm takes what stands before the first "=" for the path of a value, and a comma for the end of a
// setting: a backslash takes their meaning away, and one from a brace or bracket.
export const helmValueKeys = {
  pattern: "^([^\\\\=,{}\\x00-\\x1f]|\\\\[^\\x00-\\x1f])+$",
  description: "A dotted path of values; = , { } in a key stand behind a backslash.",
};
