const COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
const DOMAIN =
  "[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?|\\[[0-9a-fA-F:]+\\](?::[0-9]+)?";
const REFERENCE = new RegExp(
  `^(?:(?:${DOMAIN})/)?${COMPONENT}(?:/${COMPONENT})*(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(@[A-Za-z0-9:+._-]+)?$`,
);

/**
 * Always for the tag `latest`, and for an image with neither tag nor digest; else IfNotPresent, also for a name that cannot be read
 * (SetDefaults_Container; pkg/util/parsers ParseImageName).
 */
export function defaultImagePullPolicy(image: string | undefined): "Always" | "IfNotPresent" {
  const match = REFERENCE.exec(image ?? "");
  if (match === null) return "IfNotPresent";
  const [, tag, digest] = match;
  return tag === "latest" || (tag === undefined && digest === undefined)
    ? "Always"
    : "IfNotPresent";
}
