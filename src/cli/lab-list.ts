import { parseArguments, print, STATUS, type Command } from "./command.ts";
import { labIds, LABS_FOLDER, loadLab } from "./lab-folders.ts";

export const labListCommand: Command = {
  name: "lab list",
  usage: "[--labs DIR]",
  summary: "list the labs",
  help: "  --labs DIR   the folder of the labs, if not this checkout's",
  run(args) {
    const { values } = parseArguments(this, args, {
      labs: { type: "string", default: LABS_FOLDER },
    });
    for (const id of labIds(values.labs)) {
      const { title, minutes, checks } = loadLab(values.labs, id);
      print(`${id}\t${minutes} min\t${checks.length} checks\t${title.en}\t${title.ko}`);
    }
    return STATUS.good;
  },
};
