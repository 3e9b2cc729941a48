/* Rules for names and small values: apimachinery pkg/util/validation/validation.go. Each returns what is wrong, in upstream's words. */

const DNS1123_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const DNS1123_SUBDOMAIN = `${DNS1123_LABEL}(\\.${DNS1123_LABEL})*`;
const DNS1035_LABEL = "[a-z]([-a-z0-9]*[a-z0-9])?";
const QUALIFIED_NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const LABEL_VALUE = `(${QUALIFIED_NAME})?`;
const PERCENT = "[0-9]+%";
const HTTP_HEADER = "[-A-Za-z0-9]+";
const CONFIG_MAP_KEY = "[-._a-zA-Z0-9]+";
const VARIABLE = "[-._a-zA-Z][-._a-zA-Z0-9]*";

const whole = (pattern: string) => new RegExp(`^${pattern}$`);
const MATCH_DNS1123_LABEL = whole(DNS1123_LABEL);
const MATCH_DNS1123_SUBDOMAIN = whole(DNS1123_SUBDOMAIN);
const MATCH_DNS1035_LABEL = whole(DNS1035_LABEL);
const MATCH_QUALIFIED_NAME = whole(QUALIFIED_NAME);
const MATCH_LABEL_VALUE = whole(LABEL_VALUE);
const MATCH_PERCENT = whole(PERCENT);
const MATCH_HTTP_HEADER = whole(HTTP_HEADER);
const MATCH_CONFIG_MAP_KEY = whole(CONFIG_MAP_KEY);
const MATCH_VARIABLE = whole(VARIABLE);

/** A rule for names: what is wrong with one; nothing when it is right. */
export type NameRule = (name: string) => string[];

function regexError(message: string, pattern: string, ...examples: string[]): string {
  const list = examples.map((example) => `'${example}', `).join(" or ");
  return `${message} (e.g. ${list}regex used for validation is '${pattern}')`;
}

function longerThan(max: number, value: string): string[] {
  return value.length > max ? [`must be no more than ${max} characters`] : [];
}

/** IsDNS1123Label: container names, namespaces. */
export function dns1123Label(value: string): string[] {
  const errors = longerThan(63, value);
  if (MATCH_DNS1123_LABEL.test(value)) return errors;
  if (MATCH_DNS1123_SUBDOMAIN.test(value)) return [...errors, "must not contain dots"];
  const message =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
  return [...errors, regexError(message, DNS1123_LABEL, "my-name", "123-abc")];
}

/** IsDNS1123Subdomain: names of most objects. */
export function dns1123Subdomain(value: string): string[] {
  const errors = longerThan(253, value);
  if (MATCH_DNS1123_SUBDOMAIN.test(value)) return errors;
  const message =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
  return [...errors, regexError(message, DNS1123_SUBDOMAIN, "example.com")];
}

/** IsDNS1035Label: names of Services. */
export function dns1035Label(value: string): string[] {
  const errors = longerThan(63, value);
  if (MATCH_DNS1035_LABEL.test(value)) return errors;
  const message =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return [...errors, regexError(message, DNS1035_LABEL, "my-name", "abc-123")];
}

/** IsQualifiedName: keys of labels and annotations, types of conditions. */
export function qualifiedName(value: string): string[] {
  const message =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  const form = regexError(message, QUALIFIED_NAME, "MyName", "my.name", "123-abc");
  const parts = value.split("/");
  if (parts.length > 2) {
    return [
      `a qualified name ${form} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1)!;
  const errors: string[] = [];
  if (parts.length === 2) {
    const prefix = parts[0]!;
    if (prefix === "") errors.push("prefix part must be non-empty");
    else errors.push(...dns1123Subdomain(prefix).map((error) => `prefix part ${error}`));
  }
  if (name === "") errors.push("name part must be non-empty");
  else errors.push(...longerThan(63, name).map((error) => `name part ${error}`));
  if (!MATCH_QUALIFIED_NAME.test(name)) errors.push(`name part ${form}`);
  return errors;
}

/** IsValidLabelValue. */
export function labelValue(value: string): string[] {
  const errors = longerThan(63, value);
  if (MATCH_LABEL_VALUE.test(value)) return errors;
  const message =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  return [...errors, regexError(message, LABEL_VALUE, "MyValue", "my_value", "12345")];
}

/** IsValidPortNum. */
export function portNumber(value: number): string[] {
  return value >= 1 && value <= 65535 ? [] : ["must be between 1 and 65535, inclusive"];
}

/** IsValidPortName. */
export function portName(value: string): string[] {
  const errors = longerThan(15, value);
  if (!/^[-a-z0-9]+$/.test(value)) {
    errors.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  }
  if (!/[a-z]/.test(value)) errors.push("must contain at least one letter (a-z)");
  if (value.includes("--")) errors.push("must not contain consecutive hyphens");
  if (value.startsWith("-") || value.endsWith("-")) {
    errors.push("must not begin or end with a hyphen");
  }
  return errors;
}

/** IsValidPercent. */
export function percent(value: string): string[] {
  if (MATCH_PERCENT.test(value)) return [];
  const message = "a valid percent string must be a numeric string followed by an ending '%'";
  return [regexError(message, PERCENT, "1%", "93%")];
}

/** IsValidPathSegmentName (pkg/api/validation/path/name.go): what can stand in a path of the API. */
export function pathSegment(name: string): string[] {
  if (name === "." || name === "..") return [`may not be '${name}'`];
  return ["/", "%"]
    .filter((part) => name.includes(part))
    .map((part) => `may not contain '${part}'`);
}

/** IsHTTPHeaderName. */
export function httpHeaderName(value: string): string[] {
  if (MATCH_HTTP_HEADER.test(value)) return [];
  const message = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [regexError(message, HTTP_HEADER, "X-Header-Name")];
}

/** IsRelaxedEnvVarName: the rule since 1.32 (gate RelaxedEnvironmentVariableValidation). */
export function environmentVariableName(value: string): string[] {
  if (/^[\x20-\x3c\x3e-\x7e]*$/.test(value)) return [];
  return [
    "a valid environment variable name must consist only of printable ASCII characters other than '='",
  ];
}

/** IsEnvVarName: the rule while that gate is off. */
export function strictEnvironmentVariableName(value: string): string[] {
  const errors = changesFolder(value);
  if (MATCH_VARIABLE.test(value)) return errors;
  const message =
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
  const form = regexError(message, VARIABLE, "my.env-name", "MY_ENV.NAME", "MyEnvName1");
  return [form, ...errors];
}

/** IsConfigMapKey. */
export function configMapKey(value: string): string[] {
  const errors = longerThan(253, value);
  if (!MATCH_CONFIG_MAP_KEY.test(value)) {
    const message = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    errors.push(regexError(message, CONFIG_MAP_KEY, "key.name", "KEY_NAME", "key-name"));
  }
  return [...errors, ...changesFolder(value)];
}

/** hasChDirPrefix. */
function changesFolder(value: string): string[] {
  if (value === "." || value === "..") return [`must not be '${value}'`];
  return value.startsWith("..") ? ["must not start with '..'"] : [];
}

/** A numeric user or group (IsValidUserID, IsValidGroupID). */
export function userOrGroup(value: number): string[] {
  const max = 2147483647;
  return value >= 0 && value <= max ? [] : [`must be between 0 and ${max}, inclusive`];
}

/** An IPv4 or IPv6 address (IsValidIP). */
export function ipAddress(value: string): string[] {
  if (isIPv4(value) || isIPv6(value)) return [];
  return ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"];
}

/** A range of addresses (IsValidCIDR). */
export function cidr(value: string): string[] {
  const [address = "", length = "", ...rest] = value.split("/");
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  const isLength = /^\d{1,3}$/.test(length) && Number(length) <= bits;
  if (isLength && rest.length === 0) return [];
  return ["must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"];
}

function isIPv4(value: string): boolean {
  const parts = value.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function isIPv6(value: string): boolean {
  const halves = value.split("::");
  if (halves.length > 2 || !value.includes(":")) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1);
  const embedded = last !== undefined && last.includes(".");
  if (embedded && !isIPv4(last)) return false;
  const plain = embedded ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  const count = plain.length + (embedded ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
