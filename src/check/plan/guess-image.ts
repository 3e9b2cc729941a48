import { ordinaryImage } from "../../scenario/read-images.ts";
import { formatDuration } from "../../scenario/schema/duration.ts";
import { ofProfile, type ProfileName } from "../../simulator/profiles.ts";
import type { Note } from "../notes.ts";
import { DATABASES, type Database } from "./databases.ts";

/** An image as a Scenario document describes it. */
export interface ImageDocument {
  readonly name: string;
  readonly shell?: boolean;
  readonly [field: string]: unknown;
}

interface Family {
  /** Matches the repository, without the tag. */
  readonly pattern: RegExp;
  readonly like: string;
  readonly profile?: ProfileName;
  /** Where there is no profile to name it. */
  readonly startup?: string;
}

/** What an image's name tells of its program. Start-up times are rounded estimates; the output says which one was taken. */
const FAMILIES: readonly Family[] = [
  { pattern: /(^|\/)nginx([-/]|$)/, like: "web", profile: "nginx" },
  {
    pattern: /(^|\/)((httpd|caddy|haproxy|traefik|envoy|openresty)([-/]|$)|apache(-|$))/,
    like: "web",
    startup: "25ms",
  },
  { pattern: /spring/, like: "spring", profile: "spring-boot" },
  {
    pattern: /java|jdk|jre|temurin|corretto|zulu|liberica|semeru|tomcat|jetty|keycloak/,
    like: "jvm",
    startup: "12s",
  },
  { pattern: /(^|\/|-)(golang|go)([-/]|$)/, like: "go", profile: "go" },
  {
    pattern: /(^|\/|-)node(js)?(\/|-(?!exporter|problem|driver|feature|local)|$)/,
    like: "node",
    profile: "node",
  },
];

/** An application of which nothing is known: it has to load and connect before it listens. */
const UNKNOWN_STARTUP = "3s";

/** The database that an image's name tells; undefined: none. */
export function databaseOf(name: string): Database | undefined {
  return DATABASES.find(({ pattern }) => pattern.test(repositoryOf(name)));
}

/** The name without tag and digest. */
function repositoryOf(name: string): string {
  return name.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}

/** How an image is taken to behave, by its name, and what is to be said of that. */
export function guessImage(name: string): { image: ImageDocument; notes: Note[] } {
  const repository = repositoryOf(name);
  const database = databaseOf(name);
  if (database !== undefined) return databaseImage(name, database);
  const family = FAMILIES.find(({ pattern }) => pattern.test(repository));
  const shell = !/distroless|scratch|chainguard/.test(name);
  const notes: Note[] = [];
  const image = familyImage(name, family);
  if (family === undefined) {
    notes.push({ code: "image-unknown", values: { image: name, startup: UNKNOWN_STARTUP } });
  } else {
    const values = { image: name, like: family.like, ...manners(name, family) };
    notes.push({ code: "image-known", values });
  }
  if (!shell) notes.push({ code: "image-no-shell", values: { image: name } });
  return { image: { ...image, shell }, notes };
}

function databaseImage(
  name: string,
  { like, startup, mode }: Database,
): ReturnType<typeof guessImage> {
  return {
    image: { name, startup, onSigterm: { mode }, shell: true },
    notes: [{ code: "image-database", values: { image: name, like, startup } }],
  };
}

function familyImage(name: string, family: Family | undefined): ImageDocument {
  if (family?.profile === undefined) {
    return { name, startup: family?.startup ?? UNKNOWN_STARTUP };
  }
  return { name, profile: profileOf(name, family.profile) };
}

/** nginx before 1.19.5 ends at once on its stop signal. */
function profileOf(name: string, profile: ProfileName): ProfileName {
  const isFast = ordinaryImage(name).onSigterm.mode === "fast";
  return profile === "nginx" && isFast ? "nginx-before-1.19.5" : profile;
}

function manners(name: string, { profile, startup }: Family): { startup: string; mode: string } {
  if (profile === undefined) return { startup: startup ?? UNKNOWN_STARTUP, mode: "graceful" };
  const { startupMs, onSigterm } = ofProfile(profileOf(name, profile), name);
  return { startup: formatDuration(startupMs), mode: onSigterm.mode };
}

/** An image whose containers do their work and end, as init containers do. */
export function initImage(name: string): ImageDocument {
  const { shell } = guessImage(name).image;
  return { name, shell: shell ?? true, startup: "0s", crash: { after: "1s", exitCode: 0 } };
}

/** The name that an image's next version gets: the same repository, so that it is taken for the same program. */
export function nextImage(name: string): string {
  const digest = name.indexOf("@");
  if (digest >= 0) return `${name.slice(0, digest).replace(/:[^/:]*$/, "")}:next`;
  return /:[^/:]+$/.test(name) ? `${name}-next` : `${name}:next`;
}
