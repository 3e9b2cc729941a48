import { describe, expect, it } from "vitest";
import { podWith, verdict } from "./testing.ts";

type Row = readonly [title: string, source: object, expected: readonly string[]];

const AT = "spec.volumes[0]";

const SOURCES: readonly Row[] = [
  [
    "disks of a cloud without a name",
    { azureDisk: { diskName: "", diskURI: "a" }, rbd: { monitors: ["a"] } },
    [
      "spec.volumes[0].rbd.image: Required value",
      "spec.volumes[0].azureDisk: Forbidden: may not specify more than 1 volume type",
    ],
  ],
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
  [
    "two sources, in words that upstream misspells",
    { emptyDir: {}, downwardAPI: {} },
    [`${AT}.downwarAPI: Forbidden: may not specify more than 1 volume type`],
  ],
  [
    "a path of another machine without a beginning",
    { nfs: { server: "files" } },
    [
      `${AT}.nfs.path: Required value`,
      `${AT}.nfs.path: Invalid value: "": must be an absolute path`,
    ],
  ],
  [
    "an image, which this version drops",
    { image: { reference: "web:1" } },
    [`${AT}: Required value: must specify a volume type`],
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

const CLAIMS: readonly Row[] = [
  [
    "that can be",
    { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    [],
  ],
  [
    "for nothing",
    {},
    [
      "accessModes: Required value: at least 1 access mode is required",
      "resources[storage]: Required value",
    ],
  ],
  [
    "of no size, for one pod and for many, in a mode of its own",
    {
      accessModes: ["ReadWriteOncePod", "RWX"],
      resources: { requests: { storage: "0" } },
      storageClassName: "Fast",
      volumeMode: "Tape",
    },
    [
      'accessModes: Unsupported value: "RWX": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
      "accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
      'resources[storage]: Invalid value: "0": must be greater than zero',
      "storageClassName: Invalid value: \"Fast\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      'volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"',
    ],
  ],
];

describe("a claim that comes and goes with its pod", () => {
  it.each(CLAIMS)("%s", (_, spec, expected) => {
    const volumes = [{ name: "data", ephemeral: { volumeClaimTemplate: { spec } } }];
    const at = "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.";
    expect(verdict(podWith({ volumes }))).toEqual(expected.map((text) => `${at}${text}`));
  });
});

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
    // The list's path, not the mount's.
    const at = "spec.containers[0].volumeMounts.";
    expect(verdict(pod)).toEqual(expected.map((text) => `${at}${text}`));
  });
});

describe("a block device", () => {
  const verdictOf = (devices: object[], mounts: object[] = []) =>
    verdict(
      podWith({
        volumes: [
          { name: "disk", persistentVolumeClaim: { claimName: "disk" } },
          { name: "scratch", emptyDir: {} },
        ],
        containers: [{ name: "web", image: "web:1", volumeDevices: devices, volumeMounts: mounts }],
      }),
    );
  const at = "spec.containers[0].volumeDevices";

  it("is a claim's", () => {
    expect(verdictOf([{ name: "disk", devicePath: "/dev/a" }])).toEqual([]);
    expect(verdictOf([{ name: "scratch", devicePath: "/dev/a" }])).toEqual([
      `${at}[0].name: Invalid value: "scratch": can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode`,
    ]);
  });

  it("is there once, under one path, and is not mounted as well", () => {
    const disk = { name: "disk", devicePath: "/dev/a" };
    expect(verdictOf([disk, disk, { name: "", devicePath: "/dev/../b" }])).toEqual([
      `${at}[1].name: Invalid value: "disk": must be unique`,
      `${at}[1].devicePath: Invalid value: "/dev/a": must be unique`,
      `${at}[2].name: Required value`,
      `${at}[2].name: Not found: ""`,
      `${at}[2].devicePath: Invalid value: "/dev/../b": can not contain backsteps ('..')`,
    ]);
    expect(verdictOf([disk], [{ name: "disk", mountPath: "/dev/a" }])).toContain(
      `${at}[0].name: Invalid value: "disk": must not already exist in volumeMounts`,
    );
  });
});
