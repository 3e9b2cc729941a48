/*
 * What becomes of an event before it is written: similar ones are combined, and too many about one object are dropped (client-go
 * tools/record/events_cache.go, with the defaults of NewEventCorrelator). Upstream joins what identifies an event to one key; here what is
 * known stands under its object, so that no long text has to be made and hashed for each event.
 */

/** From this many different messages on, those of one object and reason are combined into one event. */
const MAX_SIMILAR = 10;
/** Similar events further apart are not combined. */
const SIMILAR_WITHIN_MS = 600_000;
/** Events about one object from one component: so many at once, and then one in five minutes. */
const BURST = 25;
const REFILL_MS = 300_000;

/** By uid of the object: plain data, kept in the state of the recorder. */
export type CorrelatorState = Map<string, ObjectEvents>;

/** What is known of the events about one object. */
export interface ObjectEvents {
  /** Events that may still be written, and since when that is so. */
  left: number;
  sinceMs: number;
  /** The first of a chain: there are few for each of very many objects, and a list would take as much again. */
  groups: SimilarEvents | undefined;
}

/** An event that was written; the one in which similar events are combined has no message. */
export interface WrittenEvent {
  readonly message: string | undefined;
  /** Undefined: not written yet. */
  name: string | undefined;
}

/** Events that differ in their message alone: the first of them, which is mostly the only one, and the others. */
interface SimilarEvents extends Correlated {
  /** Of the first event, undefined: not written yet. */
  name: string | undefined;
  /** Messages seen, if they are more than the first one, and when the last one was. */
  messages: readonly string[] | undefined;
  lastMs: number;
  others: readonly WrittenEvent[];
  readonly next: SimilarEvents | undefined;
}

const NONE: readonly WrittenEvent[] = Object.freeze([]);

/** What identifies an event, beside its object. */
export interface Correlated {
  /** The container that it is about. */
  readonly fieldPath: string | undefined;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/** What is known of the events about an object. */
export function eventsAbout(state: CorrelatorState, uid: string, nowMs: number): ObjectEvents {
  let events = state.get(uid);
  if (events === undefined) {
    state.set(uid, (events = { left: BURST, sinceMs: nowMs, groups: undefined }));
  }
  return events;
}

/** The message to write, and the event whose count it raises if that was written before (EventAggregator.EventAggregate). */
export function aggregate(
  events: ObjectEvents,
  { fieldPath, type, reason, message }: Correlated,
  nowMs: number,
): { readonly message: string; readonly written: WrittenEvent } {
  const group = groupOf(events, fieldPath, type, reason);
  if (group === undefined) {
    const fresh: SimilarEvents = {
      message,
      name: undefined,
      fieldPath,
      type,
      reason,
      messages: undefined,
      lastMs: nowMs,
      others: NONE,
      next: events.groups,
    };
    events.groups = fresh;
    return { message, written: fresh };
  }
  const isOver = nowMs - group.lastMs > SIMILAR_WITHIN_MS;
  group.lastMs = nowMs;
  const seen = isOver ? [] : (group.messages ?? [group.message]);
  const messages = seen.includes(message) ? seen : [...seen, message];
  if (messages.length < MAX_SIMILAR) {
    group.messages = messages;
    return { message, written: writtenOf(group, message) };
  }
  // Upstream takes any one out, as the order of a Go map has it.
  group.messages = messages.slice(1);
  return {
    message: `(combined from similar events): ${message}`,
    written: writtenOf(group, undefined),
  };
}

function groupOf(
  { groups }: ObjectEvents,
  fieldPath: string | undefined,
  type: string,
  reason: string,
): SimilarEvents | undefined {
  let group = groups;
  while (
    group !== undefined &&
    (group.reason !== reason || group.type !== type || group.fieldPath !== fieldPath)
  ) {
    group = group.next;
  }
  return group;
}

function writtenOf(group: SimilarEvents, message: string | undefined): WrittenEvent {
  if (group.message === message) return group;
  const known = group.others.find((other) => other.message === message);
  if (known !== undefined) return known;
  const fresh: WrittenEvent = { message, name: undefined };
  group.others = [...group.others, fresh];
  return fresh;
}

/** May an event about the object be written now (EventSourceObjectSpamFilter.Filter)? Takes a token if so. */
export function passesSpamFilter(events: ObjectEvents, nowMs: number): boolean {
  const left = Math.min(BURST, events.left + (nowMs - events.sinceMs) / REFILL_MS);
  const passes = left >= 1;
  events.left = passes ? left - 1 : left;
  events.sinceMs = nowMs;
  return passes;
}
