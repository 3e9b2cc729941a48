import { proveLab, type Proof } from "../labs/authoring.ts";
import { simulate } from "../scenario/index.ts";
import { parseArguments, print, STATUS, UnusableInput, type Command } from "./command.ts";
import { labIds, LABS_FOLDER, loadLab } from "./lab-folders.ts";

export const labTestCommand: Command = {
  name: "lab test",
  usage: "[ID…] [--labs DIR]",
  summary: "prove that labs can be failed and passed as they say",
  help: `Of each lab: its start does not pass, its solution does, each wrong answer fails just the checks that
are named and shows its own hint, and every text is there in every language.

  --labs DIR   the folder of the labs, if not this checkout's`,
  run(args) {
    const { values, positionals } = parseArguments(this, args, {
      labs: { type: "string", default: LABS_FOLDER },
    });
    const known = labIds(values.labs);
    const unknown = positionals.filter((id) => !known.includes(id));
    if (unknown.length > 0) {
      throw new UnusableInput([
        `there is no lab ${unknown.join(", ")}; there are ${known.join(", ")}`,
      ]);
    }
    const proofs: Proof[] = [];
    for (const id of positionals.length > 0 ? positionals : known) {
      print(id);
      const proving = proveLab(loadLab(values.labs, id), simulate);
      for (let step = proving.next(); step.done !== true; step = proving.next()) {
        if ("proof" in step.value) {
          proofs.push(step.value.proof);
          clearProgress();
          print(line(step.value.proof));
        } else progress(`${id}: ${step.value.of} ${step.value.done}/${step.value.total}`);
      }
      clearProgress();
    }
    const failed = proofs.filter(({ holds }) => !holds).length;
    print(`${proofs.length - failed} passed, ${failed} failed`);
    return failed === 0 ? STATUS.good : STATUS.no;
  },
};

function line({ holds, what, instead }: Proof): string {
  return holds ? `  ok    ${what}` : `  FAIL  ${what}: ${instead}`;
}

/** Shows how far it has come, where standard error is a terminal. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

function clearProgress(): void {
  progress("");
}
