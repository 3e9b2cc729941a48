/* The schema of HTTPRoute (Gateway API release 1.2, config/crd/standard), with the CEL rules in it as functions. */
import {
  duration,
  GROUP,
  groupName,
  hostname,
  integer,
  kindName,
  list,
  namespace,
  object,
  objectName,
  port,
  preciseHostname,
  rule,
  sectionName,
  text,
} from "./schema-parts.ts";

interface Parent {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly sectionName?: string;
}

const isSameParent = (one: Parent, other: Parent) =>
  one.group === other.group &&
  one.kind === other.kind &&
  one.name === other.name &&
  (one.namespace ?? "") === (other.namespace ?? "");

const PARENT_RULES = [
  rule<readonly Parent[]>(
    "sectionName must be specified when parentRefs includes 2 or more references to the same parent",
    (all) =>
      all.every((one) =>
        all.every((other) => !isSameParent(one, other) || !one.sectionName === !other.sectionName),
      ),
  ),
  rule<readonly Parent[]>(
    "sectionName must be unique when parentRefs includes 2 or more references to the same parent",
    (all) =>
      all.every(
        (one) =>
          all.filter(
            (other) =>
              isSameParent(one, other) && (one.sectionName ?? "") === (other.sectionName ?? ""),
          ).length === 1,
      ),
  ),
];

interface PathMatch {
  readonly type?: string;
  readonly value?: string;
}

const WITHOUT_REGEX = ["Exact", "PathPrefix"];
const WHEN_TYPE = "when type one of ['Exact', 'PathPrefix']";
const PATH_CHARACTERS = "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$";

const ofPath = (message: string, holds: (value: string) => boolean) =>
  rule<PathMatch>(message, ({ type = "", value = "" }) => {
    return !WITHOUT_REGEX.includes(type) || holds(value);
  });

const PATH_RULES = [
  ofPath(`value must be an absolute path and start with '/' ${WHEN_TYPE}`, (value) =>
    value.startsWith("/"),
  ),
  ...["//", "/./", "/../", "%2f", "%2F", "#"].map((part) =>
    ofPath(`must not contain '${part}' ${WHEN_TYPE}`, (value) => !value.includes(part)),
  ),
  ...["/..", "/."].map((end) =>
    ofPath(`must not end with '${end}' ${WHEN_TYPE}`, (value) => !value.endsWith(end)),
  ),
  rule<PathMatch>(
    "type must be one of ['Exact', 'PathPrefix', 'RegularExpression']",
    ({ type = "" }) => [...WITHOUT_REGEX, "RegularExpression"].includes(type),
  ),
  ofPath(
    `must only contain valid characters (matching ${PATH_CHARACTERS}) for types ['Exact', 'PathPrefix']`,
    (value) => new RegExp(PATH_CHARACTERS).test(value),
  ),
];

const headerName = text({
  minLength: 1,
  maxLength: 256,
  pattern: "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$",
});
const headerValue = (maxLength: number) => text({ minLength: 1, maxLength });

const valueMatches = (maxLength: number) =>
  list(
    object(
      {
        name: headerName,
        type: text({ default: "Exact", enum: ["Exact", "RegularExpression"] }),
        value: headerValue(maxLength),
      },
      ["name", "value"],
    ),
    { key: "name", maxItems: 16 },
  );

const ANY_PATH = { type: "PathPrefix", value: "/" };

const METHODS = "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH".split(" ");

const matches = list(
  object({
    headers: valueMatches(4096),
    method: text({ enum: METHODS }),
    path: object(
      {
        type: text({
          default: "PathPrefix",
          enum: ["Exact", "PathPrefix", "RegularExpression"],
        }),
        value: text({ default: "/", maxLength: 1024 }),
      },
      [],
      { default: ANY_PATH, rules: PATH_RULES },
    ),
    queryParams: valueMatches(1024),
  }),
  { default: [{ path: ANY_PATH }], maxItems: 64 },
);

const headers = list(object({ name: headerName, value: headerValue(4096) }, ["name", "value"]), {
  key: "name",
  maxItems: 16,
});
const headerModifier = object({
  add: headers,
  remove: list(text(), { maxItems: 16 }),
  set: headers,
});

interface PathModifier {
  readonly type?: string;
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
}

const pathModifier = object(
  {
    replaceFullPath: text({ maxLength: 1024 }),
    replacePrefixMatch: text({ maxLength: 1024 }),
    type: text({ enum: ["ReplaceFullPath", "ReplacePrefixMatch"] }),
  },
  ["type"],
  {
    rules: (
      [
        ["ReplaceFullPath", "replaceFullPath"],
        ["ReplacePrefixMatch", "replacePrefixMatch"],
      ] as const
    ).flatMap(([type, field]) => [
      rule<PathModifier>(
        `${field} must be specified when type is set to '${type}'`,
        (modifier) => modifier.type !== type || modifier[field] !== undefined,
      ),
      rule<PathModifier>(
        `type must be '${type}' when ${field} is set`,
        (modifier) => modifier[field] === undefined || modifier.type === type,
      ),
    ]),
  },
);

interface BackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly port?: number;
  readonly filters?: readonly Filter[];
}

const backendFields = {
  group: groupName({ default: "" }),
  kind: kindName({ default: "Service" }),
  name: objectName,
  namespace,
  port,
};

const PORT_RULE = rule<BackendRef>(
  "Must have port for Service reference",
  ({ group, kind, port: number }) => group !== "" || kind !== "Service" || number !== undefined,
);

interface Filter {
  readonly type?: string;
  readonly requestRedirect?: { readonly path?: PathModifier };
  readonly urlRewrite?: { readonly path?: PathModifier };
}

/** Types of filters with the field that each has, in the order of their rules. */
const FILTERS = {
  RequestHeaderModifier: "requestHeaderModifier",
  ResponseHeaderModifier: "responseHeaderModifier",
  RequestMirror: "requestMirror",
  RequestRedirect: "requestRedirect",
  URLRewrite: "urlRewrite",
  ExtensionRef: "extensionRef",
};

const FILTER_RULES = Object.entries(FILTERS).flatMap(([type, field]) => [
  rule<Filter & Readonly<Record<string, unknown>>>(
    `filter.${field} must be nil if the filter.type is not ${type}`,
    (filter) => filter[field] === undefined || filter.type === type,
  ),
  rule<Filter & Readonly<Record<string, unknown>>>(
    `filter.${field} must be specified for ${type} filter.type`,
    (filter) => filter[field] !== undefined || filter.type !== type,
  ),
]);

const ofType = (filters: readonly Filter[], wanted: string) =>
  filters.filter(({ type }) => type === wanted).length;

const FILTER_LIST_RULES = [
  rule<readonly Filter[]>(
    "May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both",
    (all) => ofType(all, "RequestRedirect") === 0 || ofType(all, "URLRewrite") === 0,
  ),
  ...["RequestHeaderModifier", "ResponseHeaderModifier", "RequestRedirect", "URLRewrite"].map(
    (type) =>
      rule<readonly Filter[]>(`${type} filter cannot be repeated`, (all) => ofType(all, type) <= 1),
  ),
];

const filters = list(
  object(
    {
      extensionRef: object({ group: groupName(), kind: kindName(), name: objectName }, [
        "group",
        "kind",
        "name",
      ]),
      requestHeaderModifier: headerModifier,
      requestMirror: object(
        { backendRef: object(backendFields, ["name"], { rules: [PORT_RULE] }) },
        ["backendRef"],
      ),
      requestRedirect: object({
        hostname: preciseHostname,
        path: pathModifier,
        port,
        scheme: text({ enum: ["http", "https"] }),
        statusCode: { type: "integer", default: 302, enum: [301, 302] },
      }),
      responseHeaderModifier: headerModifier,
      type: text({ enum: Object.keys(FILTERS) }),
      urlRewrite: object({ hostname: preciseHostname, path: pathModifier }),
    },
    ["type"],
    { rules: FILTER_RULES },
  ),
  { maxItems: 16, rules: FILTER_LIST_RULES },
);

const backendRefs = list(
  object({ ...backendFields, filters, weight: integer(0, 1_000_000, { default: 1 }) }, ["name"], {
    rules: [PORT_RULE],
  }),
  { maxItems: 16 },
);

interface Rule {
  readonly matches?: readonly { readonly path?: PathMatch }[];
  readonly filters?: readonly Filter[];
  readonly backendRefs?: readonly BackendRef[];
}

/** Does exactly one of the filters replace a prefix? */
const replacesPrefix = (all: readonly Filter[] = [], field: "requestRedirect" | "urlRewrite") =>
  all.filter(({ [field]: one }) => {
    const { type, replacePrefixMatch } = one?.path ?? {};
    return type === "ReplacePrefixMatch" && replacePrefixMatch !== undefined;
  }).length === 1;

const hasOnePrefix = ({ matches: all = [] }: Rule) =>
  all.length === 1 && all[0]!.path?.type === "PathPrefix";

const ONE_PREFIX =
  "filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified";

const RULE_RULES = [
  rule<Rule>("RequestRedirect filter must not be used together with backendRefs", (one) => {
    return (
      (one.backendRefs ?? []).length === 0 ||
      (one.filters ?? []).every(({ requestRedirect }) => requestRedirect === undefined)
    );
  }),
  rule<Rule>(
    `When using RequestRedirect ${ONE_PREFIX}`,
    (one) => !replacesPrefix(one.filters, "requestRedirect") || hasOnePrefix(one),
  ),
  rule<Rule>(
    `When using URLRewrite ${ONE_PREFIX}`,
    (one) => !replacesPrefix(one.filters, "urlRewrite") || hasOnePrefix(one),
  ),
  ...(
    [
      ["when using RequestRedirect", "requestRedirect"],
      ["When using URLRewrite", "urlRewrite"],
    ] as const
  ).map(([when, field]) =>
    rule<Rule>(`Within backendRefs, ${when} ${ONE_PREFIX}`, (one) => {
      const back = (one.backendRefs ?? []).filter((ref) => replacesPrefix(ref.filters, field));
      return back.length !== 1 || hasOnePrefix(one);
    }),
  ),
];

const MILLISECONDS = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function milliseconds(given: string): number {
  const parts = [...given.matchAll(/([0-9]+)(ms|h|m|s)/g)];
  return parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * MILLISECONDS[unit as "h" | "m" | "s" | "ms"],
    0,
  );
}

interface Timeouts {
  readonly request?: string;
  readonly backendRequest?: string;
}

const TIMEOUT_RULE = rule<Timeouts>(
  "backendRequest timeout cannot be longer than request timeout",
  ({ request = "0s", backendRequest = "0s" }) =>
    milliseconds(request) === 0 || milliseconds(backendRequest) <= milliseconds(request),
);

const MATCHES_MAX = 128;

export const HTTP_ROUTE_SPEC = object({
  hostnames: list(hostname, { maxItems: 16 }),
  parentRefs: list(
    object(
      {
        group: groupName({ default: GROUP }),
        kind: kindName({ default: "Gateway" }),
        name: objectName,
        namespace,
        port,
        sectionName,
      },
      ["name"],
    ),
    { maxItems: 32, rules: PARENT_RULES },
  ),
  rules: list(
    object(
      {
        name: sectionName,
        backendRefs,
        filters,
        matches,
        timeouts: object({ backendRequest: duration, request: duration }, [], {
          rules: [TIMEOUT_RULE],
        }),
      },
      [],
      { rules: RULE_RULES },
    ),
    {
      default: [{ matches: [{ path: ANY_PATH }] }],
      maxItems: 16,
      rules: [
        rule<readonly Rule[]>(
          `While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than ${MATCHES_MAX}`,
          (all) => all.reduce((sum, one) => sum + (one.matches ?? []).length, 0) <= MATCHES_MAX,
        ),
      ],
    },
  ),
});
