/** What a controller still expects to see of its own creations and deletions for one key. */
interface Expectation {
  creations: number;
  deletions: Set<string>;
  sinceMs: number;
}

/** By key of the controlled object: plain data, kept in the state of the actor that owns it. */
export type ExpectationsState = Map<string, Expectation>;

/** After this time a controller looks again although it has not seen everything (ExpectationsTimeout). */
const TIMEOUT_MS = 5 * 60 * 1000;

/**
 * A controller's memory of what it has just done, so that it does not do it again from a cache that has not seen it yet
 * (pkg/controller/controller_utils.go UIDTrackingControllerExpectations).
 */
export class Expectations {
  private readonly stateOf: () => ExpectationsState;

  constructor(stateOf: () => ExpectationsState) {
    this.stateOf = stateOf;
  }

  /** Has all that was expected of the key been seen (SatisfiedExpectations)? */
  satisfied(key: string, nowMs: number): boolean {
    const expected = this.stateOf().get(key);
    if (expected === undefined) return true;
    if (expected.creations <= 0 && expected.deletions.size === 0) return true;
    return nowMs - expected.sinceMs > TIMEOUT_MS;
  }

  expectCreations(key: string, count: number, nowMs: number): void {
    this.stateOf().set(key, { creations: count, deletions: new Set(), sinceMs: nowMs });
  }

  expectDeletions(key: string, pods: Iterable<string>, nowMs: number): void {
    this.stateOf().set(key, { creations: 0, deletions: new Set(pods), sinceMs: nowMs });
  }

  /** Creations and deletions of one sync together (SetExpectations). */
  expect(key: string, creations: number, deletions: Iterable<string>, nowMs: number): void {
    this.stateOf().set(key, { creations, deletions: new Set(deletions), sinceMs: nowMs });
  }

  creationObserved(key: string): void {
    const expected = this.stateOf().get(key);
    if (expected !== undefined) expected.creations -= 1;
  }

  deletionObserved(key: string, pod: string): void {
    this.stateOf().get(key)?.deletions.delete(pod);
  }

  /** The controlled object is gone. */
  forget(key: string): void {
    this.stateOf().delete(key);
  }
}
