/**
 * A name that a label can have. Labels are tags, and of tags the documents say: 400 characters at
 * most, no comma, no semicolon, no formatting characters.
 */
export const labelPattern = /^[^\s,;]([^,;\t\r\n]{0,398}[^\s,;])?$/;
