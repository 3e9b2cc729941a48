import type { RequestRecord, Run } from "../../simulator/index.ts";

/**
 * Requests as columns in transferable buffers. Cloning a five-minute run's 15,000 records takes the page 20 to 30 ms, more than a frame;
 * columns cross without a copy and become records in 2 ms.
 */
export interface PackedRequests {
  readonly count: number;
  readonly ids: Float64Array<ArrayBuffer>;
  readonly sentMs: Float64Array<ArrayBuffer>;
  readonly doneMs: Float64Array<ArrayBuffer>;
  /** For each request six places in `texts`, 0 for none: source, outcome, cause, router, pod, version. */
  readonly places: Uint32Array<ArrayBuffer>;
  readonly texts: readonly string[];
}

/** A run whose requests travel apart. */
export interface PackedRun {
  readonly run: Run;
  readonly requests: PackedRequests;
}

const FIELDS = ["source", "outcome", "cause", "router", "pod", "version"] as const;

/** Takes a run apart for the way to the page; `transfer` lists the buffers that move. */
export function packRun(run: Run): { packed: PackedRun; transfer: ArrayBuffer[] } {
  const { requests } = run.timeline;
  const count = requests.length;
  const texts: string[] = [""];
  const placeOf = new Map<string, number>();
  const place = (text: string | undefined): number => {
    if (text === undefined) return 0;
    let known = placeOf.get(text);
    if (known === undefined) placeOf.set(text, (known = texts.push(text) - 1));
    return known;
  };
  const ids = new Float64Array(count);
  const sentMs = new Float64Array(count);
  const doneMs = new Float64Array(count);
  const places = new Uint32Array(count * FIELDS.length);
  requests.forEach((request, i) => {
    ids[i] = request.id;
    sentMs[i] = request.sentMs;
    doneMs[i] = request.doneMs;
    FIELDS.forEach((field, f) => (places[i * FIELDS.length + f] = place(request[field])));
  });
  return {
    packed: {
      run: { ...run, timeline: { ...run.timeline, requests: [] } },
      requests: { count, ids, sentMs, doneMs, places, texts },
    },
    transfer: [ids.buffer, sentMs.buffer, doneMs.buffer, places.buffer],
  };
}

/** Puts a run together again: the same records as before. */
export function unpackRun({ run, requests }: PackedRun): Run {
  const { count, ids, sentMs, doneMs, places, texts } = requests;
  const records: RequestRecord[] = [];
  for (let i = 0; i < count; i += 1) {
    const record: Record<string, string | number> = {
      id: ids[i]!,
      source: texts[places[i * FIELDS.length]!]!,
      sentMs: sentMs[i]!,
      doneMs: doneMs[i]!,
    };
    for (let f = 1; f < FIELDS.length; f += 1) {
      const at = places[i * FIELDS.length + f]!;
      if (at !== 0) record[FIELDS[f]!] = texts[at]!;
    }
    records.push(record as unknown as RequestRecord);
  }
  return { ...run, timeline: { ...run.timeline, requests: records } };
}
