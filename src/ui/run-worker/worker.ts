/// <reference lib="webworker" />
import { Answerer } from "./answer.ts";
import type { Request } from "./protocol.ts";

declare const self: DedicatedWorkerGlobalScope;

/** A turn of the event loop without the four milliseconds that nested timers cost. */
const turn = new MessageChannel();
const waiting: (() => void)[] = [];
turn.port1.onmessage = () => waiting.shift()?.();

const answerer = new Answerer(
  (reply, transfer = []) => self.postMessage(reply, transfer),
  () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      turn.port2.postMessage(undefined);
    }),
);

self.onmessage = ({ data }: MessageEvent<Request>) => void answerer.take(data);
