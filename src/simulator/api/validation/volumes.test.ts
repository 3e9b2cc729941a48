import { describe, expect, it } from "vitest";
import { podWith, verdict } from "./testing.ts";

type Row = readonly [title: string, source: object, expected: readonly string[]];

const AT = "spec.volumes[0]";

const SOURCES: readonly Row[] = [
  ["an empty directory", { emptyDir: {} }, []],
  [
    "a path of the node of an unknown type",
    { hostPath: { path: "/var/log", type: "Dir" } },
    [
      `${AT}.hostPath.type: Unsupported value: "Dir": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"`,
    ],
  ],
  [
    "keys in files that belong to the kubelet, or lead out of the volume",
    {
      configMap: {
        name: "settings",
        items: [
          { key: "a", path: "..data" },
          { key: "b", path: "../b" },
          { key: "c", path: "/c", mode: 1000 },
        ],
      },
    },
    [
      `${AT}.configMap.items[0].path: Invalid value: "..data": must not start with '..'`,
      `${AT}.configMap.items[1].path: Invalid value: "../b": must not contain '..'`,
      `${AT}.configMap.items[2].path: Invalid value: "/c": must be a relative path`,
      `${AT}.configMap.items[2].mode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive`,
    ],
  ],
  [
    "what a file cannot hold",
    { downwardAPI: { items: [{ path: "ip", fieldRef: { fieldPath: "status.podIP" } }] } },
    [
      `${AT}.downwardAPI.fieldRef.fieldPath: Unsupported value: "status.podIP": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"`,
    ],
  ],
  [
    "a resource of no container",
    { downwardAPI: { items: [{ path: "cpu", resourceFieldRef: { resource: "limits.cpu" } }] } },
    [`${AT}.downwardAPI.resourceFieldRef.containerName: Required value`],
  ],
  [
    "a file with nothing in it",
    { downwardAPI: { items: [{ path: "empty" }] } },
    [`${AT}.downwardAPI: Required value: one of fieldRef and resourceFieldRef is required`],
  ],
  [
    "a token that lives too short, and has no file",
    { projected: { sources: [{ serviceAccountToken: { path: "", expirationSeconds: 60 } }] } },
    [
      `${AT}.projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes`,
      `${AT}.projected.path: Required value`,
    ],
  ],
  [
    "two files in one place",
    {
      projected: {
        sources: [
          { secret: { name: "keys", items: [{ key: "a", path: "key" }] } },
          { configMap: { name: "settings", items: [{ key: "b", path: "key" }] } },
        ],
      },
    },
    [`${AT}.projected: Invalid value: "settings": conflicting duplicate paths`],
  ],
  [
    "two sources in one",
    { projected: { sources: [{ secret: { name: "keys" }, configMap: { name: "settings" } }] } },
    [`${AT}.projected.sources[0]: Forbidden: may not specify more than 1 volume type`],
  ],
  ["a driver without a name", { csi: {} }, [`${AT}.csi.driver: Required value`]],
  [
    "a claim without its template",
    { ephemeral: {} },
    [`${AT}.ephemeral.volumeClaimTemplate: Required value`],
  ],
];

const MOUNTS: readonly Row[] = [
  [
    "propagation to the node without privileges",
    { mountPropagation: "Bidirectional" },
    [
      "mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers",
    ],
  ],
  [
    "propagation by another name",
    { mountPropagation: "Both" },
    [
      'mountPropagation: Unsupported value: "Both": supported values: "Bidirectional", "HostToContainer", "None"',
    ],
  ],
  [
    "read-only below, and writable itself",
    { recursiveReadOnly: "Enabled" },
    ["recursiveReadOnly: Forbidden: may only be specified when readOnly is true"],
  ],
  ["read-only all the way", { readOnly: true, recursiveReadOnly: "IfPossible" }, []],
];

describe("a volume", () => {
  it.each(SOURCES)("%s", (_, source, expected) => {
    expect(verdict(podWith({ volumes: [{ name: "data", ...source }] }))).toEqual(expected);
  });
});

describe("a mount", () => {
  it.each(MOUNTS)("%s", (_, fields, expected) => {
    const volumeMounts = [{ name: "data", mountPath: "/data", ...fields }];
    const pod = podWith({
      volumes: [{ name: "data", emptyDir: {} }],
      containers: [{ name: "web", image: "web:1", volumeMounts }],
    });
    const at = "spec.containers[0].volumeMounts[0].";
    expect(verdict(pod)).toEqual(expected.map((text) => `${at}${text}`));
  });
});
