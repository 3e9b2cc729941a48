import path from "node:path";
import { readFolder } from "./read-folder.ts";
import { attempt, failed, type Result } from "./result.ts";
import { checkDecisions } from "./traces/decisions.ts";
import { checkKubelet } from "./traces/kubelet-run.ts";
import { isRealNode } from "./traces/real-node.ts";
import { readRecording, type Recording } from "./traces/recording.ts";
import { checkRefusals } from "./traces/refusals.ts";
import { checkStreams } from "./traces/streams.ts";
import { checkTypedCommands } from "./traces/typed-commands.ts";
import { checkWholeRun } from "./traces/whole-run.ts";

/** Files of a recording that are used. */
const USED =
  /(^|\/)(full\.jsonl|streams\/[^/]+\.jsonl|kubectl\.jsonl|kubectl\.txt|rollout-status\.txt|t0\.json|config\.json|errors\.jsonl|[^/]+\.ya?ml|manifests\/[^/]+)$/;
/** What only a recording of a cluster has: without its watch events it cannot be held against anything. */
const BESIDE_EVENTS = /^(kubectl\.jsonl|kubectl\.txt|rollout-status\.txt|t0\.json)$/;

/**
 * Holds every recording in a folder, at any depth, against the simulator, and tells of each way: control planes and real nodes, the commands
 * typed beside them, and manifests that were refused. What cannot be read has failed.
 */
export function checkTraces(folder: string, tell: (result: Result) => void): void {
  const { files, unreadable } = readFolder(folder, (name) => USED.test(name));
  for (const [name, why] of unreadable)
    tell(failed(`traces/${name}`, `${path.join(folder, name)}: ${why}`));
  for (const [place, own] of placesOf(files)) {
    const name = nameOf(folder, place);
    const where = path.join(folder, place);
    if (own.has("errors.jsonl"))
      for (const result of checkRefusals(name, own)) tell(located(result, where));
    if (own.has("full.jsonl")) checkRecording(name, own, (result) => tell(located(result, where)));
    else if ([...own.keys()].some((file) => BESIDE_EVENTS.test(file))) {
      tell(
        failed(
          `traces/${name}`,
          `${where}: has no full.jsonl, so that there is nothing to hold against`,
        ),
      );
    }
  }
}

function checkRecording(
  name: string,
  files: ReadonlyMap<string, string>,
  tell: (result: Result) => void,
): void {
  let recording: Recording;
  try {
    recording = readRecording(name, files);
  } catch (error) {
    tell(failed(`traces/${name}`, error instanceof Error ? error.message : String(error)));
    return;
  }
  const check = (way: string, of: (recording: Recording) => Result) =>
    tell(attempt(`traces/${name}/${way}`, () => of(recording)));
  check("decisions", checkDecisions);
  if (isRealNode(recording)) check("kubelet", checkKubelet);
  else check("whole run", checkWholeRun);
  if (recording.commands.length > 0) check("kubectl", checkTypedCommands);
  if (recording.streams.length > 0) check("streams", checkStreams);
}

/** What could not even be compared is told with its folder. */
function located(result: Result, where: string): Result {
  if (result.pass || result.compared > 0) return result;
  return { ...result, messages: result.messages.map((message) => `${where}: ${message}`) };
}

/** The recordings in a folder: each in a folder of its own, that has a full.jsonl. Throws where one cannot be read. */
export function* recordingsIn(folder: string): Generator<Recording> {
  for (const [place, own] of placesOf(readFolder(folder, (name) => USED.test(name)).files)) {
    if (own.has("full.jsonl")) yield readRecording(nameOf(folder, place), own);
  }
}

function nameOf(folder: string, place: string): string {
  return place === "." ? path.basename(path.resolve(folder)) : place;
}

/** Files by the folder that they are about; those of `streams/` and `manifests/` belong to the folder above. */
function placesOf(files: ReadonlyMap<string, string>): Map<string, Map<string, string>> {
  const places = new Map<string, Map<string, string>>();
  for (const [file, text] of files) {
    const folder = path.posix.dirname(file);
    const place = /^(streams|manifests)$/.test(path.posix.basename(folder))
      ? path.posix.dirname(folder)
      : folder;
    const own = places.get(place) ?? new Map<string, string>();
    places.set(place, own.set(place === "." ? file : file.slice(place.length + 1), text));
  }
  return places;
}
