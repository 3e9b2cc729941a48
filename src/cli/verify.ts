import { readRecord, verifyRecord } from "../labs/index.ts";
import { simulate } from "../scenario/index.ts";
import { parseArguments, print, STATUS, tell, UnusableInput, type Command } from "./command.ts";
import { readText } from "./files.ts";
import { labIds, LABS_FOLDER, loadLab } from "./lab-folders.ts";

export const verifyCommand: Command = {
  name: "verify",
  usage: "RECORD.json [--labs DIR]",
  summary: "replay a learner's completion record and say whether the labs in it were passed",
  help: `RECORD.json is what the site exports. Nothing in it is believed: each lab's files and commands are played again
over all seeds of its checks. Status 0: every lab in it passes; 1: one does not.

  --labs DIR   the folder of the labs, if not this checkout's`,
  run(args) {
    const { values, positionals } = parseArguments(this, args, {
      labs: { type: "string", default: LABS_FOLDER },
    });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) {
      throw new UnusableInput(["wanted one record", `usage: rollout-lab verify ${this.usage}`]);
    }
    const reading = readRecord(readText(file));
    if ("problem" in reading) throw new UnusableInput([`${file}: ${reading.problem}`]);
    const known = labIds(values.labs);
    const labOf = (id: string) => (known.includes(id) ? loadLab(values.labs, id) : undefined);
    const verifying = verifyRecord(reading.record, labOf, simulate);
    let step = verifying.next();
    while (step.done !== true) step = verifying.next();
    for (const { id, passed, why } of step.value)
      print(passed ? `ok    ${id}` : `FAIL  ${id}: ${why}`);
    const failed = step.value.filter(({ passed }) => !passed).length;
    if (step.value.length === 0) tell(`${file}: the record names no lab`);
    print(`${step.value.length - failed} passed, ${failed} failed`);
    return failed === 0 && step.value.length > 0 ? STATUS.good : STATUS.no;
  },
};
