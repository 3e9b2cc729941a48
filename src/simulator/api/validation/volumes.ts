/*
 * Volumes and their mounts: ValidateVolumes and ValidateVolumeMounts in pkg/apis/core/validation/validation.go.
 * Simplified: of the sources, only those that workloads commonly use are looked into; of the others it is only checked that nothing is
 * missing.
 */
import { quantityNano } from "../schema/quantity.ts";
import type { FieldError } from "../status-error.ts";
import type { Container, KeyToPath, Volume, VolumeMount } from "../types.ts";
import {
  duplicate,
  forbidden,
  invalid,
  invalidEach,
  notFound,
  notSupported,
  required,
  tooLong,
} from "./field-errors.ts";
import {
  descendingPath,
  noBacksteps,
  validateDownwardFile,
  validateKeyToPath,
  validateMode,
} from "./files.ts";
import { dns1123Label, dns1123Subdomain } from "./names.ts";
import { validateClaimSpec } from "./claims.ts";
import { validateProjections } from "./projected-volumes.ts";

/** Volumes that may be mounted: those without an error. */
export type UsableVolumes = ReadonlyMap<string, Volume>;

/** ValidateVolumes; a volume with an error cannot be mounted. */
export function validateVolumes(
  volumes: readonly Volume[],
  path: string,
): { errors: FieldError[]; usable: UsableVolumes } {
  const errors: FieldError[] = [];
  const usable = new Map<string, Volume>();
  volumes.forEach((volume, i) => {
    const at = `${path}[${i}]`;
    const name = volume.name ?? "";
    const found = validateSource(volume, at);
    if (name === "") found.push(required(`${at}.name`));
    else found.push(...invalidEach(`${at}.name`, name, dns1123Label(name)));
    if (usable.has(name)) found.push(duplicate(`${at}.name`, name));
    if (found.length === 0) usable.set(name, volume);
    errors.push(...found);
  });
  return { errors, usable };
}

/** In the order in which upstream looks at them; an image is none, with the gate ImageVolume off in 1.32 (dropImageVolumes). */
const SOURCES: readonly string[] =
  "emptyDir hostPath gitRepo gcePersistentDisk awsElasticBlockStore secret nfs iscsi glusterfs flocker persistentVolumeClaim rbd cinder cephfs quobyte downwardAPI fc flexVolume configMap azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk storageos projected scaleIO csi ephemeral".split(
    " ",
  );

/** How upstream spells two of them where they come behind another (validateVolumeSource). */
const SPELT_BEHIND_ANOTHER: Readonly<Record<string, string>> = {
  cephfs: "cephFS",
  downwardAPI: "downwarAPI",
};

function validateSource(volume: Volume, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let found = false;
  for (const name of SOURCES) {
    const source = (volume as unknown as Readonly<Record<string, unknown>>)[name];
    if (source === undefined || source === null) continue;
    if (found) {
      const at = `${path}.${SPELT_BEHIND_ANOTHER[name] ?? name}`;
      errors.push(forbidden(at, "may not specify more than 1 volume type"));
    } else {
      errors.push(...validateOne(name, volume, `${path}.${name}`));
    }
    found = true;
  }
  if (!found) errors.push(required(path, "must specify a volume type"));
  return errors;
}

function validateOne(name: string, volume: Volume, path: string): FieldError[] {
  switch (name) {
    case "emptyDir": {
      const { sizeLimit } = volume.emptyDir!;
      if (sizeLimit === undefined || quantityNano(sizeLimit) >= 0n) return [];
      return [forbidden(`${path}.sizeLimit`, "SizeLimit field must be a valid resource quantity")];
    }
    case "hostPath":
      return validateHostPath(volume.hostPath!, path);
    case "secret":
      return validateFiles(volume.secret!, volume.secret!.secretName, `${path}.secretName`, path);
    case "configMap":
      return validateFiles(volume.configMap!, volume.configMap!.name, `${path}.name`, path);
    case "persistentVolumeClaim":
      return volume.persistentVolumeClaim!.claimName ? [] : [required(`${path}.claimName`)];
    case "nfs":
      return [
        ...(volume.nfs!.server ? [] : [required(`${path}.server`)]),
        ...(volume.nfs!.path ? [] : [required(`${path}.path`)]),
        ...(volume.nfs!.path?.startsWith("/") === true
          ? []
          : [invalid(`${path}.path`, volume.nfs!.path ?? "", "must be an absolute path")]),
      ];
    case "downwardAPI":
      return [
        ...validateMode(volume.downwardAPI!.defaultMode, `${path}.defaultMode`),
        ...(volume.downwardAPI!.items ?? []).flatMap((file) => validateDownwardFile(file, path)),
      ];
    case "projected":
      return [
        ...validateMode(volume.projected!.defaultMode, `${path}.defaultMode`),
        ...validateProjections(volume.projected!.sources ?? [], path),
      ];
    case "csi":
      return validateDriver(volume.csi!.driver, `${path}.driver`);
    case "ephemeral": {
      const at = `${path}.volumeClaimTemplate`;
      const template = volume.ephemeral!.volumeClaimTemplate;
      return template === undefined
        ? [required(at)]
        : validateClaimSpec(template.spec ?? {}, `${at}.spec`);
    }
    default:
      return validateNeeded(name, volume, path);
  }
}

/** What sources need that are not looked into any further, in upstream's order. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  gcePersistentDisk: ["pdName"],
  awsElasticBlockStore: ["volumeID"],
  gitRepo: ["repository"],
  iscsi: ["targetPortal", "iqn"],
  glusterfs: ["endpoints", "path"],
  rbd: ["monitors", "image"],
  cinder: ["volumeID"],
  cephfs: ["monitors"],
  flexVolume: ["driver"],
  azureFile: ["secretName", "shareName"],
  vsphereVolume: ["volumePath"],
  photonPersistentDisk: ["pdID"],
  portworxVolume: ["volumeID"],
  azureDisk: ["diskName", "diskURI"],
  scaleIO: ["gateway", "system", "volumeName"],
};

function validateNeeded(name: string, volume: Volume, path: string): FieldError[] {
  const source = (volume as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[
    name
  ]!;
  return (NEEDED[name] ?? [])
    .filter((field) => ((source[field] ?? "") as string | readonly unknown[]).length === 0)
    .map((field) => required(`${path}.${field}`));
}

const HOST_PATH_TYPES =
  ",BlockDevice,CharDevice,Directory,DirectoryOrCreate,File,FileOrCreate,Socket".split(",");

/** validateHostPathVolumeSource. */
function validateHostPath(
  { path: value, type }: NonNullable<Volume["hostPath"]>,
  path: string,
): FieldError[] {
  if (!value) return [required(`${path}.path`)];
  const errors = noBacksteps(value, `${path}.path`);
  if (type !== undefined && !HOST_PATH_TYPES.includes(type)) {
    errors.push(notSupported(`${path}.type`, type, HOST_PATH_TYPES));
  }
  return errors;
}

/** ValidateCSIDriverName. */
function validateDriver(driver: string | undefined, path: string): FieldError[] {
  if (!driver) return [required(path)];
  const errors = driver.length > 63 ? [tooLong(path, 63)] : [];
  return [...errors, ...invalidEach(path, driver, dns1123Subdomain(driver.toLowerCase()))];
}

function validateFiles(
  source: { readonly defaultMode?: number; readonly items?: readonly KeyToPath[] },
  name: string | undefined,
  namePath: string,
  path: string,
): FieldError[] {
  return [
    ...(name ? [] : [required(namePath)]),
    ...validateMode(source.defaultMode, `${path}.defaultMode`),
    ...(source.items ?? []).flatMap((item, i) => validateKeyToPath(item, `${path}.items[${i}]`)),
  ];
}

/** ValidateVolumeMounts; errors about sub-paths, propagation and recursion stand at the list, as upstream has it. */
export function validateVolumeMounts(
  container: Container,
  volumes: UsableVolumes,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const paths = new Set<string>();
  const devices = container.volumeDevices ?? [];
  (container.volumeMounts ?? []).forEach((mount, i) => {
    const at = `${path}[${i}]`;
    const { name = "", mountPath = "", subPath, subPathExpr } = mount;
    if (name === "") errors.push(required(`${at}.name`));
    if (!volumes.has(name)) errors.push(notFound(`${at}.name`, name));
    if (mountPath === "") errors.push(required(`${at}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalid(`${at}.mountPath`, mountPath, "must be unique"));
    paths.add(mountPath);
    if (devices.some((device) => device.name === name)) {
      errors.push(invalid(`${at}.name`, name, "must not already exist in volumeDevices"));
    }
    if (devices.some((device) => device.devicePath === mountPath)) {
      const detail = "must not already exist as a path in volumeDevices";
      errors.push(invalid(`${at}.mountPath`, mountPath, detail));
    }
    if (subPath) errors.push(...descendingPath(subPath, `${path}.subPath`));
    if (subPathExpr) {
      if (subPath) {
        const detail = "subPathExpr and subPath are mutually exclusive";
        errors.push(invalid(`${at}.subPathExpr`, subPathExpr, detail));
      }
      errors.push(...descendingPath(subPathExpr, `${path}.subPathExpr`));
    }
    errors.push(...validatePropagation(mount, container, `${path}.mountPropagation`));
    errors.push(...validateRecursiveReadOnly(mount, `${path}.recursiveReadOnly`));
  });
  return errors;
}

/** ValidateVolumeDevices: block devices, which claims alone give. */
export function validateVolumeDevices(
  { volumeDevices = [], volumeMounts = [] }: Container,
  volumes: UsableVolumes,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  const paths = new Set<string>();
  volumeDevices.forEach(({ name = "", devicePath = "" }, i) => {
    const at = `${path}[${i}]`;
    const volume = volumes.get(name);
    if (name === "") errors.push(required(`${at}.name`));
    if (names.has(name)) errors.push(invalid(`${at}.name`, name, "must be unique"));
    if (volume === undefined) {
      errors.push(notFound(`${at}.name`, name));
    } else if (!volume.persistentVolumeClaim && !volume.ephemeral) {
      const detail =
        "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
      errors.push(invalid(`${at}.name`, name, detail));
    }
    if (devicePath === "") errors.push(required(`${at}.devicePath`));
    if (paths.has(devicePath)) {
      errors.push(invalid(`${at}.devicePath`, devicePath, "must be unique"));
    }
    if (noBacksteps(devicePath, at).length > 0) {
      errors.push(invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    } else {
      paths.add(devicePath);
    }
    if (volumeMounts.some((mount) => mount.name === name)) {
      errors.push(invalid(`${at}.name`, name, "must not already exist in volumeMounts"));
    }
    if (volumeMounts.some((mount) => mount.mountPath === devicePath)) {
      const detail = "must not already exist as a path in volumeMounts";
      errors.push(invalid(`${at}.devicePath`, devicePath, detail));
    }
    if (name !== "") names.add(name);
  });
  return errors;
}

/** validateMountPropagation. */
function validatePropagation(
  { mountPropagation }: VolumeMount,
  { securityContext }: Container,
  path: string,
): FieldError[] {
  if (mountPropagation === undefined) return [];
  const supported = ["Bidirectional", "HostToContainer", "None"];
  const errors = supported.includes(mountPropagation)
    ? []
    : [notSupported(path, mountPropagation, supported)];
  if (mountPropagation === "Bidirectional" && securityContext?.privileged !== true) {
    const detail = "Bidirectional mount propagation is available only to privileged containers";
    errors.push(forbidden(path, detail));
  }
  return errors;
}

/** validateMountRecursiveReadOnly. */
function validateRecursiveReadOnly(
  { recursiveReadOnly, readOnly, mountPropagation }: VolumeMount,
  path: string,
): FieldError[] {
  if (recursiveReadOnly === undefined || recursiveReadOnly === "Disabled") return [];
  const supported = ["Disabled", "Enabled", "IfPossible"];
  if (!supported.includes(recursiveReadOnly)) {
    return [notSupported(path, recursiveReadOnly, supported)];
  }
  if (readOnly !== true) return [forbidden(path, "may only be specified when readOnly is true")];
  if (mountPropagation === undefined || mountPropagation === "None") return [];
  const detail = "may only be specified when mountPropagation is None or not specified";
  return [forbidden(path, detail)];
}
