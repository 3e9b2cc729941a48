import type { Event } from "../../simulator/api/types.ts";
import type { Recording } from "./recording.ts";

/** Does a real kubelet speak in the recording? */
export function isRealNode({ changes }: Recording): boolean {
  return changes.some(
    ({ resource, object }) =>
      resource === "events" && (object as Event).source?.component === "kubelet",
  );
}
