/* A pod's own DNS settings: validatePodDNSConfig in pkg/apis/core/validation/validation.go. */
import { goStringList } from "../schema/go-text.ts";
import type { FieldError } from "../status-error.ts";
import type { PodSpec } from "../types.ts";
import { invalid, invalidEach, required } from "./field-errors.ts";
import { dns1123Subdomain, ipAddress } from "./names.ts";

const NAMESERVERS_MAX = 3;
const SEARCHES_MAX = 32;
/** Of all search paths together, with a space between two. */
const SEARCH_CHARACTERS_MAX = 2048;

export function validateDNSConfig({ dnsConfig, dnsPolicy }: PodSpec, path: string): FieldError[] {
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {};
  if (dnsPolicy === "None") {
    if (dnsConfig === undefined) {
      return [required(path, "must provide `dnsConfig` when `dnsPolicy` is None")];
    }
    if (nameservers.length === 0) {
      const detail = "must provide at least one DNS nameserver when `dnsPolicy` is None";
      return [required(`${path}.nameservers`, detail)];
    }
  }
  const errors: FieldError[] = [];
  if (nameservers.length > NAMESERVERS_MAX) {
    const detail = `must not have more than ${NAMESERVERS_MAX} nameservers`;
    errors.push(invalid(`${path}.nameservers`, { go: goStringList(nameservers) }, detail));
  }
  nameservers.forEach((server, i) =>
    errors.push(...invalidEach(`${path}.nameservers[${i}]`, server, ipAddress(server))),
  );
  if (searches.length > SEARCHES_MAX) {
    const detail = `must not have more than ${SEARCHES_MAX} search paths`;
    errors.push(invalid(`${path}.searches`, { go: goStringList(searches) }, detail));
  }
  if (searches.join(" ").length > SEARCH_CHARACTERS_MAX) {
    const detail = `must not have more than ${SEARCH_CHARACTERS_MAX} characters (including spaces) in the search list`;
    errors.push(invalid(`${path}.searches`, { go: goStringList(searches) }, detail));
  }
  searches.forEach((given, i) => {
    const search = given.replace(/\.$/, "");
    errors.push(...invalidEach(`${path}.searches[${i}]`, search, dns1123Subdomain(search)));
  });
  options.forEach(({ name }, i) => {
    if (!name) errors.push(required(`${path}.options[${i}]`, "must not be empty"));
  });
  return errors;
}
