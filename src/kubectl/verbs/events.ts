/* kubectl events (pkg/cmd/events/events.go). */
import { definitionOf, type Event } from "../../simulator/index.ts";
import { meant } from "../command/resolve.ts";
import { namespaceOf, type Call, type Verb } from "../command/verb.ts";
import { KubectlError } from "../kubectl-error.ts";
import { printerFor } from "../output/printer.ts";
import { goSort } from "../print/go-sort.ts";
import { since } from "../print/cells.ts";
import { TabWriter } from "../print/tab-writer.ts";
import { Watcher } from "../watch.ts";

export const events: Verb = {
  name: "events",
  about: "List events",
  usage: "[(-o|--output=)json|yaml] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]",
  flags: [
    { name: "for", about: "events about this object: pod/web-1" },
    { name: "types", type: "list", about: "Normal, Warning" },
    { name: "watch", short: "w", type: "bool", about: "goes on with each new event" },
    { name: "all-namespaces", short: "A", type: "bool", about: "events of all namespaces" },
    { name: "no-headers", type: "bool", about: "no line of headings" },
    { name: "output", short: "o", about: "json or yaml" },
    {
      name: "chunk-size",
      type: "int",
      about: "size of the parts of a long list; it changes nothing",
    },
  ],
  *run(call) {
    const { flags, client } = call;
    const everywhere = flags.isOn("all-namespaces");
    const kind = definitionOf("events");
    const where = { kind, namespace: everywhere ? "" : namespaceOf(call) };
    const query = selection(call);
    const { items, resourceVersion } = client.list(where, query);
    const sorted = (items as unknown as readonly Event[]).filter((event) => isWanted(call, event));
    goSort(sorted, (a, b) => lastOf(a) < lastOf(b));
    const printer = printerFor(flags.text("output") ?? "");
    if (printer !== undefined) {
      yield { stdout: printer.print(sorted, true) };
      return 0;
    }
    if (sorted.length === 0 && !flags.isOn("watch")) {
      yield {
        stderr: everywhere
          ? "No events found.\n"
          : `No events found in ${namespaceOf(call)} namespace.\n`,
      };
      return 0;
    }
    const writer = new TabWriter();
    const heads = [
      ...(everywhere ? ["NAMESPACE"] : []),
      "LAST SEEN",
      "TYPE",
      "REASON",
      "OBJECT",
      "MESSAGE",
    ];
    const lines = sorted.map((event) => cells(call, event));
    const first = flags.isOn("no-headers") ? lines : [heads, ...lines];
    if (first.length > 0) yield { stdout: `${writer.write(first).join("\n")}\n` };
    if (!flags.isOn("watch")) return 0;
    const watcher = new Watcher(client, where, resourceVersion, query);
    for (;;) {
      for (const { type, object } of watcher.changes()) {
        const event = object as unknown as Event;
        if (type === "DELETED" || !isWanted(call, event)) continue;
        yield { stdout: `${writer.write([cells(call, event)]).join("\n")}\n` };
      }
      yield { waitForChange: true };
    }
  },
};

function selection(call: Call): { fieldSelector?: string } {
  const target = call.flags.text("for");
  if (target === undefined) return {};
  const found = meant(call, [target]);
  if (!("names" in found)) {
    throw new KubectlError("--for must be in resource/name form");
  }
  const { kind, name } = found.names[0]!;
  return { fieldSelector: `involvedObject.kind=${kind.kind},involvedObject.name=${name}` };
}

function isWanted({ flags }: Call, { type }: Event): boolean {
  const types = flags.list("types");
  return types.length === 0 || types.some((one) => one.toLowerCase() === type.toLowerCase());
}

function lastOf({ lastTimestamp, firstTimestamp }: Event): string {
  return lastTimestamp ?? firstTimestamp ?? "";
}

function cells({ flags, world }: Call, event: Event): string[] {
  const { involvedObject, metadata, type, reason, message, count = 1 } = event;
  const now = world.now();
  const first = since(event.firstTimestamp, now);
  const seen = count > 1 ? `${since(event.lastTimestamp, now)} (x${count} over ${first})` : first;
  return [
    ...(flags.isOn("all-namespaces") ? [metadata.namespace ?? ""] : []),
    seen,
    type,
    reason,
    `${involvedObject.kind}/${involvedObject.name}`,
    message.trim(),
  ];
}
