/** What a bracket expression of POSIX may name, in the form of JavaScript. */
export const CLASSES: Readonly<Record<string, string>> = {
  "[:alpha:]": "A-Za-z",
  "[:digit:]": "0-9",
  "[:alnum:]": "A-Za-z0-9",
  "[:space:]": "\\s",
  "[:upper:]": "A-Z",
  "[:lower:]": "a-z",
};
