/* The first status that the CustomResourceDefinitions of the Gateway API (release 1.2) give their objects. */
import type { Condition } from "../types.ts";

/** A condition that no controller has written yet: it dates from the beginning of Unix time. */
function pending(type: string): Condition {
  return {
    type,
    status: "Unknown",
    reason: "Pending",
    message: "Waiting for controller",
    lastTransitionTime: "1970-01-01T00:00:00Z",
  };
}

export const GATEWAY_CLASS_STATUS = { conditions: [pending("Accepted")] };

export const GATEWAY_STATUS = { conditions: [pending("Accepted"), pending("Programmed")] };
