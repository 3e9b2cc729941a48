/*
 * The schemas of GatewayClass and Gateway (Gateway API release 1.2, config/crd/standard), with the CEL rules in them as functions.
 */
import type { CustomSchema } from "./custom-schema.ts";
import {
  DOMAIN_PATH,
  GROUP,
  groupName,
  hostname,
  kindName,
  list,
  namespace,
  object,
  objectName,
  port,
  rule,
  sectionName,
  SUBDOMAIN,
  text,
  type Bounds,
} from "./schema-parts.ts";

export const GATEWAY_CLASS_SPEC = object(
  {
    controllerName: text({
      minLength: 1,
      maxLength: 253,
      pattern: `^${DOMAIN_PATH}$`,
      rules: [
        {
          message: "Value is immutable",
          holds: (value: string, old: string) => value === old,
          isTransition: true,
        },
      ],
    }),
    description: text({ maxLength: 64 }),
    parametersRef: object({ group: groupName(), kind: kindName(), name: objectName, namespace }, [
      "group",
      "kind",
      "name",
    ]),
  },
  ["controllerName"],
);

interface Listener {
  readonly name?: string;
  readonly protocol?: string;
  readonly port?: number;
  readonly hostname?: string;
  readonly tls?: { readonly mode?: string };
}

const WITHOUT_TLS = ["HTTP", "TCP", "UDP"];
const WITHOUT_HOSTNAME = ["TCP", "UDP"];

const placeOf = ({ port: number, protocol, hostname: name = "" }: Listener) =>
  `${number}/${protocol}/${name}`;

const isUnique = <T>(items: readonly T[], key: (item: T) => unknown) =>
  new Set(items.map(key)).size === items.length;

const LISTENER_RULES = [
  rule<readonly Listener[]>(
    "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
    (all) => all.every(({ protocol = "", tls }) => !WITHOUT_TLS.includes(protocol) || !tls),
  ),
  rule<readonly Listener[]>("tls mode must be Terminate for protocol HTTPS", (all) =>
    all.every(
      ({ protocol, tls }) =>
        protocol !== "HTTPS" || !tls || tls.mode === "" || tls.mode === "Terminate",
    ),
  ),
  rule<readonly Listener[]>("hostname must not be specified for protocols ['TCP', 'UDP']", (all) =>
    all.every(({ protocol = "", hostname: name }) => !WITHOUT_HOSTNAME.includes(protocol) || !name),
  ),
  rule<readonly Listener[]>("Listener name must be unique within the Gateway", (all) =>
    isUnique(all, ({ name }) => name),
  ),
  rule<readonly Listener[]>(
    "Combination of port, protocol and hostname must be unique for each listener",
    (all) => isUnique(all, placeOf),
  ),
];

/** CEL fails where it looks for a field that is not there. */
function isTerminated({
  mode,
  certificateRefs,
  options,
}: {
  readonly mode?: string;
  readonly certificateRefs?: readonly object[];
  readonly options?: object;
}): boolean | string {
  if (mode !== "Terminate") return true;
  if ((certificateRefs?.length ?? 0) > 0 || Object.keys(options ?? {}).length > 0) return true;
  if (certificateRefs === undefined) return "no such key: certificateRefs";
  return options === undefined ? "no such key: options" : false;
}

const labels = (bounds: Bounds = {}): CustomSchema => ({
  type: "object",
  maxProperties: 8,
  additionalProperties: text({ maxLength: 4096, ...bounds }),
});

interface Address {
  readonly type?: string;
  readonly value?: string;
}

const areUnique = (type: string) =>
  rule<readonly Address[]>(`${type} values must be unique`, (all) =>
    isUnique(
      all.filter((address) => address.type === type),
      ({ value }) => value,
    ),
  );

export const GATEWAY_SPEC = object(
  {
    gatewayClassName: objectName,
    addresses: list(
      object({
        type: text({
          default: "IPAddress",
          minLength: 1,
          maxLength: 253,
          pattern: `^Hostname|IPAddress|NamedAddress|${DOMAIN_PATH}$`,
        }),
        value: text({ minLength: 1, maxLength: 253 }),
      }),
      { maxItems: 16, rules: [areUnique("IPAddress"), areUnique("Hostname")] },
    ),
    infrastructure: object({ annotations: labels(), labels: labels({ maxLength: 63 }) }),
    listeners: list(
      object(
        {
          name: sectionName,
          hostname,
          port,
          protocol: text({
            minLength: 1,
            maxLength: 255,
            pattern: `^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|${SUBDOMAIN}\\/[A-Za-z0-9]+$`,
          }),
          tls: object(
            {
              mode: text({ default: "Terminate", enum: ["Terminate", "Passthrough"] }),
              certificateRefs: list(
                object(
                  {
                    group: groupName({ default: "" }),
                    kind: kindName({ default: "Secret" }),
                    name: objectName,
                    namespace,
                  },
                  ["name"],
                ),
                { maxItems: 64 },
              ),
              options: {
                type: "object",
                maxProperties: 16,
                additionalProperties: text({ maxLength: 4096 }),
              },
            },
            [],
            {
              rules: [
                rule(
                  "certificateRefs or options must be specified when mode is Terminate",
                  isTerminated,
                ),
              ],
            },
          ),
          allowedRoutes: object(
            {
              kinds: list(
                object({ group: groupName({ default: GROUP }), kind: kindName() }, ["kind"]),
                { maxItems: 8 },
              ),
              namespaces: object(
                { from: text({ default: "Same", enum: ["All", "Selector", "Same"] }) },
                [],
                { default: { from: "Same" } },
              ),
            },
            [],
            { default: { namespaces: { from: "Same" } } },
          ),
        },
        ["name", "port", "protocol"],
      ),
      { key: "name", minItems: 1, maxItems: 64, rules: LISTENER_RULES },
    ),
  },
  ["gatewayClassName", "listeners"],
);
